import type { ObjectValue } from '@flowstead/expressions'
import type { FinishCommand } from './command.ts'
import type { Engine } from './engine.ts'
import { isFlowFault } from './fault.ts'
import { closeKey } from './open.ts'
import type { ActionPlan, Layout } from './plan.ts'
import { placeOf } from './settle.ts'
import { type ActionRun, type Ending, type Frame, newActionRun } from './state.ts'
import type { RunError } from './status.ts'

/*
 * The end of a run: what still runs becomes Cancelled, what was not started Skipped, told to the observer
 * only; then nothing is left that an event could change (M10).
 */

/** Ends the run and leaves its `finish` command. */
export function endRun(engine: Engine, ending: Ending): void {
  const { state, plan } = engine
  const outputs = ending.status === 'Succeeded' ? definitionOutputs(engine) : undefined
  if (engine.observer !== null) tellUnfinished(engine, ending.code ?? 'Terminated')
  for (const key of Object.keys(state.open)) closeKey(state, key)
  const unanswered = plan.hasResponse && state.caller === 'waiting'
  state.status = ending.status
  state.code = ending.code
  state.error = ending.error ?? outputs?.error ?? null
  state.endedAt = state.now
  Object.assign(state, { frames: {}, variables: [], ending: null, held: null, parked: null, head: 0 })
  state.ready.length = 0
  engine.observer?.runEnded(outputs?.values)
  state.leaving.push(finishCommand(engine, outputs?.values, unanswered))
}

function finishCommand(engine: Engine, outputs: ObjectValue | undefined, unanswered: boolean): FinishCommand {
  const { status, error } = engine.state
  return {
    type: 'finish',
    status,
    ...(error === null ? {} : { error }),
    ...(outputs === undefined ? {} : { outputs }),
    unanswered,
  }
}

interface Outputs {
  readonly values: ObjectValue
  readonly error: RunError | null
}

/** The outputs the definition declares. A mistake in one is recorded and does not change the status. */
function definitionOutputs(engine: Engine): Outputs | undefined {
  const { plan, state } = engine
  const root = state.frames[1]
  if (plan.outputs.length === 0 || root === undefined) return undefined
  engine.enterOutside(root)
  const values: ObjectValue = {}
  try {
    for (const { name, value } of plan.outputs) {
      const resolved = value.resolve(engine)
      Object.defineProperty(values, name, {
        value: resolved,
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return { values, error: null }
  } catch (error) {
    if (!isFlowFault(error)) throw error
    return {
      values,
      error: { code: 'InvalidTemplate', message: `The outputs cannot be evaluated: ${error.message}` },
    }
  }
}

function tellUnfinished(engine: Engine, code: string): void {
  for (const frame of Object.values(engine.state.frames)) {
    for (const action of (engine.plan.layouts[frame.layout] as Layout).slots) {
      const record = unfinishedRecord(engine, frame, action, code)
      if (record !== undefined) engine.observer?.ended(placeOf(engine, frame, action), record, undefined)
    }
  }
}

function unfinishedRecord(
  engine: Engine,
  frame: Frame,
  action: ActionPlan,
  code: string,
): ActionRun | undefined {
  const run = frame.runs[action.slot]
  const { now } = engine.state
  if (run === null || run === undefined) return { ...newActionRun('Skipped', now), code, endedAt: now }
  if (run.status !== 'Running') return undefined
  return { ...run, status: 'Cancelled', code, endedAt: now }
}
