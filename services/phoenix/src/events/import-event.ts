/**
 * Events that come from elsewhere. Invariants:
 * 1. An event is stored as it was received, or refused; what is odd about it stands beside it as warnings.
 * 2. One occurrence is stored once: the same event again is answered with the stored one, another event with
 *    its key or number is refused.
 * 3. An event that somebody elsewhere holds, or that waits there, is free here after `foreignLeaseMs`.
 */
import { isDeepStrictEqual } from 'node:util'
import { type EventEnvelope, type EventType, eventInspector, sessionEvent } from '@flowstead/catalog'
import { type Answer, type Handler, invalid, ok } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { conflict, phoenixErrors } from '../errors.ts'
import { findEvent, insertEvent, type StoredEvent, saveMoved } from './event-store.ts'
import { pushEvent, tellSubscribers } from './write-event.ts'

const foreignLeaseMs = 60_000

function isUnderWay({ status }: EventEnvelope): boolean {
  return status === 'PROCESSING' || status === 'FAILED'
}

/** Handler of `POST /events`. */
export const importEvent: Handler = (call) => {
  const event = call.body as EventEnvelope
  const { problems, warnings } = eventInspector(typeOf(event))(event)
  if (problems.length > 0) {
    throw invalid(problems.map(({ message, path, rule }) => ({ field: path, rule, message })))
  }
  const known = findEvent(call.db, event.keyId)
  if (known !== undefined) return answerKnown(known, event)
  checkNumber(call.db, event.id)
  insertEvent(call.db, event, warnings)
  if (isUnderWay(event)) saveMoved(call.db, event, { dueAt: call.now() + foreignLeaseMs })
  if (event.status === 'PUBLISHED') pushEvent(call, event)
  else tellSubscribers(call, event)
  return { status: 201, body: { event, warnings }, headers: { location: `/api/v1/events/${event.keyId}` } }
}

function typeOf({ eventName }: EventEnvelope): EventType {
  const type = sessionEvent(eventName)
  if (type !== undefined) return type
  const message = `"eventName" must be one of the six events of sessions.`
  throw invalid([{ field: 'eventName', rule: 'enum', message }])
}

/** Status and processor may have changed here since it came. */
function answerKnown({ envelope, warnings }: StoredEvent, event: EventEnvelope): Answer {
  const fixed = ({ processorNodeId: _, status: __, updatedAt: ___, ...rest }: EventEnvelope) => rest
  if (isDeepStrictEqual(fixed(envelope), fixed(event))) return ok({ event: envelope, warnings })
  const message = `Another event with the "keyId" ${event.keyId} is known.`
  throw conflict(phoenixErrors.keyIdTaken, 'keyId', message)
}

function checkNumber(db: Database, id: number): void {
  if (db.prepare('SELECT 1 AS found FROM events WHERE id = ?').get(id) === undefined) return
  throw conflict(phoenixErrors.idTaken, 'id', `Another event has the "id" ${id}.`)
}
