/**
 * The log of notifications that reached webhook triggers. Invariants:
 * 1. An event is committed with or before the runs it starts: both are asked for in the same turn, the event first.
 * 2. Status changes only by the moves of the catalog.
 * 3. A delivery of an event that was handled within the last 24 h starts nothing; it is counted.
 * 4. Every event leaves PUBLISHED and PROCESSING, if need be after the next start.
 */
import { hostname } from 'node:os'
import { type EventEnvelope, type MoveName, moveEvent } from '@flowstead/catalog'
import type { TriggerDefinition } from '@flowstead/definition'
import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import { type ObjectValue, parseJson, printJson, type Value } from '@flowstead/expressions'
import type { Clock, RunId, StartedRun } from '@flowstead/runner'
import type { SqliteStore, StoredEvent } from '@flowstead/store-sqlite'
import type { BookedFlow, FlowBook } from '../flows/flow-book.ts'
import type { FiringResult, Firings } from '../triggers/firing.ts'
import { checkSameBody } from '../triggers/same-delivery.ts'
import type { EventCatalog } from './event-catalog.ts'
import { asReplay, type Notification, readNotification } from './notification.ts'

/** A verified notification, on its way to the runs it starts. */
export interface Arrival {
  readonly booked: BookedFlow
  readonly trigger: TriggerDefinition
  readonly outputs: ObjectValue
  /** The run a caller waits for; default a new one. */
  readonly runId?: RunId
  readonly caller?: 'none' | 'waiting'
}

export interface EventLog {
  /** Records the notification and fires its trigger. @throws what firing throws, and `Server.Conflict` */
  receive(arrival: Arrival): Promise<FiringResult>
  /** Delivers the data of an event once more, as an event of its own. @throws `Server.NotFound`, `Server.FlowIsOff` */
  replay(id: number): Promise<{ readonly event: StoredEvent; readonly result: FiringResult }>
  /** Takes up what an earlier process left behind; once, after the runs have been taken up. */
  recover(): Promise<void>
}

export interface EventLogParts {
  readonly store: Pick<SqliteStore, 'change' | 'events' | 'summary'>
  readonly book: FlowBook
  readonly firings: Firings
  readonly catalog: Pick<EventCatalog, 'sourceOf'>
  readonly clock: Clock
}

/** How long a key means the same occurrence, ms; the same as for runs. */
const dedupeWindowMs = 24 * 3600 * 1000
/** As many as the tries of a delivery by the Standard Webhooks schedule. */
const maxAttempts = 8
/** The data and the flow stay what they are: another try would end the same. */
const permanentFailures: ReadonlySet<string> = new Set([
  'Trigger.Failed',
  'Server.NotFound',
  'Server.FlowIsOff',
])

const nodeId = `flowstead-${hostname()}-${process.pid}`.slice(0, 200)

