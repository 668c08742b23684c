import { randomUUID } from 'node:crypto'
import { FlowsteadError } from '@flowstead/errors'
import {
  type CalledBack,
  type CallerLeft,
  type CallOutcome,
  type FlowPlan,
  type HistoryOptions,
  history,
  type RunEvent,
  type RunHistory,
} from '@flowstead/machine'
import { children } from './children.ts'
import type { CrashPoint } from './crash-points.ts'
import { runnerErrors } from './errors.ts'
import { cancelledEvent } from './event-order.ts'
import { LiveRun } from './live-run.ts'
import type {
  Callers,
  ChildFlows,
  Clock,
  ConnectorHost,
  RunFilter,
  RunId,
  RunStore,
  RunSummary,
  StartedRun,
  StartRequest,
} from './ports.ts'
import type { RunContext } from './run-context.ts'
import { runIds, secureRandom } from './run-id.ts'
import { starts } from './starts.ts'
import { systemClock } from './system-clock.ts'

export interface RunnerOptions {
  readonly store: RunStore
  readonly host: ConnectorHost
  readonly callers: Callers
  /** How a flow calls another one; without it such calls fail with `WorkflowNotSupported`. */
  readonly children?: ChildFlows
  /** The compiled flow version by content hash. */
  plans(flowVersion: string): FlowPlan | undefined
  /** Default: the clock of the machine. */
  readonly clock?: Clock
  /** Told what went wrong without a caller to tell; default: a warning of the process. */
  onError?(error: unknown, run: RunId | undefined): void
  /** Gives 0 ≤ x < 1, for run ids; default: from the system's secure source. */
  readonly random?: () => number
  /** Seeds of new runs; default: random UUIDs. */
  readonly seed?: () => string
  /** Called at named points, for tests that end the process there; default: nothing. */
  crashPoint?(name: CrashPoint): void
}

/** Keeps runs going: stores what happens, does what they ask for, survives the end of the process. */
export interface Runner {
  /** An id for `StartRequest.runId`. */
  newRunId(): RunId
  /**
   * Starts a run; resolves once it is stored. Its answer may leave before the promise resolves.
   * @throws `Runner.TooManyWaiting`, `Runner.FlowVersionMissing`, `Runner.Stopping`, or the store's error
   */
  start(request: StartRequest): Promise<StartedRun>
  /** Starts all runs or none, in one commit with the cursor of a polling trigger. Throws as `start`. */
  startMany(
    requests: readonly StartRequest[],
    cursor?: { readonly key: string; readonly value: string },
  ): Promise<StartedRun[]>
  /** Takes up all unfinished runs; call it once, before anything is started. */
  recover(): Promise<{ readonly running: number; readonly waiting: number }>
  /** Resolves once the cancellation is stored. */
  cancel(run: RunId, by?: string): Promise<'cancelled' | 'ended' | 'unknown'>
  /** A request at the callback address of an action; resolves once it is stored. The first one counts. */
  callBack(run: RunId, key: string, request: CalledBack['request']): Promise<'accepted' | 'gone' | 'unknown'>
  /** The client that waited for the run's answer is gone. */
  callerLeft(run: RunId, reason: CallerLeft['reason']): Promise<void>
  summary(run: RunId): RunSummary | undefined
  /** Entries of the run's journal, oldest first. */
  journal(run: RunId): RunEvent[]
  /**
   * What happened in the run, by replay; `undefined` when there is no such run.
   * @throws `Machine.JournalMismatch`, `Runner.FlowVersionMissing`, when its journal cannot be replayed
   */
  history(run: RunId, options?: HistoryOptions): RunHistory | undefined
  list(filter: RunFilter): RunSummary[]
  /**
   * Stops: nothing new begins, calls in flight may end within `graceMs` (default 10,000), what is still open
   * then goes on after the next start. The store stays open.
   */
  stop(graceMs?: number): Promise<void>
}

const recoverAtOnce = 64
const defaultGraceMs = 10_000

