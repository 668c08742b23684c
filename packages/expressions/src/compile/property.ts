import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { isInteger } from '../numbers.ts'
import { isObject, type ObjectValue, typeName, type Value } from '../value.ts'

/** The own key that a name means: spelled exactly, otherwise the first that is equal ignoring case. */
export function findKey(object: ObjectValue, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name
  const lower = name.toLowerCase()
  for (const key of Object.keys(object))
    if (key.length === name.length && key.toLowerCase() === lower) return key
  return undefined
}

/**
 * The member of a value under a key; `undefined` when it has none.
 * @throws `Expression.Type` when values of this type have no members, or the key does not fit.
 */
export function member(value: Value, key: Value): Value | undefined {
  if (Array.isArray(value)) {
    if (!isInteger(key)) throw notSelectable('Items of an array are selected by an integer', key)
    return typeof key === 'number' && key >= 0 ? value[key] : undefined
  }
  if (!isObject(value))
    throw expressionError(
      'Expression.Type',
      `The property ${quoted(String(key))} cannot be selected from a value of type ${typeName(value)}.`,
    )
  if (typeof key === 'string') return property(value, key)
  if (isInteger(key)) return property(value, String(key))
  throw notSelectable('Properties of an object are selected by a string', key)
}

/**
 * A member by its exact name, else ignoring case. Values are never functions and all a plain object inherits
 * are functions and `__proto__`, so anything else found is its own.
 */
function property(object: ObjectValue, name: string): Value | undefined {
  const found = object[name]
  if (found !== undefined && typeof found !== 'function' && name !== '__proto__') return found
  if (Object.hasOwn(object, name)) return found
  const key = findKey(object, name)
  return key === undefined ? undefined : object[key]
}

/** One step of a property path: null or an absent member is null when optional, an error otherwise. */
export function step(value: Value, key: Value, isOptional: boolean): Value {
  const found = value === null ? undefined : member(value, key)
  if (found !== undefined) return found
  if (isOptional) return null
  throw missing(value, key)
}

/**
 * As `step`, for a key such as `body/value`: the whole key first, then one step per part, as designers
 * write it.
 */
export function slashStep(value: Value, key: string, parts: readonly string[], isOptional: boolean): Value {
  if (isObject(value)) {
    const whole = property(value, key)
    if (whole !== undefined) return whole
    let current: Value = value
    for (const part of parts) current = step(current, partKey(current, part), isOptional)
    return current
  }
  return step(value, key, isOptional)
}

function partKey(value: Value, part: string): Value {
  return Array.isArray(value) && /^\d+$/.test(part) ? Number(part) : part
}

function missing(value: Value, key: Value) {
  const name = quoted(String(key))
  if (value === null)
    return expressionError('Expression.MissingProperty', `The part ${name} of the path was read from null.`, {
      hint: 'Write "?" before the path if parts of it may be absent.',
    })
  if (Array.isArray(value))
    return expressionError(
      'Expression.MissingProperty',
      `The index ${name} is outside the array of ${value.length} items.`,
    )
  const keys = Object.keys(value as ObjectValue)
    .slice(0, 20)
    .join(', ')
  return expressionError('Expression.MissingProperty', `The property ${name} does not exist.`, {
    hint: keys === '' ? 'The object is empty.' : `There are: ${keys.slice(0, 300)}.`,
  })
}

function notSelectable(rule: string, key: Value) {
  return expressionError('Expression.Type', `${rule}; the key is of type ${typeName(key)}.`)
}
