import type { Value } from '@flowstead/expressions'
import type { Engine } from './engine.ts'
import { isFlowFault } from './fault.ts'
import type { Place } from './observer.ts'
import { closeAll } from './open.ts'
import type { Outcome } from './outcome.ts'
import { indexesOf, pathOf } from './path.ts'
import type { ActionPlan, After, Block, Layout } from './plan.ts'
import { type ActionRun, type Frame, holdsOutputs, newActionRun, newFrame } from './state.ts'
import type { RunError, Status } from './status.ts'
import { statusBit } from './status-set.ts'

/*
 * What follows from an action that became final: its record (M4), its successors and its block (M5). Work
 * goes to the queue, so nothing here recurses.
 */

/** Kinds of work in the queue. */
export const startWork = 0
const endedWork = 1

/** Where an action run is, for observers. */
export function placeOf(engine: Engine, frame: Frame, action: ActionPlan): Place {
  const { state } = engine
  return { action, path: pathOf(state, frame, action), indexes: indexesOf(state, frame, action) }
}

/** Makes an action run final and lets what waits for it go on. */
export function finish(engine: Engine, outcome: Outcome): void {
  const { state, frame, current, run } = engine
  closeAll(engine, frame, current, run)
  run.status = outcome.status
  run.code = outcome.code
  run.error = outcome.error
  run.endedAt = state.now
  if (outcome.outputs !== undefined && current.keeps.outputs) {
    run.outputs = outcome.outputs
    run.holds |= holdsOutputs
  }
  const tracked = current.tracked === null ? undefined : trackedProperties(engine)
  if (engine.observer !== null) tell(engine, outcome, tracked)
  if (!current.keeps.all && !current.keeps.last) run.turns = null
  run.memory = null
  settle(engine, frame, current)
}

function tell(engine: Engine, outcome: Outcome, tracked: Value | undefined): void {
  const place = placeOf(engine, engine.frame, engine.current)
  if (tracked !== undefined) engine.observer?.tracked(place, tracked)
  engine.observer?.ended(place, engine.run, outcome.outputs)
}

/** A mistake in tracked properties does not fail the action. */
function trackedProperties(engine: Engine): Value | undefined {
  try {
    return engine.current.tracked?.resolve(engine)
  } catch (error) {
    if (!isFlowFault(error)) throw error
    return undefined
  }
}

/** Lets the successors and the block of a final action go on. */
export function settle(engine: Engine, frame: Frame, action: ActionPlan): void {
  const { ready } = engine.state
  for (const slot of action.next) {
    const missing = (frame.missing[slot] as number) - 1
    frame.missing[slot] = missing
    if (missing === 0) ready.push(startWork, frame.id, slot)
  }
  const { index } = action.block
  const left = (frame.left[index] as number) - 1
  frame.left[index] = left
  if (left === 0) ready.push(endedWork, frame.id, index)
}

/** The first edge, in the order of `runAfter`, whose status was not hoped for. */
export function unmetEdge(frame: Frame, action: ActionPlan): After | undefined {
  for (const edge of action.after) {
    const before = frame.runs[edge.slot] as ActionRun
    if ((statusBit(before.status) & edge.accepts) === 0) return edge
  }
  return undefined
}

/** Records an action whose `runAfter` was not met, and everything in it, as skipped. */
export function skipUnmet(engine: Engine, frame: Frame, action: ActionPlan, edge: After): void {
  recordSkipped(engine, frame, action, conditionError(frame, action, edge))
  for (const block of action.blocks) skipBlock(engine, frame, block, 'dependency')
  settle(engine, frame, action)
}

function conditionError(frame: Frame, action: ActionPlan, edge: After): RunError {
  return unmetError(action, edge, frame.runs[edge.slot]?.status ?? 'Skipped')
}

/** Why an action was skipped whose predecessor ended as `actual`. */
export function unmetError(action: ActionPlan, edge: After, actual: Status): RunError {
  const before = (action.block.layout.slots[edge.slot] as ActionPlan).name
  return {
    code: 'ActionConditionFailed',
    message: `The action '${action.name}' is skipped: 'runAfter' for '${before}' expects '${edge.expected}' and it was '${actual}'.`,
  }
}

function recordSkipped(engine: Engine, frame: Frame, action: ActionPlan, error: RunError): void {
  const run = newActionRun('Skipped', engine.state.now)
  run.code = 'ActionSkipped'
  run.error = error
  run.endedAt = engine.state.now
  frame.runs[action.slot] = run
  engine.observer?.ended(placeOf(engine, frame, action), run, undefined)
}

/**
 * Records a block that will not run, nested containers included, as skipped; none of it is queued. First
 * actions name the reason, those after them their predecessor, those in nested containers the container.
 */
export function skipBlock(engine: Engine, frame: Frame, block: Block, reason: 'branch' | 'dependency'): void {
  const { slots } = block.layout
  for (const slot of block.all) {
    if (frame.runs[slot] !== null) continue
    const action = slots[slot] as ActionPlan
    recordSkipped(engine, frame, action, skipError(frame, block, action, reason))
  }
}

function skipError(
  frame: Frame,
  block: Block,
  action: ActionPlan,
  reason: 'branch' | 'dependency',
): RunError {
  const edge = action.after[0]
  if (edge !== undefined) return conditionError(frame, action, edge)
  return action.block === block ? action.skipped[reason] : action.skipped.dependency
}

/** Queues the first actions of a block; an empty block ends at once. */
export function openBlock(engine: Engine, frame: Frame, block: Block): void {
  const { ready } = engine.state
  if (block.direct.length === 0) ready.push(endedWork, frame.id, block.index)
  else for (const slot of block.starts) ready.push(startWork, frame.id, slot)
}

/** Makes the frame of one repetition of the loop in hand and queues its first actions. */
export function openRepetition(engine: Engine, index: number): void {
  const { state, plan, frame, current } = engine
  const body = current.body as Layout
  const id = state.nextFrame++
  const repetition = newFrame(plan, { id, layout: body.id, parent: frame.id, index })
  state.frames[id] = repetition
  openBlock(engine, repetition, body.blocks[0] as Block)
}
