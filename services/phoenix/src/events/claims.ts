/**
 * Consumers that fetch events instead of being told. Invariants:
 * 1. An event has at most one holder: claiming is a change of status in a transaction.
 * 2. Events about one talent are handed out in their order: none while an earlier one is not settled.
 * 3. Who does not acknowledge within the lease loses the event; then, and when the wait after a failure is
 *    over, it is free again. That happens by the clock, not by somebody's request.
 */
import { type EventEnvelope, moveEvent } from '@flowstead/catalog'
import { type Call, type DueWork, type Handler, isoTime, ok, standardDelivery } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { conflict, phoenixErrors } from '../errors.ts'
import { eventOf, findEvent, type StoredEvent, saveMoved } from './event-store.ts'

interface ClaimRequest {
  readonly processorNodeId: string
  readonly limit?: number
  readonly leaseSeconds?: number
  readonly eventNames?: readonly string[]
}

const defaultLimit = 10
const defaultLeaseSeconds = 60

/** Handler of `POST /events/claim`. */
export const claim: Handler = (call) => {
  const { processorNodeId, leaseSeconds = defaultLeaseSeconds, ...wanted } = call.body as ClaimRequest
  const at = isoTime(call.now())
  const claimed = nextFree(call.db, wanted).map(({ envelope }) => {
    const moved = moveEvent(envelope, 'claim', { at, processorNodeId })
    saveMoved(call.db, moved, { dueAt: call.now() + leaseSeconds * 1000 })
    return moved
  })
  return ok({ data: claimed })
}

/** The oldest published event of each talent that has nothing earlier open. */
function nextFree(db: Database, { eventNames, limit = defaultLimit }: Partial<ClaimRequest>): StoredEvent[] {
  const names = eventNames === undefined ? null : JSON.stringify(eventNames)
  return db
    .prepare<{ key_id: string }>(
      `SELECT e.key_id FROM events e WHERE e.status = 'PUBLISHED'
         AND (?1 IS NULL OR e.event_name IN (SELECT value FROM json_each(?1)))
         AND NOT EXISTS (SELECT 1 FROM events o WHERE o.talent_id = e.talent_id AND o.id < e.id
           AND o.status IN ('PUBLISHED', 'PROCESSING', 'FAILED'))
       ORDER BY e.id LIMIT ?2`,
    )
    .all(names, limit)
    .flatMap(({ key_id }) => findEvent(db, key_id) ?? [])
}

/** The event of the path, held by who asks. @throws 404, 409 */
function heldEvent({ body, db, params }: Call): StoredEvent {
  const found = eventOf(db, String(params.keyId))
  const { processorNodeId } = body as { processorNodeId: string }
  const { envelope, isPushed } = found
  if (!isPushed && envelope.status === 'PROCESSING' && envelope.processorNodeId === processorNodeId) {
    return found
  }
  const message = `"${processorNodeId.slice(0, 60)}" does not hold this event; it is ${envelope.status}.`
  throw conflict(phoenixErrors.notHeld, 'processorNodeId', message)
}

/** Handler of `POST /events/{keyId}/acknowledge`. */
export const acknowledge: Handler = (call) => {
  const { attempts, envelope } = heldEvent(call)
  const moved = moveEvent(envelope, 'acknowledge', { at: isoTime(call.now()) })
  saveMoved(call.db, moved, { attempts: attempts + 1, dueAt: null, lastError: null })
  return ok(moved)
}

/** Handler of `POST /events/{keyId}/renew`. */
export const renew: Handler = (call) => {
  const { envelope } = heldEvent(call)
  const { leaseSeconds = defaultLeaseSeconds } = call.body as { leaseSeconds?: number }
  saveMoved(call.db, envelope, { dueAt: call.now() + leaseSeconds * 1000 })
  return ok(envelope)
}

/** Handler of `POST /events/{keyId}/fail`: the event waits, or is given up after the last try. */
export const fail: Handler = (call) => {
  const { attempts, envelope } = heldEvent(call)
  const { reason } = call.body as { reason: string }
  const at = isoTime(call.now())
  const failed = moveEvent(envelope, 'fail', { at })
  const wait = standardDelivery.scheduleMs[attempts]
  const moved = wait === undefined ? moveEvent(failed, 'giveUp', { at }) : failed
  const dueAt = wait === undefined ? null : call.now() + wait
  saveMoved(call.db, moved, { attempts: attempts + 1, dueAt, lastError: reason })
  return ok(moved)
}

/** Frees events whose lease or wait is over. */
export const freeing: DueWork = {
  nextAt: ({ db }) =>
    db.prepare<{ at: number | null }>('SELECT min(due_at) AS at FROM events WHERE due_at IS NOT NULL').get()
      ?.at ?? null,
  perform: ({ db, now }) => {
    const due = db
      .prepare<{ key_id: string }>(
        'SELECT key_id FROM events WHERE due_at <= ? ORDER BY due_at, id LIMIT 100',
      )
      .all(now())
    for (const { key_id } of due) {
      const { envelope } = eventOf(db, key_id)
      saveMoved(db, freed(envelope, isoTime(now())), { dueAt: null })
    }
  },
}

function freed(envelope: EventEnvelope, at: string): EventEnvelope {
  if (envelope.status === 'FAILED') return moveEvent(envelope, 'retry', { at })
  return envelope.status === 'PROCESSING' ? moveEvent(envelope, 'release', { at }) : envelope
}
