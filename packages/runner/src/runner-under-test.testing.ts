import type { CallCommand, CallOutcome, FlowPlan, RespondCommand, RunStatus } from '@flowstead/machine'
import type { CrashPoint } from './crash-points.ts'
import { memoryStore } from './memory-store.testing.ts'
import type { CallContext, ChildFlows, ConnectorHost, RunId, RunStore, StartRequest } from './ports.ts'
import { createRunner, type Runner } from './runner.ts'
import { type SimulatedClock, simulatedClock } from './simulated-clock.testing.ts'

/** One attempt of a call, as the outside saw it. */
export interface SeenCall {
  readonly run: RunId
  readonly key: string
  readonly idempotencyKey: string
  readonly signal: AbortSignal
  /** Gives the answer, for a call nobody has answered. */
  answer(outcome: CallOutcome): void
}

/** How calls are answered; `undefined` leaves the call open until the test answers it. */
export type Script = (call: CallCommand, context: CallContext) => CallOutcome | undefined

export interface RunnerUnderTest {
  readonly runner: Runner
  readonly clock: SimulatedClock
  readonly store: RunStore
  readonly calls: SeenCall[]
  readonly answers: { readonly run: RunId; readonly answer: RespondCommand['answer'] }[]
  readonly ends: { readonly run: RunId; readonly status: RunStatus; readonly unanswered: boolean }[]
  readonly unsubscribed: unknown[]
  readonly errors: unknown[]
  /** A request to start the plan. */
  request(more?: Partial<StartRequest>): StartRequest
  /** Lets everything happen that needs no new event. */
  settle(): Promise<void>
}

export interface Parts {
  readonly store?: RunStore
  readonly clock?: SimulatedClock
  readonly script?: Script
  readonly calls?: SeenCall[]
  readonly children?: ChildFlows
  crashPoint?(name: CrashPoint): void
}

export const ok: CallOutcome = { outputs: { statusCode: 200, headers: {}, body: 'ok' } }

/** A runner whose outside is scripted and whose clock stands still. */
export function runnerOf(plan: FlowPlan | Record<string, FlowPlan>, parts: Parts = {}): RunnerUnderTest {
  const plans = new Map(isPlan(plan) ? [['v1', plan]] : Object.entries(plan))
  const { store = memoryStore(), clock = simulatedClock(), script = () => ok, calls = [] } = parts
  const answers: RunnerUnderTest['answers'][number][] = []
  const ends: RunnerUnderTest['ends'][number][] = []
  const unsubscribed: unknown[] = []
  const errors: unknown[] = []
  const runner = createRunner({
    store,
    clock,
    host: scriptedHost(script, calls, unsubscribed),
    callers: {
      respond: (run, answer) => void answers.push({ run, answer }),
      ended: (run, status, unanswered) => void ends.push({ run, status, unanswered }),
    },
    plans: (version) => plans.get(version),
    onError: (error) => void errors.push(error),
    ...(parts.children === undefined ? {} : { children: parts.children }),
    ...(parts.crashPoint === undefined ? {} : { crashPoint: parts.crashPoint }),
  })
  const request = (more: Partial<StartRequest> = {}): StartRequest => {
    const at = new Date(clock.now()).toISOString()
    return {
      flowId: 'flow',
      flowName: 'Flow',
      flowVersion: 'v1',
      trigger: { name: 'manual', startTime: at, endTime: at, status: 'Succeeded', outputs: { body: {} } },
      caller: 'waiting',
      callbackBase: 'http://127.0.0.1/callbacks',
      ...more,
    }
  }
  return { runner, clock, store, calls, answers, ends, unsubscribed, errors, request, settle }
}

function isPlan(plan: FlowPlan | Record<string, FlowPlan>): plan is FlowPlan {
  return 'layouts' in plan
}

function scriptedHost(script: Script, calls: SeenCall[], unsubscribed: unknown[]): ConnectorHost {
  return {
    perform: (command, context) =>
      new Promise((answer) => {
        const { runId: run, idempotencyKey, signal } = context
        calls.push({ run, key: command.key, idempotencyKey, signal, answer })
        const outcome = script(command, context)
        if (outcome !== undefined) answer(outcome)
      }),
    async unsubscribe(subscription) {
      unsubscribed.push(subscription)
    },
  }
}

/** Waits until the event loop has had nothing new to do for some turns. */
export async function settle(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
