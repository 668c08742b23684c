/**
 * New runs: stored first, then begun. A run that ends within its first turn is stored with its end, in one
 * commit. Under a concurrency limit a run takes a place or is stored as Waiting and begins later.
 */
import { FlowsteadError } from '@flowstead/errors'
import type { FlowPlan } from '@flowstead/machine'
import { type Batch, summaryChange } from './batch.ts'
import { isStoreError, runnerErrors } from './errors.ts'
import { LiveRun } from './live-run.ts'
import { newRun, triggeredEvent } from './new-run.ts'
import { type Places, places } from './places.ts'
import type { NewRun, RunId, RunSummary, StartedRun, StartRequest } from './ports.ts'
import type { RunContext } from './run-context.ts'
import { type RunLimit, runLimit } from './run-limit.ts'

export interface Starts {
  /**
   * Stores and begins the runs, all or none, together with a polling cursor when there is one.
   * @throws `Runner.TooManyWaiting` when runs of the trigger wait already and no more may
   */
  start(
    requests: readonly StartRequest[],
    cursor?: { readonly key: string; readonly value: string },
  ): Promise<StartedRun[]>
  /** Counts runs found at recovery; those that wait begin as places become free. */
  takeUp(unfinished: readonly RunSummary[]): void
  /** Ends a run that waits for a place; false when it does not wait. */
  cancel(run: RunSummary, by: string | undefined): Promise<boolean>
  /** The client of a run that waits for a place is gone. */
  callerLeft(run: RunId): void
  /** Gives back the place of a run that ended. */
  ended(run: RunId): void
  /** Resolves when no commit of a start is under way. */
  settled(): Promise<void>
}

export interface StartsOptions {
  readonly context: RunContext
  /** Every run of this process that has begun and not ended. */
  readonly live: Map<RunId, LiveRun>
  readonly newRunId: (at: number) => RunId
  readonly newSeed: () => string
}

interface Place {
  readonly key: string
  readonly limit: RunLimit
}

/** A run worked out and not stored yet; without `begins` it waits for a place. */
interface Prepared {
  readonly run: NewRun
  readonly place: Place | undefined
  readonly begins: { readonly live: LiveRun; readonly batch: Batch } | undefined
}

const admitRetryMs = 1_000

