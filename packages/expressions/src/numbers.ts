/** A float whose value is a whole number, such as 5.0; every other float is a plain `number`. */
export class WholeFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A decimal of up to 29 digits, `digits` × 10^-`scale`; 5.0000 is `new Decimal(50000n, 4)`. */
export class Decimal {
  readonly digits: bigint
  readonly scale: number
  constructor(digits: bigint, scale: number) {
    this.digits = digits
    this.scale = scale
  }
}

/** Any of the four ways a number of the language is held. */
export type NumberValue = number | bigint | WholeFloat | Decimal

/** The value for a float: whole ones in the safe range are wrapped, so that 5.0 stays a float. */
export function floatValue(value: number): number | WholeFloat {
  return Number.isSafeInteger(value) ? new WholeFloat(value) : value
}

/** The value for an integer: a plain `number` in the safe range, `bigint` beyond it. */
export function integerValue(value: bigint): number | bigint {
  const asNumber = Number(value)
  return Number.isSafeInteger(asNumber) ? asNumber : value
}

/** Whether a value is a number of any of the four kinds. */
export function isNumber(value: unknown): value is NumberValue {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof WholeFloat ||
    value instanceof Decimal
  )
}

/** Whether a value is an integer of the language; 5.0 is none. */
export function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'bigint'
}

/** The nearest double of any number. */
export function toDouble(value: NumberValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return value instanceof WholeFloat ? value.value : Number(decimalText(value))
}

/** A decimal in digits with its scale: `5.0000`, `-0.25`. */
export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString()
  if (scale === 0) return sign + text
  const padded = text.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** The shortest text that reads back as the same double, written as .NET does: `1.5`, `1E+15`, `1E-05`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return '-0'
  const plain = String(value)
  if (!plain.includes('e') && Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) >= 1e-4)) return plain
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const size = Math.abs(Number(exponent))
  if (Number(exponent) < 15 && Number(exponent) > -5) return plain
  return `${mantissa}E${exponent.startsWith('-') ? '-' : '+'}${String(size).padStart(2, '0')}`
}

/** A number as text, as interpolation prints it; a whole float has no `.0`. */
export function numberText(value: NumberValue): string {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Decimal) return decimalText(value)
  const double = value instanceof WholeFloat ? value.value : value
  return Number.isSafeInteger(value) ? String(value) : floatText(double)
}
