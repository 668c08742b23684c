import type { ActionPlan } from './plan.ts'
import type { Frame, RunState } from './state.ts'

/** One enclosing repetition of an action run, as histories show it. */
export interface RepetitionIndex {
  readonly scopeName: string
  readonly itemIndex: number
}

/** Escapes what separates the parts of a path and a key. */
export function encodeName(name: string): string {
  return name.replace(/[%/[\]#]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `For_each[3]/Call_API`: the enclosing repetitions from outside in, then the action. */
export function pathOf(state: RunState, frame: Frame, action: ActionPlan): string {
  let path = action.encodedName
  let layout = action.block.layout
  let at = frame
  while (layout.loop !== null) {
    path = `${layout.loop.encodedName}[${at.index}]/${path}`
    at = state.frames[at.parent] as Frame
    layout = layout.loop.block.layout
  }
  return path
}

/** The enclosing repetitions of an action run, from outside in. */
export function indexesOf(state: RunState, frame: Frame, action: ActionPlan): RepetitionIndex[] {
  const indexes: RepetitionIndex[] = []
  let layout = action.block.layout
  let at = frame
  while (layout.loop !== null) {
    indexes.push({ scopeName: layout.loop.name, itemIndex: at.index })
    at = state.frames[at.parent] as Frame
    layout = layout.loop.block.layout
  }
  return indexes.reverse()
}
