import { Decimal, isNumber, WholeFloat } from './numbers.ts'

/**
 * A value of the Workflow Definition Language. Plain JSON stays plain JSON: a whole `number` in the safe
 * range is an integer, any other `number` is a float. Integers beyond 2^53 are `bigint`, floats that are
 * whole (5.0) are `WholeFloat`, decimals keep their scale in `Decimal`.
 */
export type Value = null | boolean | string | number | bigint | WholeFloat | Decimal | Value[] | ObjectValue

/** Any key is data, `__proto__` included: never assign with `object[key] = …` for a key from outside. */
export interface ObjectValue {
  [key: string]: Value
}

/** Whether a value is an object of the language: not null, not an array, not a number in a wrapper. */
export function isObject(value: unknown): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WholeFloat) &&
    !(value instanceof Decimal)
  )
}

/** Sets an own property under any key, `__proto__` included. */
export function setOwn(target: ObjectValue, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
  else target[key] = value
}

/** The name of a value's type as messages of the platform show it: `Null`, `Integer`, `Object` … */
export function typeName(value: Value): string {
  if (value === null) return 'Null'
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Boolean'
  if (isNumber(value)) return numberTypeName(value)
  return Array.isArray(value) ? 'Array' : 'Object'
}

function numberTypeName(value: Value): string {
  if (value instanceof Decimal) return 'Decimal'
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? 'Integer' : 'Float'
}
