import type { ActionDefinition } from '@flowstead/definition'
import { type DeclaredVariable, declaredVariables } from '../subject/variables.ts'
import type { ActionMatch } from './match-actions.ts'
import { type Meaning, meaningWith } from './meaning.ts'
import type { Meanings } from './value-changes.ts'

/** A variable of one version with the same one of the other; one side is absent for what is new or gone. */
export interface VariablePair {
  readonly before: DeclaredVariable | undefined
  readonly after: DeclaredVariable | undefined
}

/** Pairs variables by name, and those that took another name in the same place of the same action. */
export function matchVariables({ before, after, afterOf }: ActionMatch): VariablePair[] {
  const old = declaredVariables(before)
  const now = declaredVariables(after)
  const byName = new Map(now.map((each) => [each.variable.toLowerCase(), each]))
  const oldNames = new Set(old.map(({ variable }) => variable.toLowerCase()))
  const byPlace = new Map(now.map((each) => [placeOf(each, each.action), each]))
  const taken = new Set<DeclaredVariable>()
  const pairs = old.map((each) => {
    const action = afterOf.get(each.action)
    const inPlace = action === undefined ? undefined : byPlace.get(placeOf(each, action))
    const isRenamed = inPlace !== undefined && !oldNames.has(inPlace.variable.toLowerCase())
    const other = byName.get(each.variable.toLowerCase()) ?? (isRenamed ? inPlace : undefined)
    if (other === undefined || taken.has(other)) return { before: each, after: undefined }
    taken.add(other)
    return { before: each, after: other }
  })
  return [
    ...pairs,
    ...now.filter((each) => !taken.has(each)).map((each) => ({ before: undefined, after: each })),
  ]
}

function placeOf({ pointer, action }: DeclaredVariable, owner: ActionDefinition): string {
  return `${owner.pointer}\n${pointer.slice(action.pointer.length)}`
}

/** How the two versions read once the names of the earlier one are those of the later. */
export function meaningsOf({ before, afterOf }: ActionMatch, variables: readonly VariablePair[]): Meanings {
  const actions = new Map<string, string>()
  for (const { action } of before) {
    const now = afterOf.get(action)
    const key = action.name.toLowerCase()
    if (now !== undefined && !actions.has(key)) actions.set(key, now.name.toLowerCase())
  }
  const renamed = new Map(
    variables.flatMap((pair) =>
      pair.before === undefined || pair.after === undefined
        ? []
        : [[pair.before.variable.toLowerCase(), pair.after.variable.toLowerCase()]],
    ),
  )
  const same: Meaning = meaningWith({ action: (name) => name, variable: (name) => name })
  const translated: Meaning = meaningWith({
    action: (name) => actions.get(name) ?? name,
    variable: (name) => renamed.get(name) ?? name,
  })
  return { before: translated, after: same }
}
