import { compareNumbers } from './arithmetic.ts'
import { Decimal, decimalText, isNumber, type NumberValue, WholeFloat } from './numbers.ts'
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

/** A text that two values share exactly when they are equal; for sets of values. */
export function identityText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isNumber(value)) return numberIdentity(value)
  if (Array.isArray(value)) return `[${value.map(identityText).join(',')}]`
  if (!isObject(value)) return String(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${identityText(value[key] as Value)}`).join(',')}}`
}

function numberIdentity(value: NumberValue): string {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Decimal) return decimalText(value).replace(/\.0*$|(\.\d*?)0+$/, '$1')
  const double = value instanceof WholeFloat ? value.value : value
  if (Object.is(double, -0)) return '0'
  return Number.isInteger(double) ? BigInt(double).toString() : String(double)
}
