import { memberAt } from '@flowstead/definition'
import type { Owner } from '../../subject/texts.ts'

/** Whether a trigger or action keeps its inputs or outputs out of the run history. */
export function isSecured({ raw }: Owner, part: 'inputs' | 'outputs'): boolean {
  const properties = memberAt(raw, 'runtimeConfiguration', 'secureData', 'properties')
  return (
    Array.isArray(properties) &&
    properties.some((each) => typeof each === 'string' && each.toLowerCase() === part)
  )
}
