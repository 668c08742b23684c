/**
 * Prints values as JSON in one of two manners: exact, for what is stored and read back, and the platform's,
 * for what becomes text. Values of plain JSON, nearly all, take the way of `JSON.stringify` in both.
 */
import { expressionError } from '../errors.ts'
import { maxJsonDepth } from '../limits.ts'
import { Decimal, decimalText, floatText, type NumberValue, WholeFloat } from '../numbers.ts'
import type { ObjectValue, Value } from '../value.ts'
import { readsAsDecimal } from './parse-json.ts'

/**
 * JSON text that `parseJson` reads back as the same value, number kinds included; a member that is
 * `undefined` is left out.
 * @throws `Expression.Limit` when the value nests more than 2,000 deep.
 */
export function printJson(value: Value): string {
  return print(value, exact)
}

/**
 * Compact JSON as the platform shows it inside text: floats and decimals show a point, NaN is a string, line
 * separators are escaped.
 * @throws `Expression.Limit` when the value nests more than 2,000 deep.
 */
export function compactJson(value: Value): string {
  // They occur only inside strings.
  return print(value, compact).replace(/[\u0085\u2028\u2029]/g, escaped)
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

interface Manner {
  /** Whether `JSON.stringify` prints this number right. */
  isPlain(value: number): boolean
  number(value: NumberValue): string
  key(key: string): string
}

const exact: Manner = {
  // A float from 2^53 up to 1e21 prints like an integer.
  isPlain: (value) =>
    Number.isSafeInteger(value) || (Number.isFinite(value) && (value % 1 !== 0 || Math.abs(value) >= 1e21)),
  number(value) {
    if (typeof value === 'number' && !Number.isFinite(value)) return `{"$number":"${value}"}`
    if (typeof value === 'number' && !exact.isPlain(value)) return `${value}.0`
    if (value instanceof WholeFloat) return wholeText(value)
    return value instanceof Decimal ? exactDecimalText(value) : String(value)
  },
  // The escape keeps data apart from the form in which NaN travels.
  key: (key) => (key === '$number' ? '"\\u0024number"' : JSON.stringify(key)),
}

const compact: Manner = {
  isPlain: (value) =>
    Number.isSafeInteger(value) || (value % 1 !== 0 && Math.abs(value) < 1e15 && Math.abs(value) >= 1e-4),
  number(value) {
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof WholeFloat) return wholeText(value)
    if (value instanceof Decimal) return value.scale === 0 ? `${value.digits}.0` : decimalText(value)
    return Number.isFinite(value) ? floatText(value) : `"${value}"`
  },
  key: JSON.stringify,
}

function print(value: Value, manner: Manner): string {
  return isPlain(value, manner, 0) ? JSON.stringify(value) : text(value, manner, 0)
}

function isPlain(value: Value, manner: Manner, depth: number): boolean {
  if (typeof value === 'number') return manner.isPlain(value)
  if (typeof value === 'bigint') return false
  if (typeof value !== 'object' || value === null) return true
  if (depth >= maxJsonDepth) throw tooDeep()
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, manner, depth + 1)) return false
    return true
  }
  if (value instanceof WholeFloat || value instanceof Decimal || Object.hasOwn(value, '$number')) return false
  for (const key in value) if (!isPlain(value[key] as Value, manner, depth + 1)) return false
  // JSON.stringify would call it.
  return typeof value.toJSON !== 'function'
}

function text(value: Value, manner: Manner, depth: number): string {
  if (typeof value === 'number' || typeof value === 'bigint') return manner.number(value)
  if (value instanceof WholeFloat || value instanceof Decimal) return manner.number(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (depth >= maxJsonDepth) throw tooDeep()
  if (Array.isArray(value)) return `[${value.map((item) => text(item, manner, depth + 1)).join(',')}]`
  return objectText(value, manner, depth)
}

function objectText(value: ObjectValue, manner: Manner, depth: number): string {
  const members: string[] = []
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member !== undefined) members.push(`${manner.key(key)}:${text(member, manner, depth + 1)}`)
  }
  return `{${members.join(',')}}`
}

function wholeText({ value }: WholeFloat): string {
  return Object.is(value, -0) ? '-0.0' : `${value}.0`
}

function exactDecimalText(value: Decimal): string {
  const plain = decimalText(value)
  return readsAsDecimal(plain) ? plain : `${value.digits}E${value.scale === 0 ? '0' : `-${value.scale}`}`
}

function tooDeep() {
  return expressionError('Expression.Limit', 'The value nests too deeply to be printed.')
}
