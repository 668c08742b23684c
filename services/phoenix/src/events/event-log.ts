import { isSettled, moveEvent } from '@flowstead/catalog'
import { type Handler, isoTime, ok } from '@flowstead/service-kit'
import { conflict, phoenixErrors } from '../errors.ts'
import { type EventFilter, eventOf, findEvents, saveMoved } from './event-store.ts'
import { pushEvent } from './write-event.ts'

/** Handler of `GET /events`. */
export const listEvents: Handler = ({ db, query }) => {
  const filter = query as unknown as EventFilter
  const found = findEvents(db, { ...filter, limit: filter.limit + 1 }).map(({ envelope }) => envelope)
  const data = found.slice(0, filter.limit)
  return ok({ data, next: found.length > filter.limit ? (data.at(-1)?.id ?? null) : null })
}

/** Handler of `GET /events/{keyId}`. */
export const getEvent: Handler = ({ db, params }) => ok(eventOf(db, String(params.keyId)).envelope)

/** Handler of `GET /events/{keyId}/delivery`. */
export const getDelivery: Handler = ({ db, params }) => {
  const { attempts, dueAt, envelope, isPushed, lastError, warnings } = eventOf(db, String(params.keyId))
  return ok({
    keyId: envelope.keyId,
    status: envelope.status,
    processorNodeId: envelope.processorNodeId,
    attempts,
    dueAt: dueAt === null ? null : isoTime(dueAt),
    lastError,
    isPushed,
    warnings,
  })
}

/** Handler of `POST /events/{keyId}/replay`: subscribers are told again, or the event can be claimed again. */
export const replay: Handler = (call) => {
  const { db } = call
  const { envelope } = eventOf(db, String(call.params.keyId))
  if (!isSettled(envelope.status)) {
    const message = `This event is ${envelope.status}; it is still to be delivered.`
    throw conflict(phoenixErrors.notSettled, 'status', message)
  }
  const published = moveEvent(envelope, 'replay', { at: isoTime(call.now()) })
  saveMoved(db, published, { attempts: 0, lastError: null, pushId: null, dueAt: null })
  pushEvent(call, published)
  return { status: 202, body: eventOf(db, envelope.keyId).envelope }
}
