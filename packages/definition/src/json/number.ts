import type { Value } from '@flowstead/expressions'

/** The value of a JSON number. */
export function readNumber(source: string): Value {
  return Number(source)
}

/** JSON text of a value. */
export function printExact(value: Value): string {
  return JSON.stringify(value)
}
