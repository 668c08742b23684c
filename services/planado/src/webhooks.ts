/** Webhooks: who is told of which events, and how each delivery went. */
import {
  type Call,
  checkCallbackUrl,
  type Handler,
  isoTime,
  noContent,
  ok,
  problemOf,
} from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { type Entity, type EventType, eventsAbout, eventTypes } from './changes.ts'
import { notFound, unprocessable } from './errors.ts'
import { pageSize } from './list-page.ts'

interface GivenWebhook {
  readonly url: string
  readonly event_types?: readonly EventType[]
  readonly secret?: string
}

function create(call: Call, allowed: readonly EventType[]) {
  const { event_types, secret, url } = call.body as GivenWebhook
  checkUrl(url)
  const { id } = call.subscriptions.add({ callbackUrl: url, events: event_types ?? allowed })
  if (secret !== undefined) {
    call.db.prepare('INSERT INTO webhook_secrets (webhook_id, secret) VALUES (?, ?)').run(id, secret)
  }
  return { status: 201, body: { webhook_uuid: id } }
}

function end(call: Call) {
  const { id } = find(call)
  call.subscriptions.remove(id)
  call.db.prepare('DELETE FROM webhook_secrets WHERE webhook_id = ?').run(id)
  return noContent
}

/** @throws 422 */
function checkUrl(url: string): void {
  try {
    checkCallbackUrl('url', url)
  } catch (error) {
    throw unprocessable(problemOf(error)?.fields ?? [])
  }
}

function find(call: Call) {
  const id = String(call.params.id)
  const webhook = call.subscriptions.list().find((one) => one.id === id)
  if (webhook === undefined) throw notFound('webhook', id)
  return webhook
}

interface TryRow extends Row {
  delivery_seq: number
  event: string
  entity: string
  payload: string
  try: number
  at: number
  status: number | null
  error: string | null
  duration_ms: number
  due_at: number
}

/** The kit logs the tries of every delivery in the service's own database. */
const triesOfWebhook = `
  SELECT a.delivery_seq, e.event, e.entity, e.payload, a.try, a.at, a.status, a.error, a.duration_ms, d.due_at
  FROM kit_delivery_attempts a
    JOIN kit_deliveries d ON d.seq = a.delivery_seq JOIN kit_events e ON e.seq = d.event_seq
  WHERE d.subscription_id = ? ORDER BY a.at DESC, a.delivery_seq DESC, a.try DESC LIMIT ${pageSize}`

function showTry(row: TryRow) {
  const payload = JSON.parse(row.payload) as Record<string, { version?: number } | undefined>
  const entity = row.event.split('_')[0] as Entity
  const isSent = row.status !== null && row.status >= 200 && row.status < 300
  return {
    uuid: attemptUuid(row),
    event_type: row.event,
    entity_type: entity,
    entity_uuid: row.entity,
    entity_version: payload[entity]?.version ?? null,
    attempt_no: row.try,
    status: isSent ? 'sent' : 'failed',
    http_request_body: row.payload,
    http_response_code: row.status,
    http_response_headers: null,
    http_response_body: null,
    send_at: isoTime(row.at),
    sent_at: row.status === null ? null : isoTime(row.at + row.duration_ms),
    request_time_ms: row.duration_ms,
    error_type: row.error === null ? null : row.status === null ? 'network' : 'http',
    error_description: row.error,
  }
}

/** A try has no id of its own in the log: delivery and number make one. */
function attemptUuid({ delivery_seq, try: attempt }: TryRow): string {
  const part = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
  return `00000000-0000-4000-8000-${part(delivery_seq, 10)}${part(attempt, 2)}`
}

/** The secret that a webhook was given, if any. */
export function secretOf(db: Database, webhookId: string): { readonly secret?: string } {
  const row = db
    .prepare<{ secret: string }>('SELECT secret FROM webhook_secrets WHERE webhook_id = ?')
    .get(webhookId)
  return row === undefined ? {} : { secret: row.secret }
}

/** Handlers by operationId. */
export const webhookHandlers: Record<string, Handler> = {
  listWebhooks: ({ db, subscriptions }) =>
    ok({
      webhooks: subscriptions.list().map(({ callback_url, events, id, state }) => ({
        uuid: id,
        url: callback_url,
        event_types: events,
        suspended: state === 'disabled',
        ...secretOf(db, id),
      })),
    }),
  createWebhook: (call) => create(call, eventTypes),
  JobChanged: (call) => create(call, eventsAbout('job')),
  ClientChanged: (call) => create(call, eventsAbout('client')),
  SiteChanged: (call) => create(call, eventsAbout('site')),
  deleteWebhook: end,
  endJobWebhook: end,
  endClientWebhook: end,
  endSiteWebhook: end,
  listWebhookRequests: (call) => {
    const { id } = find(call)
    return ok({ requests: call.db.prepare<TryRow>(triesOfWebhook).all(id).map(showTry) })
  },
}
