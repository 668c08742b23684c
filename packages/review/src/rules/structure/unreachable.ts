// Which actions can never run, as far as runAfter alone tells it.
// 1. All entries of runAfter must hold at once. What they ask of the actions before is followed backwards: who must have
//    run asks the same of its own predecessors. Then it is worked out forwards which statuses are left for each.
// 2. Only impossibility that is certain counts: past `maxLooked` actions every status is taken for possible, and flows of
//    over `maxActions` actions, twice what the platform takes, or over `maxEdges` entries of runAfter are only looked at
//    for Terminate.
// 3. Of a chain of actions that cannot run only the first is told.
import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Subject } from '../../subject/subject.ts'

const maxLooked = 60
const maxActions = 1_000
const maxEdges = 10_000
const skipped = 'Skipped'
type Statuses = ReadonlySet<string>
const every: Statuses = new Set([
  'Succeeded',
  'Failed',
  'TimedOut',
  'Cancelled',
  'Aborted',
  'Faulted',
  'Ignored',
  skipped,
])

/** An action that never runs, with the reason as the end of a sentence. */
export interface Unreachable {
  readonly action: ActionDefinition
  readonly why: string
}

/** Actions that never run although the platform takes them. */
export function unreachable(subject: Subject): Unreachable[] {
  const found = new Map<ActionDefinition, string>()
  const isLarge = subject.actions.length > maxActions || edgesIn(subject) > maxEdges
  for (const { action } of subject.actions) {
    const why = afterTerminate(action, subject) ?? (isLarge ? undefined : neverTogether(action, subject))
    if (why !== undefined) found.set(action, why)
  }
  return [...found]
    .filter(([action]) => !subject.order.predecessors(action).some((before) => found.has(before)))
    .map(([action, why]) => ({ action, why }))
}

function edgesIn({ actions }: Subject): number {
  return actions.reduce((sum, { action }) => sum + action.runAfter.length, 0)
}

function afterTerminate(action: ActionDefinition, { order }: Subject): string | undefined {
  const end = order.predecessors(action).find((before) => {
    if (before.type !== 'Terminate') return false
    const statuses = statusesFor(before, action)
    return statuses.has('Succeeded') && !statuses.has(skipped)
  })
  return end === undefined ? undefined : `${quoted(end.name)} ends the whole run`
}

function neverTogether(action: ActionDefinition, subject: Subject): string | undefined {
  const befores = subject.order.predecessors(action)
  const [first] = befores
  // With a single predecessor that has to run, the predecessor is the one that cannot be reached.
  if (first === undefined || (befores.length === 1 && !isOnlySkipped(statusesFor(first, action))))
    return undefined
  const asked = askedBy(action, subject)
  const possible = possibleStatuses(asked, subject)
  if ([...asked.keys()].every((before) => possible(before).size > 0)) return undefined
  if (befores.length === 1) return `${quoted(first.name)} is never skipped`
  const edges = befores.map(
    (before) => `${quoted(before.name)} ${[...statusesFor(before, action)].join('/')}`,
  )
  return `its conditions ${edges.join(' and ')} never hold at once`
}

function isOnlySkipped(statuses: Statuses): boolean {
  return statuses.size === 1 && statuses.has(skipped)
}

/** What must be so of actions before, for an action to run. */
function askedBy(action: ActionDefinition, { order }: Subject): Map<ActionDefinition, Statuses> {
  const asked = new Map<ActionDefinition, Statuses>()
  const open = [action]
  for (let looked = 0; looked < maxLooked; looked += 1) {
    const next = open.pop()
    if (next === undefined) break
    for (const before of order.predecessors(next)) {
      const known = asked.get(before)
      const wanted = statusesFor(before, next)
      const both = known === undefined ? wanted : new Set([...known].filter((status) => wanted.has(status)))
      if (known !== undefined && known.size === both.size) continue
      asked.set(before, both)
      if (!both.has(skipped)) open.push(before)
    }
  }
  return asked
}

/** Statuses that an action can have, given those that are asked of some; empty when there are none. */
function possibleStatuses(
  asked: ReadonlyMap<ActionDefinition, Statuses>,
  subject: Subject,
): (action: ActionDefinition) => Statuses {
  const known = new Map<ActionDefinition, Statuses>()
  let looked = 0
  return function possible(action): Statuses {
    const before = known.get(action)
    if (before !== undefined) return before
    const wanted = asked.get(action) ?? every
    looked += 1
    if (looked > maxLooked) return wanted
    // A circle is looked at once; it is a finding of its own.
    known.set(action, wanted)
    const { canRun, canSkip } = outlook(action, subject, possible)
    const found = new Set([...wanted].filter((status) => (status === skipped ? canSkip : canRun)))
    known.set(action, found)
    return found
  }
}

function outlook(
  action: ActionDefinition,
  { order, placed }: Subject,
  possible: (action: ActionDefinition) => Statuses,
): { readonly canRun: boolean; readonly canSkip: boolean } {
  const befores = order.predecessors(action)
  // The first action of a block is skipped together with the block; at the top there is nothing to be skipped with.
  let canSkip = befores.length < action.runAfter.length || placed(action).owners.length > 0
  let canRun = true
  for (const before of befores) {
    const statuses = statusesFor(before, action)
    const ways = [...possible(before)]
    if (!ways.some((status) => statuses.has(status))) canRun = false
    if (ways.some((status) => !statuses.has(status))) canSkip = true
  }
  return { canRun, canSkip }
}

function statusesFor(before: ActionDefinition, action: ActionDefinition): Statuses {
  const edge = action.runAfter.find((each) => each.action.toLowerCase() === before.name.toLowerCase())
  return edge === undefined || edge.statuses.length === 0 ? every : new Set(edge.statuses)
}
