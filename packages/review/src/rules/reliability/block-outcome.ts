// What runs in a block, and how it ends, when everything in it succeeds or when one given action fails.
// 1. An action runs when each predecessor ended in a status of its edge; otherwise it is Skipped.
// 2. Whatever runs succeeds, but for the given one.
// 3. A block ends as its leaves do; a leaf that was skipped is replaced by its predecessors.
// 4. Actions in a circle never run. Blocks of over 300 actions are not followed.
import type { ActionDefinition, BlockDefinition } from '@flowstead/definition'

const maxFollowed = 300

export interface Outcome {
  readonly status: 'Succeeded' | 'Failed'
  readonly ran: ReadonlySet<ActionDefinition>
  /** Actions that ran after the failing one and because runAfter lets them, in the order of the definition. */
  readonly responding: readonly ActionDefinition[]
}

/** How a block ends when `failing` fails; `undefined` when the block is too large to follow. */
export type OutcomeOf = (failing?: ActionDefinition) => Outcome | undefined

interface Edge {
  readonly from: ActionDefinition
  readonly statuses: readonly string[]
}

/** Follows one block; the order is found once, each question costs one pass over the block. */
export function outcomesOf(block: BlockDefinition): OutcomeOf {
  if (block.actions.length > maxFollowed) return () => undefined
  const edges = edgesOf(block)
  const order = runOrder(block, edges)
  return (failing) => follow(block, edges, order, failing)
}

function edgesOf({ actions }: BlockDefinition): Map<ActionDefinition, readonly Edge[]> {
  const byName = new Map(actions.map((action) => [action.name.toLowerCase(), action]))
  return new Map(
    actions.map((action) => [
      action,
      action.runAfter.flatMap(({ action: name, statuses }) => {
        const from = byName.get(name.toLowerCase())
        return from === undefined ? [] : [{ from, statuses }]
      }),
    ]),
  )
}

/** Predecessors first; what stands in a circle is left out. */
function runOrder(
  { actions }: BlockDefinition,
  edges: ReadonlyMap<ActionDefinition, readonly Edge[]>,
): ActionDefinition[] {
  const waiting = new Map(actions.map((action) => [action, edges.get(action)?.length ?? 0]))
  const followers = new Map<ActionDefinition, ActionDefinition[]>()
  for (const [action, incoming] of edges)
    for (const { from } of incoming) {
      const list = followers.get(from)
      if (list === undefined) followers.set(from, [action])
      else list.push(action)
    }
  const order = actions.filter((action) => waiting.get(action) === 0)
  for (const done of order)
    for (const next of followers.get(done) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) order.push(next)
    }
  return order
}

function follow(
  { actions }: BlockDefinition,
  edges: ReadonlyMap<ActionDefinition, readonly Edge[]>,
  order: readonly ActionDefinition[],
  failing: ActionDefinition | undefined,
): Outcome {
  const statuses = new Map<ActionDefinition, string>(actions.map((action) => [action, 'Skipped']))
  const touched = new Set<ActionDefinition>()
  for (const action of order) {
    const incoming = edges.get(action) ?? []
    if (incoming.some(({ from }) => from === failing || touched.has(from))) touched.add(action)
    const runs = incoming.every(
      ({ from, statuses: accepted }) =>
        accepted.length === 0 || accepted.includes(statuses.get(from) ?? 'Skipped'),
    )
    if (runs) statuses.set(action, action === failing ? 'Failed' : 'Succeeded')
  }
  const ran = new Set(actions.filter((action) => statuses.get(action) !== 'Skipped'))
  return {
    status: blockStatus(actions, edges, statuses),
    ran,
    responding: actions.filter((action) => touched.has(action) && ran.has(action)),
  }
}

function blockStatus(
  actions: readonly ActionDefinition[],
  edges: ReadonlyMap<ActionDefinition, readonly Edge[]>,
  statuses: ReadonlyMap<ActionDefinition, string>,
): Outcome['status'] {
  const followed = new Set([...edges.values()].flat().map(({ from }) => from))
  const open = actions.filter((action) => !followed.has(action))
  const seen = new Set(open)
  for (const action of open) {
    const status = statuses.get(action)
    if (status === 'Failed') return 'Failed'
    if (status !== 'Skipped') continue
    for (const { from } of edges.get(action) ?? []) {
      if (seen.has(from)) continue
      seen.add(from)
      open.push(from)
    }
  }
  return 'Succeeded'
}
