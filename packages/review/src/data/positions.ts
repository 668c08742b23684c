// Where an action comes from: texts of its predecessors by name, by number and by type.
import type { ActionFacts } from '../metrics/action-facts.ts'
import type { Profile } from '../metrics/metrics.ts'

export interface Position {
  /** `|pred1|pred2|`; `|trigger|` for a first action, `|parent|` for a first one inside another. */
  readonly position: string
  /** `Internal` when it starts with its owner. */
  readonly positionInfo: string
  /** `|3|5`; `|0` for the trigger. */
  readonly positionIndex: string
  readonly positionType: string
  /** Numbers of the enclosing actions, from inside out: `17|14|3`. */
  readonly nested: string
}

/** Tells the positions of the actions of one flow; a chain is as long as the nesting is deep. */
export function positionsIn(
  actions: readonly ActionFacts[],
  profile: Profile,
): (action: ActionFacts) => Position {
  const byAction = new Map(actions.map((facts) => [facts.action, facts]))
  const byName = new Map<string, ActionFacts>()
  for (const facts of actions) if (!byName.has(facts.action.name)) byName.set(facts.action.name, facts)

  return (facts) => {
    const { action, owners, parent } = facts
    const names = action.runAfter.map((edge) => edge.action)
    const isFirst = names.length === 0
    const owner = owners.at(-1)
    const from = isFirst && owner !== undefined ? [parent] : names
    const found = from
      .flatMap((name) => byName.get(name) ?? [])
      // The product lists them in the order of the actions.
      .sort((one, other) => (profile === 'as-shipped' ? one.index - other.index : 0))
    const isAtTrigger = isFirst && owner === undefined
    return {
      position: isAtTrigger ? '|trigger|' : `|${from.join('|')}|`,
      positionInfo: isInternal(facts, profile) ? 'Internal' : '',
      positionIndex: isAtTrigger ? '|0' : found.map(({ index }) => `|${index}`).join(''),
      positionType: isAtTrigger ? '|trigger' : found.map(({ type }) => `|${type}`).join(''),
      nested: owners
        .map((each) => byAction.get(each)?.index ?? 0)
        .reverse()
        .join('|'),
    }
  }
}

/**
 * The product compares the owner with the last predecessor up to a colon, and takes the owner for the predecessor of a
 * first action, so that a first root action is internal too.
 */
function isInternal({ action, owners, parent }: ActionFacts, profile: Profile): boolean {
  if (profile === 'documented') return owners.length > 0 && action.runAfter.length === 0
  return (action.runAfter.at(-1)?.action ?? parent).split(':')[0] === parent
}
