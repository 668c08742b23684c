import { blockStatus } from './block-status.ts'
import type { RunContext } from './context.ts'
import type { Engine } from './engine.ts'
import { faultOutcome, isFlowFault } from './fault.ts'
import type { Answer, PreparedAction } from './handler.ts'
import { durationMs } from './instant.ts'
import { forgetTag, openCommand } from './open.ts'
import { actionFailed, type Outcome } from './outcome.ts'
import type { ActionPlan, Block, Layout } from './plan.ts'
import { finish, placeOf, skipBlock, skipUnmet, startWork, unmetEdge } from './settle.ts'
import { type ActionRun, type Frame, newActionRun, type OpenCommand, type RunState } from './state.ts'
import type { FinalStatus } from './status.ts'

/*
 * The queue. Each work item starts one action or ends one block, and pushes what follows from it; nothing
 * recurses. The order, first in first out, is part of the contract for flows with shared variables (M2).
 */

/** How far to work: `budget` in items and elements of this call, `stopAt` in items of the whole run. */
export interface Limits {
  readonly budget: number
  readonly stopAt: number
}

/** Works until the queue is empty or the run is ending (false), or a limit is reached (true). */
export function work(engine: Engine, context: RunContext, limits: Limits): boolean {
  const { state } = engine
  const { ready } = state
  while (state.ending === null && state.head < ready.length) {
    if (engine.spent >= limits.budget || state.steps >= limits.stopAt) return true
    const kind = ready[state.head]
    const frame = state.frames[ready[state.head + 1] as number] as Frame
    const index = ready[state.head + 2] as number
    dropTaken(state)
    state.steps += 1
    engine.spent += 1
    const layout = engine.plan.layouts[frame.layout] as Layout
    if (kind === startWork) start(engine, context, frame, layout.slots[index] as ActionPlan)
    else endBlock(engine, context, frame, layout.blocks[index] as Block)
  }
  return false
}

function dropTaken(state: RunState): void {
  state.head += 3
  if (state.head === state.ready.length) {
    state.ready.length = 0
    state.head = 0
  } else if (state.head > 3_000 && state.head * 2 > state.ready.length) {
    state.ready.splice(0, state.head)
    state.head = 0
  }
}

function start(engine: Engine, context: RunContext, frame: Frame, action: ActionPlan): void {
  const { state } = engine
  if (state.held !== null && frame.id === 1 && action.name.toLowerCase() === state.held) {
    state.parked = [startWork, frame.id, action.slot]
    return
  }
  const edge = unmetEdge(frame, action)
  if (edge === undefined) execute(engine, context, frame, action)
  else skipUnmet(engine, frame, action, edge)
}

function execute(engine: Engine, context: RunContext, frame: Frame, action: ActionPlan): void {
  const { state } = engine
  const run = newActionRun('Running', state.now)
  frame.runs[action.slot] = run
  engine.enter(frame, action, run)
  state.executed += 1
  if (engine.observer !== null) engine.observer.started(placeOf(engine, frame, action), state.now)
  const outcome = action.broken ?? action.staticResult ?? begin(engine, context)
  if (state.executed > (state.env.maxActions ?? 100_000)) endAtCap(state)
  if (outcome === undefined) startTimeout(engine)
  else {
    for (const block of action.blocks) skipBlock(engine, frame, block, 'dependency')
    finish(engine, outcome)
  }
}

function begin(engine: Engine, context: RunContext): Outcome | undefined {
  const action = engine.current as PreparedAction<unknown> & ActionPlan
  try {
    return action.handler.start(action, context)
  } catch (error) {
    return faultOrThrow(engine, error)
  }
}

function faultOrThrow(engine: Engine, error: unknown): Outcome {
  if (!isFlowFault(error)) throw error
  return faultOutcome(engine.current, error)
}

function endAtCap(state: RunState): void {
  const error = { code: 'ActionCapReached', message: 'The run executed more actions than it may.' }
  state.ending = { status: 'Failed', code: 'ActionCapReached', error }
}

