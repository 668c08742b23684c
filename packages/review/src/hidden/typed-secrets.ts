// Secrets that somebody typed into a flow. Findings say where they stand; documents, data and comparisons, which people
// send around, do not repeat them.
import { type Flow, member, pointerKeys } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import type { Finding } from '../finding.ts'

/** The rule that finds them. */
export const typedSecretRule = 'SEC401'

/** Texts of a flow in which its findings see typed secrets. */
export function typedSecrets(
  flow: Flow,
  findings: readonly Pick<Finding, 'rule' | 'pointer'>[],
): readonly string[] {
  const texts = findings
    .filter(({ rule }) => rule === typedSecretRule)
    .map(({ pointer }) => valueAt(flow, pointer))
    .filter((value) => typeof value === 'string')
  return [...new Set(texts)]
}

function valueAt({ definition, definitionAt }: Flow, pointer: string): Value | undefined {
  if (!pointer.startsWith(definitionAt)) return undefined
  return pointerKeys(pointer.slice(definitionAt.length)).reduce<Value | undefined>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : member(value, key)),
    definition,
  )
}
