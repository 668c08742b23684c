import { FlowsteadError } from '@flowstead/errors'
import { codes } from './codes.ts'
import type { Command } from './command.ts'
import { RunContext } from './context.ts'
import { endRun } from './end.ts'
import { Engine } from './engine.ts'
import type { RunEvent, Triggered } from './event.ts'
import type { Answer } from './handler.ts'
import { instantMs } from './instant.ts'
import type { Observer } from './observer.ts'
import { openDeadline, takeLeaving, takeOpen } from './open.ts'
import type { Block, FlowPlan } from './plan.ts'
import { openBlock } from './settle.ts'
import { hasEnded, newFrame, type OpenCommand, type RunState } from './state.ts'
import { hear, work } from './work.ts'

/*
 * A run as a fold over events: one event in, the pure work that follows from it, the commands that must
 * happen outside out. Reads the plan, the state and the event, nothing else (M1).
 */

export interface AdvanceOptions {
  /** Work done before the call returns with `more`, in actions and elements; at least 1, default 1,000. */
  readonly budget?: number
  /** Stops before the work item with this number of the run, for replay; default none. */
  readonly stopAt?: number
  readonly observer?: Observer
}

export interface Advanced {
  /** What must happen outside; empty while there is `more`. */
  readonly commands: Command[]
  /** Whether work is left: call again with `null` before the next event. */
  readonly more: boolean
}

/**
 * Takes one event (`null` to go on working) and does what follows from it.
 * @throws `Machine.RunEnded`, `Machine.Busy`, `Machine.JournalMismatch` when the event does not fit the state
 */
export function advance(
  plan: FlowPlan,
  state: RunState,
  event: RunEvent | null,
  options: AdvanceOptions = {},
): Advanced {
  const engine = new Engine(plan, state, options.observer ?? null)
  const context = new RunContext(engine)
  if (event !== null) take(engine, context, event)
  const more = work(engine, context, { budget: options.budget ?? 1_000, stopAt: options.stopAt ?? Infinity })
  if (state.ending !== null) endRun(engine, state.ending)
  if (more && !hasEnded(state)) return { commands: [], more: true }
  refuseStuck(state)
  return { commands: takeLeaving(state), more: false }
}

function take(engine: Engine, context: RunContext, event: RunEvent): void {
  const { state } = engine
  refuseUnfit(state, event)
  state.now = event.at
  switch (event.type) {
    case 'triggered':
      begin(engine, event)
      break
    case 'completed':
      answer(engine, context, event, 'call')
      break
    case 'due':
      answer(engine, context, event, 'wait')
      break
    case 'calledBack':
      answer(engine, context, event, 'await')
      break
    case 'callerLeft':
      if (state.caller !== 'answered' && state.caller !== 'none') state.caller = 'gone'
      break
    case 'cancelled':
      state.ending = { status: 'Cancelled', code: 'Cancelled', error: null }
      break
    case 'released':
      release(state, event.seed)
      break
    case 'recovered':
      tellRecovered(engine, event)
      break
    case 'finished':
      throw mismatch('The journal says that the run finished, and it did not.')
  }
}

function refuseUnfit(state: RunState, event: RunEvent): void {
  if (hasEnded(state))
    throw new FlowsteadError(codes.runEnded, `The run has ended; "${event.type}" comes too late.`)
  const isNew = state.nextFrame === 1
  if (isNew !== (event.type === 'triggered')) {
    throw mismatch(`"${event.type}" ${isNew ? 'comes before the run was triggered' : 'comes a second time'}.`)
  }
  if (state.ready.length > 0 && event.type !== 'cancelled') {
    throw new FlowsteadError(codes.busy, `"${event.type}" comes before the work of the last event is done.`)
  }
}

function mismatch(message: string): FlowsteadError {
  return new FlowsteadError(codes.journalMismatch, message, {
    hint: 'The journal and the flow version do not belong together, or the journal is damaged.',
  })
}

function begin(engine: Engine, event: Triggered): void {
  const { state, plan } = engine
  state.rules = event.rules
  state.seed = event.seed
  state.startedAt = event.at
  state.trigger = event.trigger
  state.caller = event.caller
  state.env = event.env
  state.held = event.hold?.toLowerCase() ?? null
  state.variables = new Array(plan.variables.size).fill(null)
  const root = newFrame(plan, { id: state.nextFrame++, layout: 0, parent: 0, index: 0 })
  state.frames[root.id] = root
  openBlock(engine, root, plan.root.blocks[0] as Block)
  const deadline = event.env.deadline === undefined ? undefined : instantMs(event.env.deadline)
  if (deadline !== undefined) openDeadline(state, deadline)
}

function answer(engine: Engine, context: RunContext, event: Answer, type: 'call' | 'wait' | 'await'): void {
  const { state } = engine
  const entry = takeOpen(state, event.key, type)
  if (entry === undefined) throw mismatch(`"${event.type}" answers "${event.key}", which is not open.`)
  if (entry.frame === 0) state.ending = outOfTime
  else hear(engine, context, entry, event)
}

const outOfTime = {
  status: 'TimedOut',
  code: 'WorkflowRunTimedOut',
  error: { code: 'WorkflowRunTimedOut', message: 'The run reached its maximum duration.' },
} as const

function release(state: RunState, seed: string): void {
  state.seed = seed
  state.held = null
  if (state.parked !== null) state.ready.push(...state.parked)
  state.parked = null
}

function tellRecovered(engine: Engine, event: Extract<RunEvent, { type: 'recovered' }>): void {
  if (engine.observer === null) return
  for (const key of event.outstanding) {
    const entry: OpenCommand | undefined = Object.hasOwn(engine.state.open, key)
      ? engine.state.open[key]
      : undefined
    if (entry !== undefined) engine.observer.recovered(key, entry.tag, event.at)
  }
}

/** A run that goes on has an open command or a parked action (M8). */
function refuseStuck(state: RunState): void {
  if (state.awaited > 0 || state.parked !== null || hasEnded(state)) return
  throw new FlowsteadError(codes.stuck, 'The run is not over and waits for nothing.')
}