export function starts({ context, live, newRunId, newSeed }: StartsOptions): Starts {
  const { store, clock } = context
  const placeOf = new Map<RunId, string>()
  const callersGone = new Set<RunId>()
  const pending = new Set<Promise<unknown>>()
  const limitOf = limits()
  const line: Places = places((run) => void track(admit(run)))

  function track<T>(work: Promise<T>): Promise<T> {
    pending.add(work)
    const done = () => pending.delete(work)
    work.then(done, done)
    return work
  }

  function prepare(request: StartRequest): Prepared {
    const plan = context.plan(request.flowVersion)
    const at = clock.now()
    const id = request.runId ?? newRunId(at)
    const triggered = triggeredEvent(request, { id, at, seed: newSeed() })
    const place = placeFor(request.flowId, request.trigger.name, plan)
    if (place !== undefined && !line.take(place.key, place.limit)) {
      line.expect(place.key, place.limit)
      return { run: newRun(request, triggered, 'waits'), place, begins: undefined }
    }
    const run = new LiveRun(context, { id, flowId: request.flowId, flowVersion: request.flowVersion })
    const batch = run.prepare(plan, triggered)
    return { run: newRun(request, triggered, batch), place, begins: { live: run, batch } }
  }

  function placeFor(flowId: string, triggerName: string, plan: FlowPlan): Place | undefined {
    const limit = limitOf(plan, triggerName)
    return limit === undefined ? undefined : { key: `${flowId}/${triggerName}`, limit }
  }

  function refuseFull(requests: readonly StartRequest[]): void {
    for (const { flowId, trigger, flowVersion } of requests) {
      const place = placeFor(flowId, trigger.name, context.plan(flowVersion))
      if (place !== undefined) line.refuseFull(place.key, place.limit)
    }
  }

  function undo({ place, begins }: Prepared): void {
    if (place === undefined) return
    if (begins === undefined) line.unexpect(place.key)
    else line.free(place.key)
  }

  function begin({ run, place, begins }: Prepared): void {
    if (begins === undefined) {
      const { key, limit } = place as Place
      placeOf.set(run.id, key)
      line.enqueue(key, limit, run.id)
      line.unexpect(key)
      return
    }
    if (place !== undefined) placeOf.set(run.id, place.key)
    live.set(run.id, begins.live)
    begins.live.begin(begins.batch)
  }

  async function startAll(
    requests: readonly StartRequest[],
    cursor: { readonly key: string; readonly value: string } | undefined,
  ): Promise<StartedRun[]> {
    context.crashPoint('start')
    refuseFull(requests)
    const prepared: Prepared[] = []
    try {
      for (const request of requests) prepared.push(prepare(request))
      const started = await store.start(
        prepared.map(({ run }) => run),
        cursor,
      )
      context.crashPoint('started')
      for (const [index, { isDuplicate }] of started.entries()) {
        const one = prepared[index] as Prepared
        if (isDuplicate) undo(one)
        else begin(one)
      }
      return started
    } catch (error) {
      for (const one of prepared) undo(one)
      throw error
    }
  }

  /** A place is free: the run begins now, and its journal with it. */
  async function admit(id: RunId): Promise<void> {
    const [triggered] = store.read(id)
    const summary = store.summary(id)
    if (triggered?.type !== 'triggered' || summary === undefined) return freePlace(id)
    const caller = callersGone.has(id) ? 'none' : triggered.caller
    const at = Math.max(clock.now(), triggered.at)
    try {
      await beginAdmitted(summary, (run) =>
        run.prepare(context.plan(summary.flowVersion), { ...triggered, caller, at }),
      )
      callersGone.delete(id)
    } catch (error) {
      context.onError(error, id)
      if (!isStoreError(error) || error.code === runnerErrors.conflict) freePlace(id)
      else clock.schedule(clock.now() + admitRetryMs, () => void track(admit(id)))
    }
  }

  async function beginAdmitted(summary: RunSummary, prepareRun: (run: LiveRun) => Batch): Promise<void> {
    const { id, flowId, flowVersion } = summary
    const run = new LiveRun(context, { id, flowId, flowVersion })
    const batch = prepareRun(run)
    await store.admit(id, batch.entries, summaryChange(batch.end) ?? { status: 'Running' })
    live.set(id, run)
    run.begin(batch)
  }

  function freePlace(run: RunId): void {
    const key = placeOf.get(run)
    if (key === undefined) return
    placeOf.delete(run)
    line.free(key)
  }

  return {
    start: (requests, cursor) => track(startAll(requests, cursor)),
    takeUp(unfinished) {
      const waiting: [Place, RunId][] = []
      for (const { id, flowId, triggerName, flowVersion, status } of unfinished) {
        const place = placeOrNone(() => placeFor(flowId, triggerName, context.plan(flowVersion)))
        if (status === 'Waiting') {
          callersGone.add(id)
          waiting.push([place ?? { key: `${flowId}/${triggerName}`, limit: oneByOne }, id])
        } else if (place !== undefined) {
          placeOf.set(id, place.key)
          line.occupy(place.key)
        }
      }
      for (const [{ key, limit }, id] of waiting) {
        placeOf.set(id, key)
        line.enqueue(key, limit, id)
      }
    },
    async cancel(summary, by) {
      const key = placeOf.get(summary.id)
      const [triggered] = store.read(summary.id)
      if (key === undefined || triggered?.type !== 'triggered' || !line.leave(key, summary.id)) return false
      placeOf.delete(summary.id)
      const at = Math.max(clock.now(), triggered.at)
      const plan = context.plan(summary.flowVersion)
      await track(beginAdmitted(summary, (run) => run.prepareCancelled(plan, { ...triggered, at }, by)))
      return true
    },
    callerLeft: (run) => {
      if (placeOf.has(run)) callersGone.add(run)
    },
    ended: freePlace,
    async settled() {
      while (pending.size > 0) await Promise.allSettled([...pending])
    },
  }
}

/** For waiting runs whose flow version is gone: they begin one by one, and fail. */
const oneByOne: RunLimit = { runs: 1, waiting: 1 }

function placeOrNone(find: () => Place | undefined): Place | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof FlowsteadError) return undefined
    throw error
  }
}

function limits(): (plan: FlowPlan, trigger: string) => RunLimit | undefined {
  const known = new WeakMap<FlowPlan, Map<string, RunLimit | undefined>>()
  return (plan, trigger) => {
    let ofPlan = known.get(plan)
    if (ofPlan === undefined) {
      ofPlan = new Map(plan.flow.triggers.map((one) => [one.name, runLimit(one)]))
      known.set(plan, ofPlan)
    }
    return ofPlan.get(trigger)
  }
}