/** A runner over the given ports. */
export function createRunner(options: RunnerOptions): Runner {
  const { store, host, callers, clock = systemClock, random = secureRandom(), seed = randomUUID } = options
  const onError = options.onError ?? warn
  const live = new Map<RunId, LiveRun>()
  const nextId = runIds(random)
  let isStopping = false
  let isStopped = false
  let onRest = () => {}

  /** A mistake in telling a caller must not look like one of the run. */
  const tellCallers = (run: RunId, tell: () => void) => {
    try {
      tell()
    } catch (error) {
      onError(error, run)
    }
  }

  const context: RunContext = {
    store,
    clock,
    plan(version) {
      const plan = options.plans(version)
      if (plan !== undefined) return plan
      throw new FlowsteadError(runnerErrors.unknownVersion, `The flow version "${version}" is not known.`, {
        hint: 'Import the flow again.',
      })
    },
    async perform(call, callContext): Promise<CallOutcome> {
      try {
        if (call.request.to === 'flow') return await childCalls.call(call, callContext)
        return await host.perform(call, callContext)
      } catch (error) {
        onError(error, callContext.runId)
        const message = 'The call could not be made because of a mistake in Flowstead; see the log.'
        return { error: { code: runnerErrors.callFailed, message } }
      }
    },
    unsubscribe(subscription, callContext) {
      const undo = async () => host.unsubscribe?.(subscription, callContext)
      undo().catch((error) => onError(error, callContext.runId))
    },
    responded(run, answer) {
      childCalls.responded(run, answer)
      tellCallers(run, () => callers.respond(run, answer))
    },
    ended(run, end) {
      live.delete(run)
      starting.ended(run)
      childCalls.ended(run)
      tellCallers(run, () => callers.ended(run, end.status, end.isUnanswered))
      onRest()
    },
    rested: () => onRest(),
    onError,
    crashPoint: options.crashPoint?.bind(options) ?? (() => {}),
    isStopping: () => isStopping,
  }
  const starting = starts({ context, live, newRunId: nextId, newSeed: seed })

  const refuseWhileStopping = () => {
    if (isStopping) throw new FlowsteadError(runnerErrors.stopping, 'Flowstead is stopping.')
  }
  const refuseNotBegun = (id: RunId) => {
    if (store.summary(id)?.status !== 'Waiting') return
    throw new FlowsteadError(runnerErrors.notBegun, `Run "${id}" is about to begin and cannot yet.`, {
      hint: 'Try again when the store can be written.',
    })
  }
  /** The run in this process; one that was never taken up is taken up now. */
  const liveRun = async ({ id, flowId, flowVersion, endedAt }: RunSummary) => {
    const known = live.get(id)
    if (known !== undefined || endedAt !== null) return known
    const run = new LiveRun(context, { id, flowId, flowVersion })
    live.set(id, run)
    await run.recover()
    return live.get(id)
  }

  async function start(request: StartRequest): Promise<StartedRun> {
    refuseWhileStopping()
    const { flowId, dedupeKey } = request
    const first = dedupeKey === undefined ? undefined : store.duplicate(flowId, dedupeKey, clock.now())
    if (first !== undefined) return { id: first, isDuplicate: true }
    const [started] = await starting.start([request])
    return started as StartedRun
  }

  async function cancel(id: RunId, by?: string): Promise<'cancelled' | 'ended' | 'unknown'> {
    const summary = store.summary(id)
    if (summary === undefined) return 'unknown'
    if (summary.status === 'Waiting') {
      if (await starting.cancel(summary, by)) return 'cancelled'
      // It is being admitted right now.
      await starting.settled()
      refuseNotBegun(id)
    }
    const run = await liveRun(summary)
    const isTaken = await run?.tell(cancelledEvent(clock.now(), by))
    if (isTaken !== true && isStopped) refuseWhileStopping()
    return isTaken === true ? 'cancelled' : 'ended'
  }

  const childCalls = children({
    flows: options.children,
    store,
    plan: context.plan,
    start,
    cancel: (run) => cancel(run).catch((error) => onError(error, run)),
    isStopping: () => isStopping,
  })

  return {
    newRunId: () => nextId(clock.now()),
    start,
    async startMany(requests, cursor) {
      refuseWhileStopping()
      return starting.start(requests, cursor)
    },
    async recover() {
      const unfinished = store.unfinished()
      const running = unfinished.filter((run) => run.status !== 'Waiting')
      starting.takeUp(unfinished)
      await forEach(running, recoverAtOnce, liveRun)
      return { running: running.length, waiting: unfinished.length - running.length }
    },
    cancel,
    async callBack(id, key, request) {
      const summary = store.summary(id)
      if (summary === undefined) return 'unknown'
      if (summary.status === 'Waiting') return 'gone'
      const run = await liveRun(summary)
      const isTaken = await run?.tell({ type: 'calledBack', at: clock.now(), key, request })
      if (isTaken !== true && isStopped) refuseWhileStopping()
      return isTaken === true ? 'accepted' : 'gone'
    },
    async callerLeft(id, reason) {
      starting.callerLeft(id)
      await live.get(id)?.tell({ type: 'callerLeft', at: clock.now(), reason })
    },
    summary: (id) => store.summary(id),
    journal: (id) => store.read(id),
    history(id, historyOptions) {
      const summary = store.summary(id)
      if (summary === undefined) return undefined
      const shown = history(context.plan(summary.flowVersion), store.read(id), historyOptions)
      // A run that waits for a place has not begun: what a replay would do has not happened.
      return summary.status === 'Waiting' ? notBegun(shown) : shown
    },
    list: (filter) => store.list(filter),
    async stop(graceMs = defaultGraceMs) {
      isStopping = true
      await starting.settled()
      await new Promise<void>((resolve) => {
        const cancelGrace = clock.schedule(clock.now() + graceMs, resolve)
        onRest = () => {
          for (const run of live.values()) if (!run.isIdle) return
          cancelGrace()
          resolve()
        }
        onRest()
      })
      isStopped = true
      onRest = () => {}
      for (const run of live.values()) run.abandon()
      live.clear()
    },
  }
}

function notBegun({ run }: RunHistory): RunHistory {
  const { name, startTime, correlation, workflow, trigger } = run
  return {
    run: { name, status: 'Waiting', startTime, correlation, workflow, trigger, outputs: {} },
    actions: [],
  }
}

function warn(error: unknown, run: RunId | undefined): void {
  const text = error instanceof Error ? error.message : String(error)
  process.emitWarning(run === undefined ? text : `Run ${run}: ${text}`, 'FlowsteadWarning')
}

/** Does `work` for all elements, `atOnce` at a time. */
async function forEach<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<unknown>) {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}
