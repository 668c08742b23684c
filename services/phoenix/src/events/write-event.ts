/**
 * Events of this service. Invariants:
 * 1. `writeEvent` runs in the transaction of the change, once per change of a session.
 * 2. An event with subscribers is claimed for them at once; one without stays PUBLISHED until somebody claims
 *    it, so that a subscriber who comes later is not told of the past.
 */
import { randomUUID } from 'node:crypto'
import { type EventEnvelope, moveEvent, type SessionEventName, sessionEvent } from '@flowstead/catalog'
import { isoTime, type ServiceContext } from '@flowstead/service-kit'
import { type Appointment, appointmentPayload } from '../sessions/appointment.ts'
import { updateDetailsIds } from '../sessions/appointment-store.ts'
import { insertEvent, nodeId, saveMoved } from './event-store.ts'

export interface SessionChange {
  readonly event: SessionEventName
  /** The session after the change. */
  readonly appointment: Appointment
  /** Who acted; null for the system. */
  readonly userId: string | null
  /** What the event carries beside the session. */
  readonly payload?: Readonly<Record<string, unknown>>
}

/** Writes the event of a change and starts telling its subscribers. */
export function writeEvent(context: ServiceContext, change: SessionChange): EventEnvelope {
  const { db } = context
  const at = isoTime(context.now())
  const keyId = randomUUID()
  const version = sessionEvent(change.event)?.version ?? 1
  const written = {
    createdAt: at,
    updatedAt: at,
    eventName: change.event,
    keyId,
    eventData: {
      name: change.event,
      type: 'event' as const,
      keyId,
      version,
      appointment: eventAppointment(context, change),
      ...change.payload,
    },
    status: 'PUBLISHED' as const,
    publisherNodeId: nodeId(db, 'publisher'),
    processorNodeId: null,
    version,
    userId: change.userId,
    talentId: change.appointment.talent_id,
  }
  const id = insertEvent(db, { id: null, ...written }, [])
  const envelope: EventEnvelope = { id, ...written }
  pushEvent(context, envelope)
  return envelope
}

/** The first event of a session has no history; the later ones carry its ids. */
function eventAppointment({ db }: ServiceContext, { appointment, event }: SessionChange) {
  const payload = appointmentPayload(appointment)
  if (event === 'VCSessionScheduledEvent') return payload
  return { ...payload, updateDetailsIds: updateDetailsIds(db, appointment.id) }
}

/** Claims a published event for its subscribers and hands it to the deliverer; without any it stays as it is. */
export function pushEvent(context: ServiceContext, envelope: EventEnvelope): void {
  if (!hasSubscribers(context, envelope.eventName)) return
  const { db } = context
  const processorNodeId = nodeId(db, 'processor')
  const claimed = moveEvent(envelope, 'claim', { at: isoTime(context.now()), processorNodeId })
  const pushId = tellSubscribers(context, claimed)
  saveMoved(db, claimed, { pushId, dueAt: null })
}

/** Hands the envelope as it is to the deliverer; events about one talent keep their order. */
export function tellSubscribers(context: ServiceContext, envelope: EventEnvelope): string {
  const entity = envelope.talentId ?? envelope.keyId
  return context.publish({ event: envelope.eventName, entity, payload: envelope }).id
}

function hasSubscribers({ subscriptions }: ServiceContext, eventName: string): boolean {
  return subscriptions.list().some(({ events, state }) => state === 'active' && events.includes(eventName))
}
