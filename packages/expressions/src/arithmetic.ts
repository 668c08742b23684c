/**
 * Arithmetic of the language: integers are 64 bits, a float widens an integer, a decimal widens anything.
 * Integer and decimal overflow and division by zero are `Expression.Arithmetic`; floats overflow to Infinity and
 * divide by zero to Infinity or NaN.
 */
import { expressionError } from './errors.ts'
import { Decimal, floatValue, integerValue, isInteger, type NumberValue, toDouble } from './numbers.ts'
import { parseDecimal } from './parse-number.ts'

const minInteger = -(2n ** 63n)
const maxInteger = 2n ** 63n - 1n
const maxDigits = 2n ** 96n - 1n
const maxScale = 28

type Operation = 'add' | 'sub' | 'mul' | 'div' | 'mod'

/** Applies one of the five operations with the widening of the language. */
export function calculate(operation: Operation, a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Decimal || b instanceof Decimal) return ofDecimals(operation, toDecimal(a), toDecimal(b))
  if (isInteger(a) && isInteger(b)) return ofIntegers(operation, a, b)
  return ofFloats(operation, toDouble(a), toDouble(b))
}

function ofIntegers(operation: Operation, a: number | bigint, b: number | bigint): NumberValue {
  if ((operation === 'div' || operation === 'mod') && Number(b) === 0) throw divisionByZero()
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = quickInteger(operation, a, b)
    if (Number.isSafeInteger(quick)) return quick + 0
  }
  const exact = bigOperations[operation](BigInt(a), BigInt(b))
  if (exact < minInteger || exact > maxInteger) throw overflow('integer of 64 bits')
  return integerValue(exact)
}

/** Right whenever the result is a safe integer; the caller checks. */
function quickInteger(operation: Operation, a: number, b: number): number {
  if (operation === 'add') return a + b
  if (operation === 'sub') return a - b
  if (operation === 'mul') return a * b
  return operation === 'div' ? Math.trunc(a / b) : a % b
}

const bigOperations: Record<Operation, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
}

function ofFloats(operation: Operation, a: number, b: number): NumberValue {
  if (operation === 'add') return floatValue(a + b)
  if (operation === 'sub') return floatValue(a - b)
  if (operation === 'mul') return floatValue(a * b)
  return floatValue(operation === 'div' ? a / b : a % b)
}

function ofDecimals(operation: Operation, a: Decimal, b: Decimal): Decimal {
  if ((operation === 'div' || operation === 'mod') && b.digits === 0n) throw divisionByZero()
  if (operation === 'mul') return fitted(a.digits * b.digits, a.scale + b.scale)
  if (operation === 'div') return quotient(a, b)
  const scale = Math.max(a.scale, b.scale)
  return fitted(bigOperations[operation](rescaled(a, scale), rescaled(b, scale)), scale)
}

/** 28 places, then without the zeros that the division brought. */
function quotient(a: Decimal, b: Decimal): Decimal {
  const exponent = maxScale + b.scale - a.scale
  const shifted = exponent >= 0 ? a.digits * 10n ** BigInt(exponent) : a.digits
  let digits = roundedQuotient(shifted, exponent >= 0 ? b.digits : b.digits * 10n ** BigInt(-exponent))
  let scale = maxScale
  while (digits > maxDigits || digits < -maxDigits) {
    if (scale === 0) throw overflow('decimal')
    digits = roundedQuotient(digits, 10n)
    scale -= 1
  }
  while (scale > Math.max(0, a.scale - b.scale) && digits % 10n === 0n) {
    digits /= 10n
    scale -= 1
  }
  return new Decimal(digits, scale)
}

function rescaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale)
}

/** Rounds away digits that 96 bits or 28 places cannot hold. */
function fitted(digits: bigint, scale: number): Decimal {
  let surplus = Math.max(0, scale - maxScale)
  const size = digits < 0n ? -digits : digits
  while (size / 10n ** BigInt(surplus) > maxDigits) surplus += 1
  if (surplus > scale) throw overflow('decimal')
  return new Decimal(
    surplus === 0 ? digits : roundedQuotient(digits, 10n ** BigInt(surplus)),
    scale - surplus,
  )
}

/** Half to even, as .NET rounds decimals. */
function roundedQuotient(a: bigint, b: bigint): bigint {
  const whole = a / b
  const doubled = 2n * absolute(a % b)
  const away = a < 0n === b < 0n ? 1n : -1n
  if (doubled > absolute(b)) return whole + away
  return doubled === absolute(b) && whole % 2n !== 0n ? whole + away : whole
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** A number as a decimal; a float by its shortest text. @throws `Expression.Arithmetic` beyond 96 bits. */
export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value
  if (isInteger(value)) return new Decimal(BigInt(value), 0)
  const double = toDouble(value)
  const decimal = Number.isFinite(double) ? parseDecimal(expandedText(double)) : undefined
  if (decimal === undefined) throw overflow('decimal')
  return decimal
}

/** Digits without an exponent, of the 15 that .NET keeps when a double becomes a decimal. */
function expandedText(value: number): string {
  const rounded = Number(value.toPrecision(15))
  if (Math.abs(rounded) >= 1e21) return Math.abs(rounded) < 1e30 ? BigInt(rounded).toString() : ''
  const [mantissa = '', exponent = '0'] = rounded.toExponential().split('e')
  const places = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
  return rounded.toFixed(Math.min(Math.max(places, 0), maxScale))
}

/** Below zero, zero or above zero, by value across the kinds; NaN is below everything but NaN. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b)
  if (isExact(a) && isExact(b)) {
    const [left, right] = [toDecimal(a), toDecimal(b)]
    const scale = Math.max(left.scale, right.scale)
    const difference = rescaled(left, scale) - rescaled(right, scale)
    return difference === 0n ? 0 : difference < 0n ? -1 : 1
  }
  return compareDoubles(toDouble(a), toDouble(b))
}

function isExact(value: NumberValue): boolean {
  return value instanceof Decimal || isInteger(value)
}

function compareDoubles(a: number, b: number): number {
  if (a === b) return 0
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
  return Number.isNaN(b) || a > b ? 1 : -1
}

/** `base` to the power of `exponent`: an integer for integers when it fits, otherwise a float. */
export function power(base: NumberValue, exponent: NumberValue): NumberValue {
  const double = toDouble(base) ** toDouble(exponent)
  if (isInteger(base) && isInteger(exponent) && Number(exponent) >= 0) {
    if (Math.abs(double) > 2 ** 64) throw overflow('integer of 64 bits')
    const exact = BigInt(base) ** BigInt(exponent)
    if (exact < minInteger || exact > maxInteger) throw overflow('integer of 64 bits')
    return integerValue(exact)
  }
  return floatValue(double)
}

/** The widest kind among numbers, applied to one of them: what `max` and `min` give. */
export function widened(value: NumberValue, among: readonly NumberValue[]): NumberValue {
  if (among.some((other) => other instanceof Decimal)) return toDecimal(value)
  return among.every(isInteger) ? value : floatValue(toDouble(value))
}

/** Whether an integer fits 64 bits. */
export function fitsInteger(value: bigint): boolean {
  return value >= minInteger && value <= maxInteger
}

function divisionByZero() {
  return expressionError('Expression.Arithmetic', 'A number cannot be divided by zero.')
}

function overflow(kind: string) {
  return expressionError('Expression.Arithmetic', `The result does not fit a ${kind}.`)
}
