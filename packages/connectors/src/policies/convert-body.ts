import { isObject, type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { member } from '../library/json.ts'
import { percentEncode } from '../request/serialize.ts'
import { compactText } from '../request/value-text.ts'
import { type BodyPlace, convertAt, placeKeys } from './body-place.ts'
import { type Policy, policyParameter } from './policy.ts'
import type { PolicyScope } from './policy-text.ts'

/** What a template does to a JSON body, of a request or of an answer; the body given is not changed. */
export type BodyPolicy = (body: Value, policy: Policy, scope: PolicyScope) => Value

function placeOf(policy: Policy): BodyPlace {
  return {
    parentPath: policyParameter(policy, 'propertyParentPath') ?? '',
    subPath: policyParameter(policy, 'propertySubPath') ?? '',
    newPath: policyParameter(policy, 'newPropertyPath') ?? '',
  }
}

/** Replaces every occurrence of a text. */
export const stringReplace: BodyPolicy = (body, policy) => {
  const source = policyParameter(policy, 'sourceString') ?? ''
  const replacement = policyParameter(policy, 'replacementString') ?? ''
  if (source === '') return body
  return convertAt(body, placeOf(policy), (value) =>
    typeof value === 'string' ? value.replaceAll(source, () => replacement) : undefined,
  )
}

/** Percent-encodes a text. */
export const encodePropertyValue: BodyPolicy = (body, policy) =>
  convertAt(body, placeOf(policy), (value) => (typeof value === 'string' ? percentEncode(value) : undefined))

/** `"3;0"` becomes `[{child: "3"}, {child: "0"}]`; each character of the list separates, empty pieces are dropped. */
export const stringToArray: BodyPolicy = (body, policy) => {
  const delimiters = new Set(policyParameter(policy, 'delimiterList') ?? '')
  const child = policyParameter(policy, 'childPropertyName') ?? ''
  return convertAt(body, placeOf(policy), (value) => {
    if (typeof value !== 'string') return undefined
    const text = [...value].map((character) => (delimiters.has(character) ? '\n' : character)).join('')
    const pieces = delimiters.size === 0 ? [value] : text.split('\n').filter((piece) => piece !== '')
    return pieces.map((piece) => withName(child, piece))
  })
}

function withName(name: string, value: Value): ObjectValue {
  const object: ObjectValue = {}
  setOwn(object, name, value)
  return object
}

/** `{k: v}` becomes `[{key: k, value: v}]`; the names are `keyName` and `valueName`. */
export const convertObjectToArray: BodyPolicy = (body, policy) => {
  const keyName = policyParameter(policy, 'keyName') ?? 'key'
  const valueName = policyParameter(policy, 'valueName') ?? 'value'
  return convertAt(body, placeOf(policy), (value) => {
    if (!isObject(value)) return undefined
    return Object.entries(value).map(([key, one]) => {
      const item = withName(keyName, key)
      setOwn(item, valueName, one)
      return item
    })
  })
}

/** An array becomes an object by a key inside its elements; elements without it are left out, the last wins. */
export const convertArrayToObject: BodyPolicy = (body, policy) => {
  const keys = placeKeys(policyParameter(policy, 'keyWithinCollectionPath') ?? '')
  const isKept = policyParameter(policy, 'retainKey')?.toLowerCase() !== 'false'
  const convert = (value: Value) =>
    Array.isArray(value) ? keyed(value, keys, isKept ? 'kept' : 'dropped') : undefined
  return convertAt(body, placeOf(policy), convert, 'whole array')
}

function keyed(items: readonly Value[], keys: readonly string[], key: 'kept' | 'dropped'): ObjectValue {
  const object: ObjectValue = {}
  for (const item of items) {
    const found = keys.reduce<Value | undefined>((place, name) => member(place, name), item)
    if (found === undefined || found === null || !isObject(item)) continue
    setOwn(object, compactText(found, ','), key === 'kept' ? item : without(item, keys[0] ?? ''))
  }
  return object
}

function without(item: ObjectValue, name: string): ObjectValue {
  const { [name]: _, ...rest } = item
  return rest
}
