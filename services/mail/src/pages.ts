/** The mail box for people: a list with search, and one message. */
import { type Answer, type Html, html, type Page, page } from '@flowstead/service-kit'
import { attachmentAnswer } from './attachment-answer.ts'
import { findAttachment, findMessage, keptAttachments, listMessages } from './mailbox.ts'
import type { AttachmentNote, MailAddress } from './read-message.ts'

interface Shown {
  readonly id: string
  readonly received_at: string
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly envelope_to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly AttachmentNote[]
}

const pageLimit = 200

const listPage: Page = {
  path: '/',
  render: ({ db, query }) => {
    const [to, text] = [textOf(query.to), textOf(query.text)]
    const messages = listMessages(db, { to, text, limit: pageLimit }) as unknown as Shown[]
    return page(
      'Mail box',
      html`<h1>Mail box</h1>
<form method="get"><label>To <input name="to" value="${to ?? ''}"></label>
<label>Text <input name="text" value="${text ?? ''}"></label> <button>Search</button></form>
${messages.length === 0 ? html`<p class="quiet">No messages.</p>` : table(messages)}`,
    )
  },
}

function table(messages: readonly Shown[]): Html {
  return html`<table><tr><th>Received</th><th>From</th><th>To</th><th>Subject</th></tr>${messages.map(
    ({ envelope_to, from, id, received_at, subject }) =>
      html`<tr><td>${received_at}</td><td>${from.address}</td><td>${envelope_to.join(', ')}</td>
<td><a href="/messages/${id}">${subject === '' ? '(no subject)' : subject}</a></td></tr>`,
  )}</table>`
}

const messagePage: Page = {
  path: '/messages/{id}',
  render: ({ db, params }) => {
    const message = findMessage(db, textOf(params.id) ?? '') as unknown as Shown | undefined
    if (message === undefined) return missing('message')
    return page(
      message.subject,
      html`<p><a href="/">All messages</a></p><h1>${message.subject}</h1>
<table>${facts(message).map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}${attachmentRow(message, keptAttachments(db, message.id))}</table>
${message.text === '' ? '' : html`<pre>${message.text}</pre>`}
${message.html === '' ? '' : htmlBody(message.html)}`,
    )
  },
}

function facts({ cc, envelope_to, from, received_at, to }: Shown): [string, string][] {
  const rows: [string, string][] = [
    ['Received', received_at],
    ['From', printed([from])],
    ['To', printed(to)],
    ['Cc', printed(cc)],
    ['Delivered to', envelope_to.join(', ')],
  ]
  return rows.filter(([, value]) => value !== '')
}

/** @param kept numbers of the attachments that can be opened */
function attachmentRow({ attachments, id }: Shown, kept: ReadonlySet<number>): Html {
  if (attachments.length === 0) return html``
  const items = attachments.map(({ filename, size }, index) => {
    const number = index + 1
    const name = filename === '' ? `attachment ${number}` : filename
    const place = `/messages/${id}/attachments/${number}`
    return html`<li>${kept.has(number) ? html`<a href="${place}" download>${name}</a>` : name} (${size} bytes)</li>`
  })
  return html`<tr><th>Attachments</th><td><ul>${items}</ul></td></tr>`
}

/** What the links of a message page lead to: the files of the API, for those who have the key in a cookie. */
const attachmentFile: Page = {
  path: '/messages/{id}/attachments/{number}',
  render: ({ db, params }) => {
    const written = String(params.number)
    const number = /^\d{1,5}$/.test(written) ? Number(written) : 0
    const file = findAttachment(db, textOf(params.id) ?? '', number)
    return file === undefined ? missing('attachment') : attachmentAnswer(file, number)
  },
}

function missing(what: 'message' | 'attachment'): Answer {
  const title = `No such ${what}`
  return { status: 404, body: page(title, html`<h1>${title}</h1><p><a href="/">All messages</a></p>`) }
}

/** Foreign HTML: in a frame without scripts, forms, origin or loading from elsewhere. */
function htmlBody(body: string): Html {
  return html`<iframe sandbox="" title="HTML body" srcdoc="${body}"></iframe>`
}

function printed(addresses: readonly MailAddress[]): string {
  return addresses.map(({ address, name }) => (name === '' ? address : `${name} <${address}>`)).join(', ')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Pages of the mail box. */
export const pages: readonly Page[] = [listPage, messagePage, attachmentFile]
