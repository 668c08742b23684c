import { isObject, type Value } from '@flowstead/expressions'
import { withMember } from '../request/flat-inputs.ts'
import { placeKeys } from './body-place.ts'
import type { BodyPolicy } from './convert-body.ts'
import { policyParameter } from './policy.ts'
import { follow, type PolicyScope, policyText, policyValue } from './policy-text.ts'

/**
 * Sets a property of the object at the parent path, or of every element of an array there; does nothing when
 * there is no such place.
 */
export const setProperty: BodyPolicy = (body, policy, scope) => {
  const parentPath = (policyParameter(policy, 'newPropertyParentPathTemplate') ?? '').replace(
    /^@?body\(\)/i,
    '',
  )
  const parent = follow(body, parentPath)
  const name = placeKeys(policyParameter(policy, 'newPropertySubPathTemplate') ?? '')
  const template = policyParameter(policy, 'propertyValuePathTemplate') ?? ''
  if (name.length === 0 || (!isObject(parent) && !Array.isArray(parent))) return body
  const set = (place: Value): Value =>
    isObject(place) ? withMember(place, name, newValue(template, { ...scope, item: () => place })) : place
  return withMember(body, placeKeys(parentPath), Array.isArray(parent) ? parent.map(set) : set(parent))
}

/** A lone expression keeps its type; text that reads as an object or array is stored as one. */
function newValue(template: string, scope: PolicyScope): Value {
  const lone = policyValue(template, scope)
  if (lone !== undefined) return lone.value ?? ''
  const { text } = policyText(template, scope)
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as Value
  } catch {
    // Text that only begins like JSON is text.
    return text
  }
}
