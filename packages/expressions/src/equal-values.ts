import { compareNumbers } from './arithmetic.ts'
import { isNumber } from './numbers.ts'
import { isObject, type ObjectValue, type Value } from './value.ts'

/** Whether two values are equal: numbers by value across their kinds, text by code unit, the rest deeply. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b === 'string' || a === null || b === null) return false
  if (isNumber(a)) return isNumber(b) && compareNumbers(a, b) === 0
  if (Array.isArray(a)) return Array.isArray(b) && equalArrays(a, b)
  return isObject(a) && isObject(b) && equalObjects(a, b)
}

function equalArrays(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => equalValues(item, b[index] as Value))
}

function equalObjects(a: ObjectValue, b: ObjectValue): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key] as Value, b[key] as Value))
}
