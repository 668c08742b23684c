import { isObject, type Value } from '@flowstead/expressions'
import { withMember } from '../request/flat-inputs.ts'
import type { RequestPolicy } from './apply-policies.ts'
import { policyParameter } from './policy.ts'
import { follow, type PolicyScope, pathKeys, policyText, policyValue } from './policy-text.ts'

/**
 * Sets a property of the object at the parent path, or of every element of an array there. It does nothing
 * when there is no such place or the body is not JSON.
 */
export const setProperty: RequestPolicy = (draft, policy, { scope }) => {
  if (draft.body?.kind !== 'json') return
  const parentPath = (policyParameter(policy, 'newPropertyParentPathTemplate') ?? '').replace(
    /^@body\(\)/i,
    '',
  )
  const parent = follow(draft.body.value, parentPath)
  const name = propertyKeys(policyParameter(policy, 'newPropertySubPathTemplate') ?? '')
  const template = policyParameter(policy, 'propertyValuePathTemplate') ?? ''
  if (name.length === 0) return
  const set = (place: Value): Value =>
    isObject(place) ? withMember(place, name, newValue(template, { ...scope, item: () => place })) : place
  if (!isObject(parent) && !Array.isArray(parent)) return
  const changed = Array.isArray(parent) ? parent.map(set) : set(parent)
  draft.body = { kind: 'json', value: withMember(draft.body.value, pathKeys(parentPath), changed) }
}

function propertyKeys(path: string): readonly string[] {
  const text = path.trim()
  if (text === '') return []
  return pathKeys(/^[.[]/.test(text) ? text : `.${text}`)
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
