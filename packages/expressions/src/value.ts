import type { Decimal, WholeFloat } from './numbers.ts'

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
