/**
 * The kept messages. Invariants:
 * 1. A message with a known `Message-ID` or `X-Idempotency-Key` is kept once; recipients that only the
 *    repetition names are added.
 * 2. What was answered with 250 is in the database.
 */
import { randomUUID } from 'node:crypto'
import { containsPattern, insertRow, isoTime, type ServiceContext } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import type { AttachmentNote, ReadAttachment, ReadMessage } from './read-message.ts'

export interface Incoming {
  readonly message: ReadMessage
  readonly raw: Uint8Array
  /** Who the envelope names, which need not be whom the headers name. */
  readonly recipients: readonly string[]
}

/** Keeps a message; `known` when it was there already. */
export function keepMessage(
  context: ServiceContext,
  { message, raw, recipients }: Incoming,
): 'new' | 'known' {
  const { db } = context
  const known = findKnown(db, message)
  const seq = known ?? insertMessage(context, message, raw)
  const addRecipient = db.prepare('INSERT OR IGNORE INTO envelope_recipients VALUES (?, ?)')
  for (const address of recipients) addRecipient.run(seq, address.toLowerCase())
  return known === undefined ? 'new' : 'known'
}

/** Whether a message is kept already; for the attempt log, before it is kept. */
export function isKnown(db: Database, message: ReadMessage): boolean {
  return findKnown(db, message) !== undefined
}

function findKnown(db: Database, { idempotencyKey, messageId }: ReadMessage): number | undefined {
  const row = db
    .prepare<{ seq: number }>('SELECT seq FROM messages WHERE message_id = ? OR idempotency_key = ? LIMIT 1')
    .get(messageId, idempotencyKey)
  return row?.seq
}

function insertMessage({ db, now }: ServiceContext, message: ReadMessage, raw: Uint8Array): number {
  const seq = insertRow(db, 'messages', {
    id: randomUUID(),
    message_id: message.messageId,
    idempotency_key: message.idempotencyKey,
    sender: JSON.stringify(message.from),
    recipients: JSON.stringify(message.to),
    copies: JSON.stringify(message.cc),
    subject: message.subject,
    text: message.text,
    html: message.html,
    headers: JSON.stringify(message.headers),
    attachments: JSON.stringify(message.attachments.map(({ note }) => note)),
    raw,
    received_at: now(),
  })
  const addAttachment = db.prepare('INSERT INTO attachments VALUES (?, ?, ?)')
  for (const [index, { content }] of message.attachments.entries()) addAttachment.run(seq, index + 1, content)
  return seq
}

export interface MessageFilter {
  /** Part of an address of the envelope. */
  readonly to?: string | undefined
  /** Part of subject, text, HTML or sender. */
  readonly text?: string | undefined
  /** Only messages older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

const shownColumns = `m.seq, m.id, m.message_id, m.idempotency_key, m.sender, m.recipients, m.copies, m.subject,
  m.text, m.html, m.headers, m.attachments, m.received_at,
  (SELECT json_group_array(address) FROM envelope_recipients WHERE message_seq = m.seq) AS envelope_to`

/** Messages, newest first, without HTML and headers. */
export function listMessages(db: Database, filter: MessageFilter): Record<string, unknown>[] {
  const pattern = (text: string | undefined) => (text === undefined ? null : containsPattern(text))
  const rows = db
    .prepare(
      String.raw`SELECT ${shownColumns} FROM messages m
       WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM envelope_recipients r
           WHERE r.message_seq = m.seq AND r.address LIKE ?1 ESCAPE '\'))
         AND (?2 IS NULL OR m.subject || ' ' || m.text || ' ' || m.html || ' ' || m.sender LIKE ?2 ESCAPE '\')
         AND (?3 IS NULL OR m.seq < (SELECT seq FROM messages WHERE id = ?3))
       ORDER BY m.seq DESC LIMIT ?4`,
    )
    .all(pattern(filter.to), pattern(filter.text), filter.before ?? null, filter.limit)
  return rows.map(showSummary)
}

/** One message whole; `undefined` when there is none of this id. */
export function findMessage(db: Database, id: string): Record<string, unknown> | undefined {
  const row = db.prepare(`SELECT ${shownColumns} FROM messages m WHERE m.id = ?`).get(id)
  return row === undefined ? undefined : { ...showSummary(row), html: row.html, headers: parsed(row.headers) }
}

/**
 * One attachment with its bytes; `undefined` when there is none, or its message came before files were kept.
 * @param number its place in the message, from 1
 */
export function findAttachment(db: Database, id: string, number: number): ReadAttachment | undefined {
  const row = db
    .prepare<{ attachments: string; content: Uint8Array }>(
      `SELECT m.attachments, a.content FROM attachments a JOIN messages m ON m.seq = a.message_seq
       WHERE m.id = ? AND a.number = ?`,
    )
    .get(id, number)
  const note = row === undefined ? undefined : (parsed(row.attachments) as AttachmentNote[])[number - 1]
  return row === undefined || note === undefined ? undefined : { note, content: row.content }
}

/** The numbers of those attachments of a message that can be opened. */
export function keptAttachments(db: Database, id: string): ReadonlySet<number> {
  const rows = db
    .prepare<{ number: number }>(
      'SELECT a.number FROM attachments a JOIN messages m ON m.seq = a.message_seq WHERE m.id = ?',
    )
    .all(id)
  return new Set(rows.map(({ number }) => number))
}

/** Empties the mail box. */
export function deleteMessages(db: Database): void {
  db.prepare('DELETE FROM attachments').run()
  db.prepare('DELETE FROM envelope_recipients').run()
  db.prepare('DELETE FROM messages').run()
}

function showSummary(row: Row): Record<string, unknown> {
  return {
    id: row.id,
    message_id: row.message_id,
    idempotency_key: row.idempotency_key,
    received_at: isoTime(row.received_at as number),
    from: parsed(row.sender),
    to: parsed(row.recipients),
    cc: parsed(row.copies),
    envelope_to: parsed(row.envelope_to),
    subject: row.subject,
    text: row.text,
    attachments: parsed(row.attachments),
  }
}

function parsed(value: Row[string] | undefined): unknown {
  return JSON.parse(value as string)
}
