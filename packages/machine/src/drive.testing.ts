import { type Flow, readFlows } from '@flowstead/definition'
import type { ObjectValue, Value } from '@flowstead/expressions'
import { advance } from './advance.ts'
import type { CallCommand, Command } from './command.ts'
import { compileFlow } from './compile.ts'
import type { CallOutcome, RunEvent, Triggered } from './event.ts'
import { type ActionRecord, history, type RunHistory } from './history.ts'
import type { FlowPlan } from './plan.ts'
import { hasEnded, newState, openCommands, type RunState } from './state.ts'

/** The instant test runs start: 2026-03-02T09:00:00Z. */
export const startAt = Date.UTC(2026, 2, 2, 9)

/** A flow with these actions (or this whole definition) in Power Automate's dialect unless another is named. */
export function flowOf(actions: object, rest: { definition?: object; dialect?: Flow['dialect'] } = {}): Flow {
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    ...rest.definition,
    actions,
  }
  const { flows, problems } = readFlows(new TextEncoder().encode(JSON.stringify(definition)), 'flow.json')
  const [flow] = flows
  if (flow === undefined) throw new Error(JSON.stringify(problems))
  return { ...flow, dialect: rest.dialect ?? 'PowerAutomate' }
}

/** The plan of a flow with these actions. */
export function planOf(actions: object, rest: Parameters<typeof flowOf>[1] = {}): FlowPlan {
  return compileFlow(flowOf(actions, rest))
}

/** The first event of a test run. */
export function triggered(change: Partial<Triggered> = {}): Triggered {
  return {
    type: 'triggered',
    at: startAt,
    flow: 'hash',
    rules: 1,
    seed: 'seed',
    trigger: {
      name: 'manual',
      outputs: { headers: {}, body: { name: 'Ada', items: [1, 2, 3] } },
      startTime: '2026-03-02T09:00:00.0000000Z',
      endTime: '2026-03-02T09:00:00.0000000Z',
      status: 'Succeeded',
    },
    caller: 'none',
    env: {
      runId: 'run1',
      flowId: 'flow1',
      flowName: 'Flow',
      parameters: {},
      callbackBase: 'http://callback',
    },
    ...change,
  }
}

export interface Driving {
  /** Answers calls; by default 200 with an empty body. */
  readonly outcome?: (command: CallCommand) => CallOutcome
  /** Which of the open commands is answered next; by default the first that is not a time limit. */
  readonly pick?: (open: readonly Command[]) => number
  readonly callback?: Value
  readonly budget?: () => number
  readonly triggered?: Partial<Triggered>
  /** Cancels the run instead of the event with this number. */
  readonly cancelAt?: number
  /** Sees the state after every event, and may give another one to go on with. */
  readonly after?: (state: RunState) => RunState
}

export interface Driven {
  readonly events: RunEvent[]
  readonly commands: Command[]
  readonly state: RunState
}

/** Runs a flow to its end with answers made up here, as a runner would. */
export function drive(plan: FlowPlan, driving: Driving = {}): Driven {
  let state = newState()
  const events: RunEvent[] = []
  const commands: Command[] = []
  let event: RunEvent | undefined = triggered(driving.triggered)
  while (event !== undefined) {
    events.push(event)
    commands.push(...advanceAll(plan, state, event, driving.budget))
    state = driving.after?.(state) ?? state
    if (events.length > 20_000) throw new Error('The run does not end.')
    event = nextEvent(state, events.length, driving)
  }
  return { events, commands, state }
}

function advanceAll(plan: FlowPlan, state: RunState, event: RunEvent, budget?: () => number): Command[] {
  let advanced = advance(plan, state, event, { budget: budget?.() ?? Infinity })
  while (advanced.more) advanced = advance(plan, state, null, { budget: budget?.() ?? Infinity })
  return advanced.commands
}

function nextEvent(state: RunState, count: number, driving: Driving): RunEvent | undefined {
  if (hasEnded(state)) return undefined
  if (driving.cancelAt === count) return { type: 'cancelled', at: state.now + 1_000, steps: state.steps }
  const open = openCommands(state)
  const picked =
    driving.pick?.(open) ??
    Math.max(
      0,
      open.findIndex((command) => !isLimit(command)),
    )
  return answerTo(open[picked] as Command, state.now + 1_000, driving)
}

/** Whether a command is a wait that only a slow run reaches. */
export function isLimit(command: Command): boolean {
  return command.type === 'wait' && /#(timeout|deadline)$/.test(command.key)
}

function answerTo(command: Command, at: number, driving: Driving): RunEvent {
  if (command.type === 'call') {
    const outcome = driving.outcome?.(command) ?? { outputs: { statusCode: 200, headers: {}, body: {} } }
    return { type: 'completed', at, key: command.key, outcome }
  }
  if (command.type === 'wait') return { type: 'due', at: Math.max(at, command.until), key: command.key }
  if (command.type === 'await') {
    const body = driving.callback ?? { outcome: 'Approve' }
    return { type: 'calledBack', at, key: command.key, request: { headers: {}, body } }
  }
  throw new Error(`"${command.type}" has no answer.`)
}

/** Runs a flow with these actions and gives what is asked for most. */
export function run(actions: object, driving: Driving & Parameters<typeof flowOf>[1] = {}) {
  const plan = planOf(actions, driving)
  const driven = drive(plan, driving)
  const told: RunHistory = history(plan, driven.events)
  return { ...driven, plan, history: told, records: byPath(told.actions) }
}

/** Records by path. */
export function byPath(records: readonly ActionRecord[]): Record<string, ActionRecord> {
  return Object.fromEntries(records.map((record) => [record.path, record]))
}

/** `Succeeded` or `Skipped ActionConditionFailed`: what tables compare. */
export function verdicts(records: readonly ActionRecord[]): Record<string, string> {
  return Object.fromEntries(
    records.map(({ path, status, error }) => [
      path,
      status === 'Skipped' ? `Skipped ${error?.code ?? ''}`.trim() : status,
    ]),
  )
}

/** An answer of a call with this status. */
export function answer(statusCode: number, body: Value = {}, headers: ObjectValue = {}): CallOutcome {
  return { outputs: { statusCode, headers, body } }
}

/** A Compose action; `after` maps predecessors to statuses. */
export function compose(inputs: Value, after: Record<string, string[]> = {}): object {
  return { type: 'Compose', inputs, runAfter: after }
}

/** An Http action without retries. */
export function http(after: Record<string, string[]> = {}, more: object = {}): object {
  const inputs = { method: 'GET', uri: 'http://x', retryPolicy: { type: 'none' } }
  return { type: 'Http', inputs, runAfter: after, ...more }
}

/** A Compose that fails. */
export function failing(after: Record<string, string[]> = {}): object {
  return compose(`@int('x')`, after)
}

/** `runAfter` of one predecessor. */
export function after(name: string, ...statuses: string[]): Record<string, string[]> {
  return { [name]: statuses.length === 0 ? ['Succeeded'] : statuses }
}