export function createEventLog(parts: EventLogParts): EventLog {
  const { book, catalog, clock, firings, store } = parts
  const { events } = store

  /** Within `store.change`. */
  const move = (id: number, name: MoveName, error: StoredEvent['error'] = null): void => {
    const stored = events.get(id)
    if (stored === undefined) return
    const now = clock.now()
    const at = new Date(now).toISOString()
    const moved = moveEvent(envelopeOf(stored), name, { at, processorNodeId: nodeId })
    events.change(id, {
      status: moved.status,
      processor: moved.processorNodeId,
      updatedAt: now,
      attempts: stored.attempts + (name === 'claim' ? 1 : 0),
      error,
    })
  }

  /** Claims what is free again; false when another delivery of the event is being handled. */
  const takeUp = (event: StoredEvent): boolean => {
    if (event.status === 'PROCESSING') return false
    if (event.status === 'FAILED') move(event.id, 'retry')
    if (event.status === 'DEAD_LETTERED') move(event.id, 'replay')
    move(event.id, 'claim')
    return true
  }

  const settle = (id: number, result: FiringResult) =>
    store.change(() => {
      const reason = result.status === 'Skipped' ? { code: 'Trigger.Skipped', message: result.reason } : null
      if (events.get(id)?.status === 'PROCESSING') move(id, 'acknowledge', reason)
      if (result.status === 'Started')
        events.link(
          id,
          result.runs.map((run) => run.id),
        )
    })

  const settleFailure = (id: number, error: unknown) =>
    store.change(() => {
      move(id, 'fail', shown(error))
      const isPermanent = isFlowsteadError(error) && permanentFailures.has(error.code)
      if (isPermanent || (events.get(id)?.attempts ?? 0) >= maxAttempts) move(id, 'giveUp', shown(error))
    })

  /** What a delivery of a handled event is answered: what the first one was. */
  const repeated = async (event: StoredEvent, outputs: ObjectValue): Promise<FiringResult> => {
    checkSameBody(outputsOf(event.id), outputs)
    await store.change(() => events.countDelivery(event.id))
    const runs = events.runsOf(event.id).map((id): StartedRun => ({ id, isDuplicate: true }))
    if (runs.length > 0) return { status: 'Started', runs }
    return { status: 'Skipped', reason: event.error?.message ?? '' }
  }

  const outputsOf = (id: number): ObjectValue => parseJson(events.outputs(id) ?? '{}') as ObjectValue

  /** Asks for the event, then for its runs, in one turn; then writes what became of them. */
  async function handle(arrival: Arrival, notification: Notification, replayOf: number | null) {
    const { booked, outputs, trigger } = arrival
    const runId = arrival.runId ?? firings.newRunId()
    const now = clock.now()
    const place = { flowId: booked.flow.id, triggerName: trigger.name, key: notification.key }
    const text = printJson(outputs)
    const recorded = store.change(() => {
      const known = events.find({ ...place, since: now - dedupeWindowMs })
      if (known === undefined) {
        const id = events.insert({
          ...notification,
          ...place,
          runId,
          replayOf,
          createdAt: now,
          outputs: text,
        })
        move(id, 'claim')
        return { id, isMine: true }
      }
      events.countDelivery(known.id)
      return { id: known.id, isMine: known.status !== 'ACKNOWLEDGED' && takeUp(known) }
    })
    const fired = firings.fire(booked, {
      trigger: trigger.name,
      outputs,
      runId,
      dedupeKey: notification.key,
      ...(arrival.caller === undefined ? {} : { caller: arrival.caller }),
    })
    const [taken, result] = await Promise.allSettled([recorded, fired])
    if (taken.status === 'rejected') throw taken.reason
    const { id, isMine } = taken.value
    if (result.status === 'fulfilled') {
      await settle(id, result.value)
      return { id, result: result.value }
    }
    if (isMine) await settleFailure(id, result.reason)
    throw result.reason
  }

  async function recoverOne(event: StoredEvent): Promise<void> {
    await store.change(() => {
      if (event.status === 'PROCESSING') move(event.id, 'release')
      move(event.id, 'claim')
    })
    try {
      const started = store.summary(event.runId)
      if (started !== undefined) {
        return await settle(event.id, { status: 'Started', runs: [{ id: event.runId, isDuplicate: false }] })
      }
      const { booked, trigger } = placeOf(event)
      const { key, runId } = event
      const outputs = outputsOf(event.id)
      const firing = { trigger: trigger.name, outputs, runId, dedupeKey: key }
      await settle(event.id, await firings.fire(booked, firing))
    } catch (error) {
      await settleFailure(event.id, error)
    }
  }

  const placeOf = (event: StoredEvent) => {
    const booked = book.get(event.flowId)
    const trigger = booked.flow.triggers.find(({ name }) => name === event.triggerName)
    if (trigger === undefined) {
      throw new FlowsteadError(
        'Server.NotFound',
        `Flow "${booked.flow.name}" has no trigger "${event.triggerName}" any more.`,
      )
    }
    if (booked.state === 'off') {
      throw new FlowsteadError('Server.FlowIsOff', `Flow "${booked.flow.name}" is turned off.`)
    }
    return { booked, trigger }
  }

  return {
    async receive(arrival) {
      const { booked, outputs, trigger } = arrival
      const source = catalog.sourceOf(booked.flow, trigger)
      const notification = readNotification(outputs, { ...source, triggerName: trigger.name })
      const at = { flowId: booked.flow.id, triggerName: trigger.name, key: notification.key }
      const known = events.find({ ...at, since: clock.now() - dedupeWindowMs })
      if (known?.status === 'ACKNOWLEDGED') return repeated(known, outputs)
      return (await handle(arrival, notification, null)).result
    },
    async replay(id) {
      const original = events.get(id)
      if (original === undefined) throw noSuchEvent(id)
      const key = `replay_${firings.newRunId()}`
      const { name, publisher, talentId, userId, version } = original
      const arrival = { ...placeOf(original), outputs: asReplay(outputsOf(id), key, id) }
      const handled = await handle(arrival, { name, key, version, publisher, userId, talentId }, id)
      return { event: events.get(handled.id) as StoredEvent, result: handled.result }
    },
    async recover() {
      for (const event of events.unfinished()) await recoverOne(event)
    },
  }
}

/** The event in the form it travels in, with what it carries besides the header. */
export function envelopeOf(
  event: StoredEvent,
  payload: { readonly [name: string]: Value } = {},
): EventEnvelope {
  const { key, name, version } = event
  return {
    id: event.id,
    createdAt: new Date(event.createdAt).toISOString(),
    updatedAt: new Date(event.updatedAt).toISOString(),
    eventName: name,
    keyId: key,
    eventData: { ...payload, name, type: 'event', keyId: key, version },
    status: event.status,
    publisherNodeId: event.publisher,
    processorNodeId: event.processor,
    version,
    userId: event.userId,
    talentId: event.talentId,
  }
}

/** For ids that the log does not have. */
export function noSuchEvent(id: unknown): FlowsteadError {
  return new FlowsteadError('Server.NotFound', `There is no event "${String(id).slice(0, 40)}".`, {
    hint: 'flowstead event list shows the events of this server.',
  })
}

function shown(error: unknown): StoredEvent['error'] {
  if (isFlowsteadError(error)) return { code: error.code, message: error.message }
  return { code: 'Server.Internal', message: 'Something went wrong here; the log of the server says more.' }
}
