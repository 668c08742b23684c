import { member, members, objectMember } from '@flowstead/definition'
import { isObject, type Value } from '@flowstead/expressions'

/** Where a key leads in a JSON schema. */
export type SchemaStep =
  /** The schema says nothing about it: anything may be there. */
  | { readonly kind: 'open' }
  /** The schema lists its properties, and this is none of them. */
  | { readonly kind: 'missing'; readonly key: string }
  | {
      readonly kind: 'known'
      readonly schema: Value
      readonly need: 'required' | 'optional' | 'untold'
    }

const open: SchemaStep = { kind: 'open' }
/** Words by which a schema says more than its own properties do. */
const further = ['$ref', 'oneOf', 'anyOf', 'allOf', 'patternProperties', 'if', 'dependencies']

/** Follows one key of an expression; a key such as `owner/name` is taken whole first, then part by part. */
export function stepInto(schema: Value | undefined, key: string | number | undefined): SchemaStep {
  if (!isObject(schema) || key === undefined || further.some((word) => member(schema, word) !== undefined))
    return open
  if (typeof key === 'number') {
    const items = objectMember(schema, 'items')
    return items === undefined ? open : { kind: 'known', schema: items, need: 'untold' }
  }
  const properties = members(member(schema, 'properties'))
  if (properties.length === 0) return open
  const found = properties.find(([name]) => name.toLowerCase() === key.toLowerCase())
  if (found !== undefined) return { kind: 'known', schema: found[1], need: needOf(schema, found[0]) }
  const slash = key.indexOf('/')
  if (slash > 0) {
    const first = stepInto(schema, key.slice(0, slash))
    return first.kind === 'known' ? stepInto(first.schema, key.slice(slash + 1)) : first
  }
  const others = member(schema, 'additionalProperties')
  return others === undefined || others === false ? { kind: 'missing', key } : open
}

function needOf(schema: Value, name: string): 'required' | 'optional' | 'untold' {
  const required = member(schema, 'required')
  if (!Array.isArray(required) || required.length === 0) return 'untold'
  return required.includes(name) ? 'required' : 'optional'
}