/** `limit.timeout` spans everything the action run does, attempts, pauses and polls. */
function startTimeout(engine: Engine): void {
  const { timeout } = engine.current
  if (timeout === null) return
  const text = timeoutText(engine, timeout)
  const ms = text === undefined ? undefined : durationMs(text)
  if (ms === undefined) finish(engine, faultOutcome(engine.current, notADuration))
  else openCommand(engine, 'timeout', (key) => ({ type: 'wait', key, until: engine.state.now + ms }))
}

const notADuration = new Error('"limit.timeout" is not an ISO 8601 duration.')

function timeoutText(engine: Engine, timeout: NonNullable<ActionPlan['timeout']>): string | undefined {
  try {
    const value = timeout.resolve(engine)
    return typeof value === 'string' ? value : undefined
  } catch (error) {
    if (!isFlowFault(error)) throw error
    return undefined
  }
}

function endBlock(engine: Engine, context: RunContext, frame: Frame, block: Block): void {
  const status = blockStatus(frame, block)
  if (block.owner !== null) {
    engine.enter(frame, block.owner, frame.runs[block.owner.slot] as ActionRun)
    hearBlock(engine, context, { block, status, index: 0 })
  } else if (block.layout.loop === null) endRoot(engine, status)
  else endRepetition(engine, context, frame, { block, status, index: frame.index })
}

function endRoot(engine: Engine, status: FinalStatus): void {
  engine.state.ending =
    status === 'Succeeded'
      ? { status: 'Succeeded', code: null, error: null }
      : { status: 'Failed', code: 'ActionFailed', error: actionFailed }
}

interface End {
  readonly block: Block
  readonly status: FinalStatus
  readonly index: number
}

/** Folds a repetition into what its loop keeps and lets its frame go (M9). */
function endRepetition(engine: Engine, context: RunContext, frame: Frame, end: End): void {
  const { state } = engine
  const loop = end.block.layout.loop as ActionPlan
  const outer = state.frames[frame.parent] as Frame
  const run = outer.runs[loop.slot] as ActionRun
  engine.enter(outer, loop, run)
  engine.ended = frame
  keepTurn(loop, run, frame)
  if (engine.observer !== null) {
    engine.observer.repetition(placeOf(engine, outer, loop), frame.index, end.status)
  }
  hearBlock(engine, context, end)
  engine.ended = null
  delete state.frames[frame.id]
}

function keepTurn(loop: ActionPlan, run: ActionRun, frame: Frame): void {
  if (!loop.keeps.last && !loop.keeps.all) return
  const turn = { index: frame.index, runs: frame.runs }
  run.turns ??= { last: null, all: [] }
  if (run.turns.last === null || run.turns.last.index < turn.index) run.turns.last = turn
  if (loop.keeps.all) run.turns.all.push(turn)
}

function hearBlock(engine: Engine, context: RunContext, end: End): void {
  const action = engine.current as PreparedAction<unknown> & ActionPlan
  let outcome: Outcome | undefined
  try {
    outcome = action.handler.blockEnded?.(action, context, end)
  } catch (error) {
    outcome = faultOrThrow(engine, error)
  }
  if (outcome !== undefined) finish(engine, outcome)
}

/** Hands an answer to the action run whose command it answers; its own time limit the machine answers. */
export function hear(engine: Engine, context: RunContext, entry: OpenCommand, answer: Answer): void {
  const frame = engine.state.frames[entry.frame] as Frame
  const layout = engine.plan.layouts[frame.layout] as Layout
  const action = layout.slots[entry.slot] as ActionPlan
  const run = frame.runs[entry.slot] as ActionRun
  engine.enter(frame, action, run)
  forgetTag(run, entry.tag)
  if (engine.observer !== null) engine.observer.answered(placeOf(engine, frame, action), entry.tag, answer)
  const outcome = entry.tag === 'timeout' ? timedOut : answerOutcome(engine, context, answer)
  if (outcome !== undefined) finish(engine, outcome)
}

function answerOutcome(engine: Engine, context: RunContext, answer: Answer): Outcome | undefined {
  const action = engine.current as PreparedAction<unknown> & ActionPlan
  try {
    return action.handler.heard?.(action, context, answer)
  } catch (error) {
    return faultOrThrow(engine, error)
  }
}

const timedOut: Outcome = {
  status: 'TimedOut',
  code: 'ActionTimedOut',
  error: { code: 'ActionTimedOut', message: 'The action did not end within its time limit.' },
  outputs: undefined,
}
