import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'

/** The object's own member; `undefined` when `value` is no object or has no such key. */
export function member(value: Value | undefined, key: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Follows keys; `undefined` as soon as one is missing. */
export function memberAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let current = value
  for (const key of keys) current = member(current, key)
  return current
}

/** A member that is an object, else `undefined`. */
export function objectMember(value: Value | undefined, key: string): ObjectValue | undefined {
  const found = member(value, key)
  return isObject(found) ? found : undefined
}

/** A member that is a string, else `undefined`. */
export function textMember(value: Value | undefined, key: string): string | undefined {
  const found = member(value, key)
  return typeof found === 'string' ? found : undefined
}

/** Key and value of every own member; nothing for what is no object. */
export function members(value: Value | undefined): [string, Value][] {
  return isObject(value) ? Object.entries(value) : []
}
