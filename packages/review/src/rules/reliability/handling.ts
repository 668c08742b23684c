// Which failures a flow answers. An action is answered when, should it fail, something in its block or around it
// still runs because of runAfter. What runs only then is the failure path: what catch scopes are made of.
import type { ActionDefinition, BlockDefinition, PlacedAction } from '@flowstead/definition'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { type OutcomeOf, outcomesOf } from './block-outcome.ts'

/** A top-level scope that does outside work, and what happens when it fails. */
export interface TryScope {
  readonly scope: ActionDefinition
  /** Top-level actions that run only because the scope failed; empty when nothing or only what runs anyway follows. */
  readonly failurePath: readonly ActionDefinition[]
  /** Everything at the top level that still runs after the failure. */
  readonly responding: readonly ActionDefinition[]
  /** How the run ends when the scope fails and what answers succeeds. */
  readonly endsAs: 'Succeeded' | 'Failed'
}

export interface Handling {
  /** Actions that leave the run, at any depth. */
  readonly calls: readonly PlacedAction[]
  /** Whether any action anywhere runs although something went wrong before it. */
  readonly hasHandler: boolean
  /**
   * Whether something runs when this action fails, in its block or around it, or whether it is itself part of the
   * answer to a failure; `true` when it cannot be told.
   */
  isAnswered(placed: PlacedAction): boolean
  /** Top-level scopes whose failure something answers and that hold outside calls. */
  readonly tryScopes: readonly TryScope[]
}

/** How a flow answers failures. */
export function handlingOf(subject: Subject): Handling {
  return subject.shared(readHandling)
}

function readHandling(subject: Subject): Handling {
  const { actions, flow } = subject
  const outcomes = new Map<BlockDefinition, OutcomeOf>()
  const outcomeIn = (block: BlockDefinition): OutcomeOf => {
    const known = outcomes.get(block) ?? outcomesOf(block)
    outcomes.set(block, known)
    return known
  }
  const answered = new Map<ActionDefinition, boolean>()
  const watched = new Set(actions.filter(hasHandlerEdge).map(({ block }) => block))
  const isAnsweredHere = ({ action, block }: PlacedAction): boolean => {
    if (!watched.has(block)) return false
    const known = answered.get(action) ?? outcomeIn(block)(action)?.responding.length !== 0
    answered.set(action, known)
    return known
  }
  const usuals = new Map<BlockDefinition, ReadonlySet<ActionDefinition> | undefined>()
  const answers = (placed: PlacedAction): boolean => {
    const { action, block } = placed
    if (!watched.has(block)) return false
    if (!usuals.has(block)) usuals.set(block, outcomeIn(block)()?.ran)
    return hasHandlerEdge(placed) || usuals.get(block)?.has(action) !== true
  }
  const calls = actions.filter(({ action }) => outsideCallOf(subject, action) !== undefined)
  const working = new Set(calls.map(({ action, owners }) => owners[0] ?? action))
  const top = outcomeIn(flow.root)
  const usual = top()?.ran
  return {
    calls,
    hasHandler: watched.size > 0,
    isAnswered: (placed) =>
      [placed, ...placed.owners.map(subject.placed)].some((each) => answers(each) || isAnsweredHere(each)),
    tryScopes: (watched.has(flow.root) ? flow.root.actions : [])
      .filter((action) => action.type === 'Scope' && working.has(action))
      .flatMap((scope) => {
        const outcome = top(scope)
        if (outcome === undefined || outcome.responding.length === 0) return []
        const { responding, status } = outcome
        const failurePath = responding.filter((action) => usual?.has(action) === false)
        return [{ scope, failurePath, responding, endsAs: status }]
      }),
  }
}

function hasHandlerEdge({ action }: PlacedAction): boolean {
  return action.runAfter.some(({ statuses }) => acceptsFailure(statuses))
}

/**
 * Whether an edge lets its successor run although something went wrong before it: the predecessor failed, timed out,
 * or was skipped because an earlier one did. Without statuses it accepts every end.
 */
export function acceptsFailure(statuses: readonly string[]): boolean {
  return statuses.length === 0 || statuses.some((status) => status !== 'Succeeded')
}
