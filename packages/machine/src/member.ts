import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'

/** A member by its name, spelled exactly or else in any case; `undefined` when there is none. */
export function member(object: Value | undefined, name: string): Value | undefined {
  if (!isObject(object)) return undefined
  if (Object.hasOwn(object, name)) return object[name]
  const lower = name.toLowerCase()
  const key = Object.keys(object).find((each) => each.toLowerCase() === lower)
  return key === undefined ? undefined : object[key]
}

/** A nested member; `undefined` when a part of the way is missing. */
export function memberAt(object: Value | undefined, ...names: string[]): Value | undefined {
  return names.reduce<Value | undefined>((value, name) => member(value, name), object)
}

/** A member that is text; `undefined` when it is absent or something else. */
export function textMember(object: Value | undefined, name: string): string | undefined {
  const value = member(object, name)
  return typeof value === 'string' ? value : undefined
}

/** The members of an object; none for anything else. */
export function membersOf(object: Value | undefined): [string, Value][] {
  return isObject(object) ? Object.entries(object) : []
}

/** The object itself; an empty one for anything else. */
export function asObject(value: Value | undefined): ObjectValue {
  return isObject(value) ? value : {}
}
