import type { Flow } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import {
  type FlowPlan,
  fireTrigger,
  type RespondCommand,
  type RunEvent,
  type RunHistory,
} from '@flowstead/machine'
import { createRunner, type Runner, type StartRequest } from '@flowstead/runner'
import { memoryStore, type SimulatedClock, simulatedClock } from '@flowstead/runner/testing'
import type { FlowCase } from './flow-case.testing.ts'
import { scriptedOutside } from './scripted-outside.testing.ts'

/** What came of a case. */
export interface FlowCaseRun {
  readonly history: RunHistory
  readonly journal: readonly RunEvent[]
  readonly responses: readonly RespondCommand['answer'][]
  readonly unanswered: readonly string[]
  readonly unused: readonly string[]
  readonly unsubscribed: number
  readonly errors: readonly unknown[]
}

/** Fixed, so that a case can name it. */
const runId = '08584000000000000000000000000CU00'

/** Every case starts here. */
const startOfTime = Date.UTC(2026, 0, 1)

/** Runs a case through a real runner: calls are scripted, the clock is moved to whatever is due next. */
export async function runFlowCase(flowCase: FlowCase, flow: Flow, plan: FlowPlan): Promise<FlowCaseRun> {
  const clock = simulatedClock(startOfTime)
  const outside = scriptedOutside(
    flowCase,
    clock,
    (key, request) => void runner.callBack(runId, key, request),
  )
  const responses: RespondCommand['answer'][] = []
  const errors: unknown[] = []
  let hasEnded = false
  const runner: Runner = createRunner({
    store: memoryStore(),
    clock,
    host: outside.host,
    children: outside.children,
    callers: {
      respond: (_run, answer) => void responses.push(answer),
      ended: () => {
        hasEnded = true
      },
    },
    plans: (version) => (version === flow.version ? plan : undefined),
    onError: (error) => void errors.push(error),
    seed: () => 'conformance',
  })
  await runner.start(requestOf(flowCase, flow, plan))
  await untilEnd(clock, () => hasEnded)
  const result = { ...storedRun(runner), responses, errors }
  await runner.stop()
  return {
    ...result,
    unanswered: outside.unanswered,
    unused: outside.unused(),
    unsubscribed: outside.unsubscribed(),
  }
}

function storedRun(runner: Runner): Pick<FlowCaseRun, 'history' | 'journal'> {
  const history = runner.history(runId)
  if (history === undefined) throw new Error('The run was not stored.')
  return { history, journal: runner.journal(runId) }
}

function requestOf(flowCase: FlowCase, flow: Flow, plan: FlowPlan): StartRequest {
  const name = flowCase.trigger?.name ?? flow.triggers[0]?.name ?? ''
  const { parameters = {}, appsettings } = flowCase
  const time = new Date(startOfTime).toISOString()
  const base = {
    flowId: flow.id,
    flowName: flow.name,
    parameters,
    callbackBase: 'http://127.0.0.1/callbacks',
  }
  const outputs = triggerOutputs(flowCase, plan, { name, env: { ...base, runId } })
  return {
    ...base,
    runId,
    flowVersion: flow.version,
    trigger: { name, startTime: time, endTime: time, status: 'Succeeded', ...outputs },
    caller: flowCase.caller ?? 'waiting',
    ...(appsettings === undefined ? {} : { appsettings }),
  }
}

interface Firing {
  readonly name: string
  readonly env: Parameters<typeof fireTrigger>[1]['env']
}

/** What the run's trigger shows; `splitOn` and the trigger's conditions must leave exactly one run. */
function triggerOutputs(flowCase: FlowCase, plan: FlowPlan, { name, env }: Firing): { outputs?: Value } {
  const { outputs } = flowCase.trigger ?? {}
  const written = outputs === undefined ? {} : { outputs }
  const fired = fireTrigger(plan, { trigger: name, ...written, env, now: startOfTime, seed: 'conformance' })
  if (fired.status !== 'Succeeded' || fired.items.length !== 1) {
    throw new Error(`The trigger does not start one run: ${JSON.stringify(fired)}`)
  }
  const [item] = fired.items
  return item?.outputs === undefined ? {} : { outputs: item.outputs }
}

/** Turns of the event loop in which a run that can go on does something. */
const quietTurns = 50

/** Moves the clock from one due instant to the next until the run has ended. */
async function untilEnd(clock: SimulatedClock, hasEnded: () => boolean): Promise<void> {
  for (;;) {
    for (let turn = 0; turn < quietTurns && !hasEnded(); turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (clock.pending().some((at) => at <= clock.now())) break
    }
    if (hasEnded()) return
    const [next] = clock.pending()
    if (next === undefined) throw new Error('The run waits for nothing that can happen.')
    clock.advance(Math.max(0, next - clock.now()))
  }
}
