import type { ActionDefinition, BlockDefinition } from '@flowstead/definition'
import { isObject, printJson, type Value } from '@flowstead/expressions'

/** Keys that do not change what an action does. */
const silent: ReadonlySet<string> = new Set([
  'metadata',
  'description',
  'runAfter',
  'actions',
  'else',
  'cases',
  'default',
])
const mostActions = 50

/** Whether both branches of a condition hold the same actions in the same order, names aside. */
export function hasSameBranches({ blocks }: ActionDefinition): boolean {
  const [yes, no] = blocks
  if (yes === undefined || no === undefined || yes.actions.length === 0) return false
  return isSameBlock(yes, no)
}

function isSameBlock(one: BlockDefinition, other: BlockDefinition): boolean {
  if (one.actions.length !== other.actions.length || one.actions.length > mostActions) return false
  const [left, right] = [one, other].map(({ actions }) => new Map(actions.map(({ name }, at) => [name, at])))
  return one.actions.every((action, index) => {
    const twin = other.actions[index] as ActionDefinition
    return (
      doing(action) === doing(twin) &&
      order(action, left) === order(twin, right) &&
      action.blocks.length === twin.blocks.length &&
      action.blocks.every((block, at) => isSameBlock(block, twin.blocks[at] as BlockDefinition))
    )
  })
}

function doing({ raw }: ActionDefinition): string {
  const kept = Object.entries(raw).filter(([key]) => !silent.has(key))
  return printJson(sorted(kept))
}

function order({ runAfter }: ActionDefinition, indexes: ReadonlyMap<string, number> | undefined): string {
  return runAfter.map(({ action, statuses }) => `${indexes?.get(action)}:${statuses.join()}`).join(';')
}

/** Members as a list of pairs, by key. */
function sorted(entries: readonly (readonly [string, Value])[]): Value {
  return [...entries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => [key, isObject(value) ? sorted(Object.entries(value)) : value])
}
