// The order in which figures count actions: owners before what they hold, `actions`, then `else`, then the cases,
// then `default`. The product knows no tools of agents and finds the default of a Switch only beside cases.
import type { ActionDefinition, PlacedAction } from '@flowstead/definition'
import { isObject } from '@flowstead/expressions'
import type { Subject } from '../subject/subject.ts'
import type { Profile } from './metrics.ts'

/** An action with its number and its surroundings as the Data JSON names them. */
export interface CountedAction {
  readonly action: ActionDefinition
  /** From 1, in the order of counting. */
  readonly index: number
  /** Enclosing actions from outside in. */
  readonly owners: readonly ActionDefinition[]
  /** Name of the enclosing action, `root` at the top level. */
  readonly parent: string
  /** `Yes` for what stands under `actions`, `No` under `else`, the key of a case, `Default`. */
  readonly branch: string
}

/** The actions that count, in order. */
export function countedActions({ actions }: Subject, profile: Profile): CountedAction[] {
  const seen = profile === 'as-shipped' ? seenByProduct(actions) : actions
  return seen.map(({ action, block, owners }, position) => ({
    action,
    index: position + 1,
    owners,
    parent: owners.at(-1)?.name ?? 'root',
    branch: branchOf(block.key),
  }))
}

function seenByProduct(actions: readonly PlacedAction[]): PlacedAction[] {
  const unseen = new Set<ActionDefinition>()
  return actions.filter(({ action, block, owners }) => {
    const owner = owners.at(-1)
    const isUnseen =
      owner !== undefined &&
      (unseen.has(owner) || block.key.startsWith('tool:') || isLoneDefault(block.key, owner))
    if (isUnseen) unseen.add(action)
    return !isUnseen
  })
}

function isLoneDefault(key: string, { raw }: ActionDefinition): boolean {
  return key === 'default' && !isObject(raw.cases)
}

const branches: ReadonlyMap<string, string> = new Map([
  ['actions', 'Yes'],
  ['else', 'No'],
  ['default', 'Default'],
])

function branchOf(key: string): string {
  return branches.get(key) ?? key.slice(key.indexOf(':') + 1)
}
