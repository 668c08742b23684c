import { FlowsteadError } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import { codes } from './codes.ts'
import type { Command, CommandKey } from './command.ts'
import type { Engine } from './engine.ts'
import { indexesOf, pathOf } from './path.ts'
import type { ActionPlan } from './plan.ts'
import type { ActionRun, Frame, OpenCommand, RunState } from './state.ts'

/*
 * The table of commands whose answer is awaited. A key is opened once in a run (M7); a command that is
 * opened and closed within one event never leaves (M11).
 */

type Answered = Extract<Command, { type: 'call' | 'wait' | 'await' }>

/** The key of the run's own deadline; it belongs to no action. */
const deadlineKey = '#deadline'

/** Opens a command of the action run in hand. */
export function openCommand(
  engine: Engine,
  tag: string,
  commandFor: (key: string, path: string) => Answered,
): void {
  const { state, frame, current, run } = engine
  const path = pathOf(state, frame, current)
  const command = commandFor(`${path}#${tag}`, path)
  put(state, { frame: frame.id, slot: current.slot, tag, command, hasLeft: false })
  run.tags = run.tags === null ? [tag] : [...run.tags, tag]
  engine.observer?.opened(
    { action: current, path, indexes: indexesOf(state, frame, current) },
    tag,
    state.now,
  )
}

/** Opens the wait for the run's deadline. */
export function openDeadline(state: RunState, until: number): void {
  const command: Answered = { type: 'wait', key: deadlineKey, until }
  put(state, { frame: 0, slot: -1, tag: 'deadline', command, hasLeft: false })
  state.awaited -= 1
}

function put(state: RunState, entry: OpenCommand): void {
  const { key } = entry.command as Answered
  if (Object.hasOwn(state.open, key)) {
    throw new FlowsteadError(codes.keyReused, `The command "${key}" is open already.`)
  }
  state.open[key] = entry
  state.awaited += 1
  state.leaving.push(entry.command)
}

/** Takes a command out of the table; `undefined`, and nothing taken, when none of that type is open. */
export function takeOpen(state: RunState, key: CommandKey, type?: Answered['type']): OpenCommand | undefined {
  const entry = Object.hasOwn(state.open, key) ? state.open[key] : undefined
  if (entry === undefined || (type !== undefined && entry.command.type !== type)) return undefined
  delete state.open[key]
  if (entry.frame !== 0) state.awaited -= 1
  return entry
}

/** Closes every command of an action run that became final (M6). */
export function closeAll(engine: Engine, frame: Frame, action: ActionPlan, run: ActionRun): void {
  if (run.tags === null) return
  const path = pathOf(engine.state, frame, action)
  for (const tag of run.tags) closeKey(engine.state, `${path}#${tag}`)
  run.tags = null
}

/** Closes one open command; the outside hears of it when the command has left before. */
export function closeKey(state: RunState, key: CommandKey): void {
  const entry = takeOpen(state, key)
  if (entry === undefined || !entry.hasLeft) return
  const unsubscribe = entry.command.type === 'await' ? entry.command.unsubscribe : undefined
  state.leaving.push({ type: 'cancel', key, ...(unsubscribe === undefined ? {} : { unsubscribe }) })
}

/** Forgets an answered command; its tag is no longer the action run's. */
export function forgetTag(run: ActionRun, tag: string): void {
  if (run.tags === null) return
  const rest = run.tags.filter((open) => open !== tag)
  run.tags = rest.length === 0 ? null : rest
}

/** Notes on an open `await` what undoes its subscription. */
export function noteSubscription(state: RunState, key: CommandKey, unsubscribe: Value): void {
  const entry = state.open[key]
  if (entry?.command.type === 'await') entry.command = { ...entry.command, unsubscribe }
}

/** The commands that leave now: those of this event that are still wanted. */
export function takeLeaving(state: RunState): Command[] {
  if (state.leaving.length === 0) return []
  const leaving = state.leaving.filter((command) => isWanted(state, command))
  state.leaving = []
  return leaving
}

function isWanted(state: RunState, command: Command): boolean {
  if (command.type !== 'call' && command.type !== 'wait' && command.type !== 'await') return true
  const entry = state.open[command.key]
  if (entry === undefined) return false
  entry.hasLeft = true
  return true
}
