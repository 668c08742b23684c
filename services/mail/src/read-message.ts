/** Reads a message as it came over SMTP. */
import PostalMime, { type Address, type Attachment } from 'postal-mime'

export interface MailAddress {
  readonly name: string
  readonly address: string
}

/** What the mail box tells of an attachment. */
export interface AttachmentNote {
  readonly filename: string
  readonly mime_type: string
  readonly size: number
}

export interface ReadAttachment {
  readonly note: AttachmentNote
  readonly content: Uint8Array
}

export interface ReadMessage {
  readonly messageId: string | null
  /** Header `X-Idempotency-Key`. */
  readonly idempotencyKey: string | null
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly attachments: readonly ReadAttachment[]
}

const maxKeyLength = 255

/** Never fails on the content of a message: what it cannot read is empty. */
export async function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  const email = await PostalMime.parse(raw)
  const headers = email.headers.map(({ originalKey, value }) => ({ name: originalKey, value }))
  const key = email.headers.find((header) => header.key === 'x-idempotency-key')?.value.trim() ?? ''
  return {
    messageId: email.messageId ?? null,
    idempotencyKey: key === '' || key.length > maxKeyLength ? null : key,
    from: mailboxes(email.from === undefined ? [] : [email.from])[0] ?? { name: '', address: '' },
    to: mailboxes(email.to ?? []),
    cc: mailboxes(email.cc ?? []),
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    headers,
    attachments: email.attachments.map(readAttachment),
  }
}

function mailboxes(addresses: readonly Address[]): MailAddress[] {
  return addresses.flatMap((entry) =>
    entry.group === undefined
      ? [{ name: entry.name, address: entry.address }]
      : entry.group.map(({ name, address }) => ({ name, address })),
  )
}

function readAttachment({ content, filename, mimeType }: Attachment): ReadAttachment {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
  return { note: { filename: filename ?? '', mime_type: mimeType, size: bytes.byteLength }, content: bytes }
}
