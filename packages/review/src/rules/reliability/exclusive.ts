// Whether two actions can run in the same run. Arrows of runAfter that ask different ends of the same action exclude
// each other: what runs after success and what runs after failure never both run.
import type { ActionDefinition, PlacedAction } from '@flowstead/definition'
import type { RunOrder } from '../../subject/order.ts'

const everyStatus = ['Succeeded', 'Failed', 'TimedOut', 'Skipped'] as const

/** How an earlier action must have ended. */
type Demands = Map<ActionDefinition, ReadonlySet<string>>

/** Whether both can run at the same time and in the same run, as far as nesting and runAfter tell. */
export function canRunTogether(order: RunOrder, one: PlacedAction, other: PlacedAction): boolean {
  if (!order.areParallel(one.action, other.action)) return false
  const [a, b] = parting(one, other)
  return a === undefined || b === undefined || !exclude(demandsOf(order, a), demandsOf(order, b))
}

/** Whether `later` runs only when `earlier`, or what holds it, did not succeed: a second attempt, a handler. */
export function runsOnlyAfterFailure(order: RunOrder, earlier: PlacedAction, later: PlacedAction): boolean {
  const [a, b] = parting(earlier, later)
  return a !== undefined && b !== undefined && demandsOf(order, b).get(a)?.has('Succeeded') === false
}

/** The actions of one block that are, or hold, the two. */
function parting(one: PlacedAction, other: PlacedAction): (ActionDefinition | undefined)[] {
  const left = [...one.owners, one.action]
  const right = [...other.owners, other.action]
  const level = left.findIndex((action, index) => action !== right[index])
  return [left[level], right[level]]
}

function exclude(left: Demands, right: Demands): boolean {
  for (const [action, statuses] of left) {
    const others = right.get(action)
    if (others !== undefined && ![...statuses].some((status) => others.has(status))) return true
  }
  return false
}

/** What must be so for an action to run: the ends of those before it, and of those before them that must have run. */
function demandsOf(order: RunOrder, action: ActionDefinition): Demands {
  const demands: Demands = new Map()
  const open = [action]
  const seen = new Set(open)
  const demand = (earlier: ActionDefinition, statuses: readonly string[]): void => {
    const known = demands.get(earlier)
    demands.set(earlier, new Set(known === undefined ? statuses : statuses.filter((each) => known.has(each))))
    if (statuses.includes('Skipped') || seen.has(earlier)) return
    seen.add(earlier)
    open.push(earlier)
  }
  for (const later of open)
    for (const [earlier, statuses] of edges(order, later)) {
      demand(earlier, statuses)
      if (statuses.join() === 'Skipped')
        for (const [cause, ends] of causesOfSkip(order, earlier)) demand(cause, ends)
    }
  return demands
}

/** A skipped action with one arrow tells how the one before it did not end. */
function causesOfSkip(order: RunOrder, skipped: ActionDefinition) {
  const incoming = edges(order, skipped)
  return incoming.length === 1
    ? incoming.map(
        ([cause, ends]) => [cause, everyStatus.filter((status) => !ends.includes(status))] as const,
      )
    : []
}

function edges(
  order: RunOrder,
  action: ActionDefinition,
): (readonly [ActionDefinition, readonly string[]])[] {
  return order.predecessors(action).map((earlier) => {
    const edge = action.runAfter.find(({ action: name }) => name.toLowerCase() === earlier.name.toLowerCase())
    return [earlier, edge === undefined || edge.statuses.length === 0 ? everyStatus : edge.statuses] as const
  })
}
