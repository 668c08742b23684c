import { createHash } from 'node:crypto'
import { quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type Mail from 'nodemailer/lib/mailer/index.js'
import { connectorError } from '../codes.ts'
import { arrayAt, member, textAt } from '../library/json.ts'
import { idempotencyHeader } from '../request/build-request.ts'
import { compactText } from '../request/value-text.ts'

/**
 * The message of a `SendEmailV3` call. It is the same for every attempt: its id and its boundaries come from
 * the idempotency key, so a server that got it twice can tell.
 * @throws `Connector.InvalidAddress` naming the address, `Connector.ParameterMissing`
 */
export function emailMessage(input: Value, idempotencyKey: string, now: number): Mail.Options {
  const from = addresses(input, 'From')
  const recipients = { to: addresses(input, 'To'), cc: addresses(input, 'CC'), bcc: addresses(input, 'Bcc') }
  if (from[0] === undefined) throw missing('From')
  if (recipients.to.length + recipients.cc.length + recipients.bcc.length === 0) throw missing('To')
  const id = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)
  const body = text(input, 'Body') ?? ''
  const receipt = addresses(input, 'ReadReceipt')
  return {
    from: from[0],
    ...recipients,
    subject: text(input, 'Subject') ?? '',
    ...(holdsHtml(body) ? { html: body } : { text: body }),
    priority: priorities.get((textAt(input, 'Importance') ?? '').toLowerCase()) ?? 'normal',
    date: new Date(now),
    messageId: `<${id}@${domainOf(from[0])}>`,
    headers: {
      'X-Idempotency-Key': idempotencyHeader(idempotencyKey),
      ...(receipt.length === 0 ? {} : { 'Disposition-Notification-To': receipt.join(', ') }),
    },
    attachments: arrayAt(input, 'Attachments').map(attachment),
    ...boundary(id),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const priorities: ReadonlyMap<string, 'low' | 'normal' | 'high'> = new Map([
  ['low', 'low'],
  ['normal', 'normal'],
  ['high', 'high'],
])

/** Known to nodemailer, not to its types. */
function boundary(id: string): object {
  return { baseBoundary: id }
}

function holdsHtml(body: string): boolean {
  return /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|<!doctype html/i.test(body)
}

function text(input: Value, name: string): string | undefined {
  const value = member(input, name)
  return value === undefined || value === null ? undefined : compactText(value, ',')
}

const address = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/
const namedAddress = /^(?:"[^"\r\n]*"|[^"<>\r\n@,;]*)\s*<([^<>\s]+)>$/

/** Addresses of a field, separated by semicolons; each may carry a name before `<…>`. */
function addresses(input: Value, name: string): string[] {
  const parts = (text(input, name) ?? '').split(';').map((part) => part.trim())
  return parts.filter((part) => part !== '').map((part) => checked(name, part))
}

function checked(name: string, part: string): string {
  const plain = namedAddress.exec(part)?.[1] ?? part
  if (address.test(plain) && plain.length <= 320) return part
  throw connectorError('Connector.InvalidAddress', `${quoted(part)} in "${name}" is not an e-mail address.`, {
    path: `emailMessage/${name}`,
    hint: 'Separate addresses with semicolons.',
  })
}

function domainOf(from: string): string {
  return from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
}

function missing(name: string) {
  return connectorError('Connector.ParameterMissing', `The message has no address in "${name}".`, {
    path: `emailMessage/${name}`,
  })
}

/** Content is base64 text, or the file object of another action. */
function attachment(file: Value): Mail.Attachment {
  const content = member(file, 'Content')
  const base64 = textAt(content, '$content') ?? (content === undefined ? '' : compactText(content, ','))
  const type = textAt(file, 'ContentType') ?? textAt(content, '$content-type')
  const cid = textAt(file, 'ContentId')
  const encoding = transferEncodings.find(
    (known) => known === textAt(file, 'ContentTransferEncoding')?.toLowerCase(),
  )
  return {
    filename: textAt(file, 'FileName') ?? 'attachment',
    content: Buffer.from(base64, 'base64'),
    ...(type === undefined ? {} : { contentType: type }),
    ...(cid === undefined ? {} : { cid }),
    ...(encoding === undefined ? {} : { contentTransferEncoding: encoding }),
  }
}

const transferEncodings = ['7bit', 'base64', 'quoted-printable'] as const
