import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import { objectAt, textAt, textsAt } from '../library/json.ts'

/** One entry of `policyTemplateInstances`. */
export interface Policy {
  /** Lower case. */
  readonly template: string
  readonly title: string
  readonly section: 'request' | 'response' | 'failure'
  /** Lower-cased operation ids; empty for every operation. */
  readonly operations: ReadonlySet<string>
  readonly parameters: ObjectValue
}

const sections: ReadonlyMap<string, Policy['section']> = new Map([
  ['response', 'response'],
  ['failure', 'failure'],
])

/** The policies of a connector in the order they apply. */
export function readPolicies(instances: readonly Value[]): readonly Policy[] {
  return instances.filter(isObject).map((raw) => {
    const parameters = objectAt(raw, 'parameters')
    const template = (textAt(raw, 'templateId') ?? '').toLowerCase()
    const section = textAt(parameters, 'x-ms-apimTemplate-policySection')?.toLowerCase() ?? ''
    const operations = textsAt(parameters, 'x-ms-apimTemplate-operationName').map((name) =>
      name.toLowerCase(),
    )
    return {
      template,
      title: textAt(raw, 'title') ?? template,
      section: sections.get(section) ?? 'request',
      operations: new Set(operations),
      parameters,
    }
  })
}

/** Those of a section that apply to an operation. */
export function policiesFor(
  policies: readonly Policy[],
  section: Policy['section'],
  operationId: string,
): readonly Policy[] {
  return policies.filter(
    (policy) =>
      policy.section === section &&
      (policy.operations.size === 0 || policy.operations.has(operationId.toLowerCase())),
  )
}

/** A parameter of the template, by its short name. */
export function policyParameter(policy: Policy, name: string): string | undefined {
  return textAt(policy.parameters, `x-ms-apimTemplateParameter.${name}`)
}
