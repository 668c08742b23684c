import { Decimal, decimalText, isInteger, type NumberValue, toDouble } from '../numbers.ts'

/** The digits of a finite number around its point, without sign. */
export interface Digits {
  readonly isNegative: boolean
  /** Without leading zeros; `0` when there is nothing before the point. */
  readonly whole: string
  readonly fraction: string
}

/** A number to a number of places, half away from zero, shifted left by `shift` powers of ten. */
export function roundedDigits(value: NumberValue, places: number, shift = 0): Digits {
  const text = isExact(value) ? exactText(value) : floatDigits(toDouble(value), Math.max(0, places + shift))
  return roundText(shiftText(text, shift), places)
}

/** As `roundedDigits`, for formats that see only 15 digits of a double. */
export function roundedDigits15(value: NumberValue, places: number, shift = 0): Digits {
  if (isExact(value)) return roundedDigits(value, places, shift)
  return roundText(shiftText(plainText(toDouble(value).toPrecision(15)), shift), places)
}

/** The significant digits of a number and the power of ten of the first. */
export function scientificDigits(value: NumberValue, places: number): { digits: string; exponent: number } {
  if (!isExact(value)) {
    const [mantissa = '', exponent = '0'] = Math.abs(toDouble(value))
      .toExponential(Math.min(places, 100))
      .split('e')
    return { digits: mantissa.replace('.', '').padEnd(places + 1, '0'), exponent: Number(exponent) }
  }
  const text = exactText(value).replace('-', '')
  const point = text.includes('.') ? text.indexOf('.') : text.length
  const all = text.replace('.', '')
  const first = all.search(/[1-9]/)
  if (first < 0) return { digits: '0'.repeat(places + 1), exponent: 0 }
  const { whole, fraction } = roundText(`${all[first]}.${all.slice(first + 1)}`, places)
  const carried = whole.length - 1
  return { digits: (whole + fraction).slice(0, places + 1), exponent: point - 1 - first + carried }
}

function isExact(value: NumberValue): value is Decimal | number | bigint {
  return value instanceof Decimal || isInteger(value)
}

function exactText(value: NumberValue): string {
  return value instanceof Decimal ? decimalText(value) : String(value)
}

/** Enough digits of a double that rounding its text rounds its exact value. */
function floatDigits(value: number, places: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString()
  return value.toFixed(Math.min(places, 100))
}

/** A text of `toPrecision` without its exponent. */
function plainText(text: string): string {
  const [mantissa = '', exponent] = text.split('e')
  return exponent === undefined ? text : shiftText(mantissa, Number(exponent))
}

function shiftText(text: string, shift: number): string {
  if (shift === 0) return text
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length).split('.')
  if (shift > 0) {
    const padded = fraction.padEnd(shift, '0')
    return `${sign}${whole}${padded.slice(0, shift)}.${padded.slice(shift)}`
  }
  const padded = whole.padStart(1 - shift, '0')
  return `${sign}${padded.slice(0, shift)}.${padded.slice(shift)}${fraction}`
}

function roundText(text: string, places: number): Digits {
  const isNegative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const kept = fraction.slice(0, places).padEnd(places, '0')
  const isUp = (fraction[places] ?? '0') >= '5'
  const digits = BigInt(whole + kept) + (isUp ? 1n : 0n)
  const all = digits.toString().padStart(places + 1, '0')
  return { isNegative, whole: all.slice(0, all.length - places), fraction: all.slice(all.length - places) }
}
