import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'

/** An own member; definitions come from outside, so inherited names such as `constructor` do not count. */
export function member(value: Value | undefined, key: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** An own member that is an object; an empty one otherwise. */
export function objectAt(value: Value | undefined, key: string): ObjectValue {
  const found = member(value, key)
  return isObject(found) ? found : {}
}

/** An own member that is an array; an empty one otherwise. */
export function arrayAt(value: Value | undefined, key: string): readonly Value[] {
  const found = member(value, key)
  return Array.isArray(found) ? found : []
}

/** An own member that is a text. */
export function textAt(value: Value | undefined, key: string): string | undefined {
  const found = member(value, key)
  return typeof found === 'string' ? found : undefined
}

/** The texts of an own member that is an array. */
export function textsAt(value: Value | undefined, key: string): readonly string[] {
  return arrayAt(value, key).filter((entry) => typeof entry === 'string')
}

/** Whether an own member says yes: `true`, or a text that reads so, as files write either. */
export function isTrueAt(value: Value | undefined, key: string): boolean {
  const found = member(value, key)
  return found === true || (typeof found === 'string' && found.toLowerCase() === 'true')
}
