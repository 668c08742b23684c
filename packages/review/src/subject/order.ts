// What has certainly ended before an action starts, as far as runAfter and nesting tell.
// 1. Inside a block an action waits for everything reachable backwards along runAfter.
// 2. An action inside another waits for what its owner waits for.
// 3. In blocks of over 500 actions, which the platform refuses, the order of the file stands for runAfter: a miss, never a false alarm.
import type { ActionDefinition, BlockDefinition, PlacedAction } from '@flowstead/definition'

/** Blocks of more actions have no exact order. */
export const maxExactBlock = 500

/** Order of the actions of one flow. */
export interface RunOrder {
  /** Whether `earlier` (or what holds it) has ended before `later` starts. Owners do not precede what they hold. */
  precedes(earlier: ActionDefinition, later: ActionDefinition): boolean
  /** Whether both can run at the same time: neither precedes, holds, nor excludes the other. */
  areParallel(one: ActionDefinition, other: ActionDefinition): boolean
  /** Direct predecessors in the same block. */
  predecessors(action: ActionDefinition): readonly ActionDefinition[]
  /** Direct successors in the same block. */
  successors(action: ActionDefinition): readonly ActionDefinition[]
}

interface Level {
  readonly action: ActionDefinition
  readonly block: BlockDefinition
}

/** Reads the order of a flow's actions; what is asked once is remembered. */
export function runOrder(actions: readonly PlacedAction[]): RunOrder {
  const chains = new Map<ActionDefinition, readonly Level[]>()
  const placed = new Map(actions.map((each) => [each.action, each]))
  const siblings = new Map<BlockDefinition, Map<string, ActionDefinition>>()
  const direct = new Map<ActionDefinition, readonly ActionDefinition[]>()
  const followers = new Map<ActionDefinition, ActionDefinition[]>()
  const before = new Map<ActionDefinition, ReadonlySet<ActionDefinition>>()
  const indexes = new Map<ActionDefinition, number>()
  for (const [index, { action, block }] of actions.entries()) {
    indexes.set(action, index)
    const names = siblings.get(block) ?? new Map<string, ActionDefinition>()
    siblings.set(block, names.set(action.name.toLowerCase(), action))
  }
  for (const { action, block } of actions) {
    const names = siblings.get(block)
    const earlier = action.runAfter.flatMap((edge) => names?.get(edge.action.toLowerCase()) ?? [])
    direct.set(action, earlier)
    for (const each of earlier) {
      const known = followers.get(each)
      if (known === undefined) followers.set(each, [action])
      else known.push(action)
    }
  }

  function directly(action: ActionDefinition): readonly ActionDefinition[] {
    return direct.get(action) ?? []
  }

  function chainOf(action: ActionDefinition): readonly Level[] {
    const known = chains.get(action)
    if (known !== undefined) return known
    const here = placed.get(action)
    if (here === undefined) return []
    const chain = [...here.owners.map((owner) => placed.get(owner) as PlacedAction), here]
    chains.set(action, chain)
    return chain
  }

  function allBefore(action: ActionDefinition): ReadonlySet<ActionDefinition> {
    const known = before.get(action)
    if (known !== undefined) return known
    const found = new Set<ActionDefinition>()
    const open = [...directly(action)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue
      found.add(next)
      open.push(...directly(next))
    }
    before.set(action, found)
    return found
  }

  function waitsFor(later: Level, earlier: ActionDefinition): boolean {
    if (later.block.actions.length > maxExactBlock)
      return (indexes.get(earlier) ?? 0) < (indexes.get(later.action) ?? 0)
    return allBefore(later.action).has(earlier)
  }

  /** The first level at which the two chains part; `undefined` when one action holds the other. */
  function parting(one: ActionDefinition, other: ActionDefinition): readonly [Level, Level] | undefined {
    const [left, right] = [chainOf(one), chainOf(other)]
    for (let level = 0; level < left.length && level < right.length; level += 1) {
      const [a, b] = [left[level] as Level, right[level] as Level]
      if (a.action !== b.action) return [a, b]
    }
    return undefined
  }

  return {
    precedes(earlier, later) {
      const parted = parting(earlier, later)
      return (
        parted !== undefined && parted[0].block === parted[1].block && waitsFor(parted[1], parted[0].action)
      )
    },
    areParallel(one, other) {
      const parted = parting(one, other)
      if (parted === undefined || parted[0].block !== parted[1].block) return false
      return !waitsFor(parted[1], parted[0].action) && !waitsFor(parted[0], parted[1].action)
    },
    predecessors: directly,
    successors: (action) => followers.get(action) ?? [],
  }
}
