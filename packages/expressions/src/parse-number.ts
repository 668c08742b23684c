import { Decimal } from './numbers.ts'

/**
 * Marks that numbers are written with in a culture; `invariant` is what literals and functions without a
 * locale use.
 */
export interface NumberMarks {
  readonly decimal: string
  readonly group: string
  readonly minus: string
  readonly plus: string
  readonly infinity: string
  readonly nan: string
}

export const invariantMarks: NumberMarks = {
  decimal: '.',
  group: ',',
  minus: '-',
  plus: '+',
  infinity: 'Infinity',
  nan: 'NaN',
}

export interface NumberShape {
  readonly allowsExponent: boolean
  readonly allowsTrailingSign: boolean
}

interface NumberParts {
  readonly sign: '' | '-'
  readonly whole: string
  readonly fraction: string
  readonly exponent: string
}

/** The parts of a number text in a culture: groups anywhere before the point, spaces around; else `undefined`. */
export function splitNumber(text: string, marks: NumberMarks, shape: NumberShape): NumberParts | undefined {
  let rest = text.trim()
  let sign = ''
  const leading = signAt(rest, marks)
  if (leading !== '') {
    sign = leading
    rest = rest.slice(1).trimStart()
  } else if (shape.allowsTrailingSign && rest !== '') {
    const trailing = signAt(rest.at(-1) ?? '', marks)
    if (trailing !== '') {
      sign = trailing
      rest = rest.slice(0, -1).trimEnd()
    }
  }
  const exponentAt = shape.allowsExponent ? rest.search(/[eE]/) : -1
  const exponent = exponentAt < 0 ? '' : rest.slice(exponentAt + 1)
  if (exponentAt >= 0 && !/^[+-]?\d{1,10}$/.test(exponent)) return undefined
  const number = exponentAt < 0 ? rest : rest.slice(0, exponentAt)
  const point = number.indexOf(marks.decimal)
  const grouped = point < 0 ? number : number.slice(0, point)
  const fraction = point < 0 ? '' : number.slice(point + marks.decimal.length)
  const whole = withoutGroups(grouped, marks)
  if (whole === undefined || !/^\d*$/.test(fraction) || whole + fraction === '') return undefined
  return { sign: sign === '-' ? '-' : '', whole, fraction, exponent }
}

function signAt(text: string, marks: NumberMarks): '' | '+' | '-' {
  const first = text[0]
  if (first === undefined) return ''
  if (first === '-' || first === marks.minus) return '-'
  return first === '+' || first === marks.plus ? '+' : ''
}

/** Digits of the part before the point; a group mark may stand anywhere after the first digit. */
function withoutGroups(text: string, marks: NumberMarks): string | undefined {
  if (text !== '' && !/^\d/.test(text)) return undefined
  const isSpace = /\s/.test(marks.group)
  const digits = isSpace ? text.replace(/\s/g, '') : text.split(marks.group).join('')
  return /^\d*$/.test(digits) ? digits : undefined
}

/** A double from text in a culture's marks; `undefined` when it is none. */
export function parseFloatText(text: string, marks: NumberMarks): number | undefined {
  const parts = splitNumber(text, marks, { allowsExponent: true, allowsTrailingSign: true })
  if (parts === undefined) return undefined
  const { sign, whole, fraction, exponent } = parts
  return Number(`${sign}${whole || '0'}.${fraction || '0'}e${exponent || '0'}`)
}

/** A decimal from invariant text, scale kept; `undefined` when it is none or beyond 96 bits. */
export function parseDecimal(text: string): Decimal | undefined {
  const parts = splitNumber(text, invariantMarks, { allowsExponent: false, allowsTrailingSign: true })
  if (parts === undefined || parts.whole.length > 40) return undefined
  for (let places = Math.min(parts.fraction.length, 28); places >= 0; places--) {
    const digits = BigInt(`${parts.sign}${parts.whole || '0'}${parts.fraction.slice(0, places)}`)
    if ((digits < 0n ? -digits : digits) < 1n << 96n) return new Decimal(digits, places)
  }
  return undefined
}
