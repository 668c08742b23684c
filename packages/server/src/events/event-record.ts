import type { EventEnvelope } from '@flowstead/catalog'
import { parseJson, type Value } from '@flowstead/expressions'
import type { EventTable, StoredEvent } from '@flowstead/store-sqlite'
import type { FlowBook } from '../flows/flow-book.ts'
import { envelopeOf } from './event-log.ts'
import { payloadOf } from './notification.ts'

/** An event as the API shows it: the envelope, and what it did here. */
export interface EventRecord extends Omit<EventEnvelope, 'eventData'> {
  /** Left out in lists. */
  readonly eventData?: EventEnvelope['eventData']
  readonly flow: { readonly id: string; readonly name: string; readonly trigger: string }
  /** Runs it started. */
  readonly runs: readonly string[]
  /** How often it arrived; more than once means it was repeated. */
  readonly deliveries: number
  readonly attempts: number
  /** Id of the event whose data this is. */
  readonly replayOf: number | null
  /** Why it failed, or why it started no run. */
  readonly error: StoredEvent['error']
}

/** What records are made from. */
export interface EventRecords {
  readonly table: EventTable
  readonly book: FlowBook
}

/** For lists: without what the event carries. */
export function listedEvent({ book, table }: EventRecords, event: StoredEvent): EventRecord {
  const { eventData: _eventData, ...envelope } = envelopeOf(event)
  const { attempts, deliveries, error, flowId, replayOf, triggerName } = event
  const name = book.find(flowId)?.flow.name ?? flowId
  return {
    ...envelope,
    flow: { id: flowId, name, trigger: triggerName },
    runs: table.runsOf(event.id),
    deliveries,
    attempts,
    replayOf,
    error,
  }
}

/** With what the event carries, unless its trigger secures that. */
export function shownEvent(records: EventRecords, event: StoredEvent): EventRecord {
  const { eventData } = envelopeOf(event, isSecured(records.book, event) ? {} : payloadIn(records, event))
  return { ...listedEvent(records, event), eventData }
}

function payloadIn({ table }: EventRecords, { id }: StoredEvent): { readonly [name: string]: Value } {
  const outputs = table.outputs(id)
  return outputs === undefined ? {} : payloadOf(parseJson(outputs))
}

function isSecured(book: FlowBook, { flowId, triggerName }: StoredEvent): boolean {
  const version = book.find(flowId)?.flow.version
  const plan = version === undefined ? undefined : book.plan(version)
  return plan?.triggers.get(triggerName.toLowerCase())?.secured.outputs === true
}
