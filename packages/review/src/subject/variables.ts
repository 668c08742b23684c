import { type ActionDefinition, member, members, type PlacedAction, textMember } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { inside, type Place } from './place.ts'

/** A variable as an InitializeVariable action declares it. */
export interface DeclaredVariable extends Place {
  readonly variable: string
  /** As written: `String`, `integer` … ; '' when missing. */
  readonly type: string
  readonly value: Value | undefined
  readonly action: ActionDefinition
}

/** Every variable of every InitializeVariable action, in the order of the definition. */
export function declaredVariables(actions: readonly PlacedAction[]): DeclaredVariable[] {
  return actions
    .filter(({ action }) => action.type === 'InitializeVariable')
    .flatMap(({ action }) => {
      const list = member(action.inputs, 'variables')
      const entries = Array.isArray(list) ? list.map((item, index) => [index, item] as const) : members(list)
      return [...entries].map(([key, variable]) => ({
        ...inside(action, 'inputs', 'variables', key),
        variable: textMember(variable, 'name') ?? '',
        type: textMember(variable, 'type') ?? '',
        value: member(variable, 'value'),
        action,
      }))
    })
}

const writers: ReadonlySet<string> = new Set([
  'SetVariable',
  'IncrementVariable',
  'DecrementVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
])

/** The variable an action writes after it was declared; `undefined` for other actions and computed names. */
export function writtenVariable(action: ActionDefinition): string | undefined {
  const name = writers.has(action.type) ? textMember(action.inputs, 'name') : undefined
  return name === undefined || name.includes('@') ? undefined : name
}
