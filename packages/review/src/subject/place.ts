import { type ActionDefinition, pointerTo, type TriggerDefinition } from '@flowstead/definition'

/** Where a finding stands: a trigger or an action as it is, or something in it. */
export interface Place {
  /** Name of the trigger or action; absent for the flow as a whole. */
  readonly name?: string
  /** JSON pointer into the file. */
  readonly pointer: string
}

/** A place inside a trigger or an action: `inside(action, 'inputs', 'uri')`. */
export function inside(
  { name, pointer }: ActionDefinition | TriggerDefinition,
  ...keys: readonly (string | number)[]
): Place {
  return { name, pointer: pointerTo(pointer, ...keys) }
}
