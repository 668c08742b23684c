// Finds for every action of one version the same action in the other. An action keeps its identity when it keeps, in
// this order: its name (unless the designer's id says otherwise), the designer's id, its content, or most of what is
// inside it.
// 1. Every action is in one pair at most.
// 2. A pair under different names is a rename; nothing else is.
import { type ActionDefinition, type Flow, type PlacedAction, walkActions } from '@flowstead/definition'
import { meaningWith } from './meaning.ts'
import { designerId, ownContent } from './own-content.ts'

/** Actions of two versions that are the same. */
export interface ActionMatch {
  readonly before: readonly PlacedAction[]
  readonly after: readonly PlacedAction[]
  readonly afterOf: ReadonlyMap<ActionDefinition, ActionDefinition>
  readonly beforeOf: ReadonlyMap<ActionDefinition, ActionDefinition>
}

interface Matching {
  readonly before: readonly PlacedAction[]
  readonly after: readonly PlacedAction[]
  readonly afterOf: Map<ActionDefinition, ActionDefinition>
  readonly beforeOf: Map<ActionDefinition, ActionDefinition>
}

type KeyOf = (placed: PlacedAction) => string | undefined

/** Matches the actions of two versions. */
export function matchActions(before: Flow, after: Flow): ActionMatch {
  const matching: Matching = {
    before: [...walkActions(before)],
    after: [...walkActions(after)],
    afterOf: new Map(),
    beforeOf: new Map(),
  }
  const idOf = uniqueIds(matching)
  const nameOf: KeyOf = ({ action }) => action.name.toLowerCase()
  pairBy(matching, nameOf, (one, other) => {
    const [left, right] = [idOf(one), idOf(other)]
    return left === undefined || right === undefined || left === right
  })
  pairBy(matching, idOf)
  pairBy(matching, nameOf)
  const contentOf = contents()
  pairBy(matching, (placed) => (isLeaf(placed) ? contentOf(placed) : undefined))
  pairByInside(matching)
  pairBy(matching, (placed) => (placed.action.type === 'Scope' ? undefined : contentOf(placed)))
  return matching
}

function pair({ afterOf, beforeOf }: Matching, one: PlacedAction, other: PlacedAction): void {
  afterOf.set(one.action, other.action)
  beforeOf.set(other.action, one.action)
}

/** Pairs what is free on both sides and has the same key; among several, those under the same owner first. */
function pairBy(
  matching: Matching,
  keyOf: KeyOf,
  fits = (_one: PlacedAction, _other: PlacedAction) => true,
): void {
  const free = grouped(
    matching.after.filter(({ action }) => !matching.beforeOf.has(action)),
    keyOf,
  )
  const left = matching.before.filter(({ action }) => !matching.afterOf.has(action))
  for (const [key, ones] of grouped(left, keyOf)) {
    const others = free.get(key)
    if (others === undefined) continue
    const rest = pairWithin(
      matching,
      ones,
      others,
      (one, other) => isSamePlace(matching, one, other) && fits(one, other),
    )
    pairWithin(matching, rest, others, fits)
  }
}

/** Pairs each with the first free one that fits, and gives back those that found none. */
function pairWithin(
  matching: Matching,
  ones: readonly PlacedAction[],
  others: readonly PlacedAction[],
  fits: (one: PlacedAction, other: PlacedAction) => boolean,
): PlacedAction[] {
  // Equal actions by the thousand are paired in order: each looks at a few only.
  const reach = 50
  let start = 0
  return ones.filter((one) => {
    while (start < others.length && matching.beforeOf.has((others[start] as PlacedAction).action)) start += 1
    const found = others
      .slice(start, start + reach)
      .find((other) => !matching.beforeOf.has(other.action) && fits(one, other))
    if (found === undefined) return true
    pair(matching, one, found)
    return false
  })
}

function isSamePlace({ afterOf }: Matching, one: PlacedAction, other: PlacedAction): boolean {
  const owner = one.owners.at(-1)
  return (
    one.block.key === other.block.key &&
    (owner === undefined ? undefined : afterOf.get(owner)) === other.owners.at(-1) &&
    (owner === undefined || afterOf.has(owner))
  )
}

/** Containers that hold the same actions, innermost first. */
function pairByInside(matching: Matching): void {
  const { afterOf, beforeOf } = matching
  const ownersAfter = new Map(matching.after.map((placed) => [placed.action, placed.owners.at(-1)]))
  const placedAfter = new Map(matching.after.map((placed) => [placed.action, placed]))
  for (const one of matching.before.toReversed()) {
    const inside = one.action.blocks.flatMap(({ actions }) => actions)
    if (afterOf.has(one.action) || inside.length === 0) continue
    const votes = new Map<ActionDefinition, number>()
    for (const action of inside) {
      const now = afterOf.get(action)
      const owner = now === undefined ? undefined : ownersAfter.get(now)
      if (owner !== undefined && !beforeOf.has(owner) && owner.type === one.action.type)
        votes.set(owner, (votes.get(owner) ?? 0) + 1)
    }
    const [best] = [...votes].sort(([, left], [, right]) => right - left)
    const other = best === undefined ? undefined : placedAfter.get(best[0])
    if (other !== undefined && best !== undefined && best[1] * 2 >= inside.length) pair(matching, one, other)
  }
}

function isLeaf({ action }: PlacedAction): boolean {
  return action.blocks.every(({ actions }) => actions.length === 0)
}

/** The content of an action with the names of actions left out of its expressions. */
function contents(): KeyOf {
  const nameless = meaningWith({ action: () => '*', variable: (name) => name })
  return ({ action }) => nameless.value(ownContent(action))
}

/** The designer's id, when no other action of the same version has it too: copies keep the id of their original. */
function uniqueIds({ before, after }: Matching): KeyOf {
  const repeated = [before, after].flatMap((side) =>
    [...grouped(side, ({ action }) => designerId(action))]
      .filter(([, list]) => list.length > 1)
      .map(([id]) => id),
  )
  const unusable = new Set(repeated)
  return ({ action }) => {
    const id = designerId(action)
    return id === undefined || unusable.has(id) ? undefined : id
  }
}

function grouped(list: readonly PlacedAction[], keyOf: KeyOf): Map<string, PlacedAction[]> {
  const found = new Map<string, PlacedAction[]>()
  for (const placed of list) {
    const key = keyOf(placed)
    if (key === undefined) continue
    const group = found.get(key)
    if (group === undefined) found.set(key, [placed])
    else group.push(placed)
  }
  return found
}
