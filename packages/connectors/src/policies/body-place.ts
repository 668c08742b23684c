import { isObject, type Value } from '@flowstead/expressions'
import { member } from '../library/json.ts'
import { withMember } from '../request/flat-inputs.ts'
import { pathKeys } from './policy-text.ts'

/** Where a body policy reads and writes. */
export interface BodyPlace {
  /** `@body().a`, an object or an array of objects. */
  readonly parentPath: string
  /** Below the parent, or below each of its elements; empty or `null` is the parent itself. */
  readonly subPath: string
  /** `@body().b`, or `@item().b` for an array. */
  readonly newPath: string
}

/** The keys of a path without its `@body()` or `@item()`, which some definitions leave out. */
export function placeKeys(path: string): readonly string[] {
  const text = path.trim().replace(/^@?(?:body|item)\(\)/i, '')
  if (text === '' || text === 'null') return []
  return pathKeys(/^[.[]/.test(text) ? text : `.${text}`)
}

/**
 * Converts the value at a place and writes the result where the policy says. For a parent that is an array
 * every element is converted by itself, unless the array as a whole is wanted. `undefined` changes nothing.
 */
export function convertAt(
  body: Value,
  place: BodyPlace,
  convert: (value: Value) => Value | undefined,
  wanted: 'each element' | 'whole array' = 'each element',
): Value {
  const [parentKeys, subKeys, newKeys] = [place.parentPath, place.subPath, place.newPath].map(placeKeys) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ]
  const parent = at(body, parentKeys)
  const isEach = Array.isArray(parent) && !(wanted === 'whole array' && subKeys.length === 0)
  if (!isEach) return written(body, newKeys, converted(parent, subKeys, convert))
  const items = parent.map((item) => written(item, newKeys, converted(item, subKeys, convert)))
  return withMember(body, parentKeys, items)
}

function converted(
  parent: Value | undefined,
  keys: readonly string[],
  convert: (value: Value) => Value | undefined,
): Value | undefined {
  const value = at(parent, keys)
  return value === undefined ? undefined : convert(value)
}

function written(place: Value, keys: readonly string[], value: Value | undefined): Value {
  if (value === undefined) return place
  return keys.length === 0 || isObject(place) ? withMember(place, keys, value) : place
}

function at(value: Value | undefined, keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>((place, key) => member(place, key), value)
}
