/**
 * Files of jobs. Invariants:
 * 1. A file is fetched without a key, by a signed URL that ends after an hour.
 * 2. A job keeps the id of a file of ours, not its URL: each answer signs anew. Other URLs are kept as given.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { fileAnswer, type Handler, insertRow, refused, type ServiceContext } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { invalidField, notFound, planadoErrors, problem } from './errors.ts'
import { object, text } from './openapi-parts.ts'
import { rowById } from './references.ts'

type Context = Pick<ServiceContext, 'db' | 'now'>

const livesMs = 3_600_000
const root = '/local/attachments/'
const mark = 'attachment:'

/** A file as it is given; requests have at most 1 MB. */
export const attachmentInput = object({
  name: text(200, 1),
  content_type: { type: 'string', pattern: '^[a-z]+/[a-zA-Z0-9.+-]{1,100}$' },
  content: { type: 'string', contentEncoding: 'base64', description: 'Base64.' },
})

interface Attachment {
  readonly id: string
  readonly name: string
  readonly content_type: string
  readonly content: Uint8Array
  readonly origin: string
}

function signatureOf(db: Database, id: string, expires: number): Buffer {
  const row = db.prepare<{ secret: string }>('SELECT secret FROM link_secret').get()
  return createHmac('sha256', String(row?.secret)).update(`${id}.${expires}`).digest()
}

function signedUrl({ db, now }: Context, { id, origin }: Pick<Attachment, 'id' | 'origin'>): string {
  const expires = now() + livesMs
  return `${origin}${root}${id}?expires=${expires}&signature=${signatureOf(db, id, expires).toString('base64url')}`
}

/** A URL as it is kept: files of ours by their id. */
export function keptUrl(db: Database, url: string): string {
  const { origin, pathname } = new URL(url)
  const row = pathname.startsWith(root)
    ? rowById<Attachment>(db, 'attachments', pathname.slice(root.length))
    : undefined
  return row?.origin === origin ? `${mark}${row.id}` : url
}

/** A kept URL as it is shown: files of ours under a URL that can be fetched now. */
export function shownUrl(context: Context, kept: string): string {
  if (!kept.startsWith(mark)) return kept
  return signedUrl(
    context,
    rowById<Attachment>(context.db, 'attachments', kept.slice(mark.length)) as Attachment,
  )
}

/** Where the client reached the service, as URLs write it. */
function originOf(host: string): string {
  const url = `http://${host}`
  return URL.canParse(url) ? new URL(url).origin : 'http://127.0.0.1'
}

/** Handlers by operationId. */
export const attachmentHandlers: Readonly<Record<string, Handler>> = {
  createAttachment: (call) => {
    const { content, content_type, name } = call.body as Record<'content' | 'content_type' | 'name', string>
    const bytes = Buffer.from(content, 'base64')
    if (bytes.toString('base64').replace(/=+$/, '') !== content.replace(/=+$/, '')) {
      throw invalidField('content', 'contentEncoding', '"content" must be base64.')
    }
    const origin = originOf(String(call.headers?.host))
    const row = { id: randomUUID(), name, content_type, content: bytes, origin, created_at: call.now() }
    insertRow(call.db, 'attachments', row)
    return { status: 201, body: { attachment_uuid: row.id, url: signedUrl(call, row) } }
  },
  getAttachment: ({ db, now, params, query }) => {
    const { expires, signature } = query as { expires: number; signature: string }
    const id = String(params.id)
    const row = rowById<Attachment>(db, 'attachments', id)
    if (row === undefined) throw notFound('attachment', id)
    const [given, wanted] = [Buffer.from(signature, 'base64url'), signatureOf(db, id, expires)]
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || expires <= now()) {
      const message = 'This URL has ended, or was never valid; read the job again for a new one.'
      const fields = [problem('signature', 'signature', message)]
      throw refused({ status: 403, code: planadoErrors.forbidden, message, fields })
    }
    return fileAnswer({ bytes: row.content, mediaType: row.content_type, name: row.name })
  },
}
