/** Number formats of .NET: a standard letter with a precision, or a custom pattern. */
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { isInteger, type NumberValue, numberText, toDouble } from '../numbers.ts'
import { memoize } from './bounded-memo.ts'
import { boundedFormat } from './bounded-text.ts'
import { groupSizes, localeTag, numberMarks } from './culture.ts'
import { around, currencyStyle } from './currency.ts'
import { roundedDigits, scientificDigits } from './number-digits.ts'
import { formatByPattern } from './number-pattern.ts'

/** Digits that a precision may ask for. */
const maxPrecision = 999

/**
 * A number as text.
 * @param format `C D E F G N P R X` with a precision, or a pattern of `0 # . , % E0 ;`
 * @throws `Expression.Value` for a wrong format or locale
 */
export function formatNumber(value: NumberValue, format: string, locale: string): string {
  boundedFormat(format)
  const marks = numberMarks(locale)
  const double = toDouble(value)
  if (Number.isNaN(double)) return marks.nan
  if (!Number.isFinite(double)) return (double < 0 ? marks.minus : '') + marks.infinity
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format === '' ? 'G' : format)
  if (standard === null) return formatByPattern(value, format, locale)
  const [, letter = '', digits = ''] = standard
  const precision = digits === '' ? undefined : Number(digits)
  if ((precision ?? 0) > maxPrecision) throw wrongFormat(format)
  const write = writers.get(letter.toUpperCase())
  if (write === undefined) throw wrongFormat(format)
  return write({ value, precision, locale, letter, format })
}

interface Request {
  readonly value: NumberValue
  readonly precision: number | undefined
  readonly locale: string
  readonly letter: string
  readonly format: string
}

const writers = new Map<string, (request: Request) => string>([
  ['C', currency],
  ['D', integerDigits],
  ['E', exponential],
  ['F', ({ value, precision = 2, locale }) => signed(value, precision, locale, false)],
  ['G', general],
  ['N', ({ value, precision = 2, locale }) => signed(value, precision, locale, true)],
  ['P', percent],
  ['R', ({ value }) => numberText(value)],
  ['X', hexadecimal],
])

function signed(value: NumberValue, places: number, locale: string, isGrouped: boolean): string {
  const { isNegative, text } = magnitude(value, places, locale, isGrouped, 0)
  return isNegative ? numberMarks(locale).minus + text : text
}

function magnitude(value: NumberValue, places: number, locale: string, isGrouped: boolean, shift: number) {
  const { decimal, group } = numberMarks(locale)
  const { isNegative, whole, fraction } = roundedDigits(value, places, shift)
  const digits = isGrouped ? grouped(whole, group, groupSizes(locale)) : whole
  return { isNegative, text: fraction === '' ? digits : digits + decimal + fraction }
}

/** Digits with a mark between groups; the last size repeats. */
export function grouped(digits: string, mark: string, sizes: readonly number[]): string {
  const groups: string[] = []
  let end = digits.length
  for (let index = 0; end > 0; index++) {
    const size = sizes[Math.min(index, sizes.length - 1)] ?? 3
    groups.unshift(digits.slice(Math.max(0, end - size), end))
    end -= size
  }
  return groups.join(mark)
}

function currency({ value, precision, locale }: Request): string {
  const style = currencyStyle(locale)
  const { isNegative, text } = magnitude(value, precision ?? style.places, locale, true, 0)
  const [before, after] = isNegative ? style.negative : style.positive
  return before + text + after
}

const percentStyle = memoize(100, (locale) => {
  if (locale === '') return { positive: ['', ' %'], negative: ['-', ' %'] } as const
  const format = new Intl.NumberFormat(localeTag(locale), { style: 'percent', numberingSystem: 'latn' })
  return { positive: around(format.formatToParts(1)), negative: around(format.formatToParts(-1)) }
})

function percent({ value, precision = 2, locale }: Request): string {
  const { isNegative, text } = magnitude(value, precision, locale, true, 2)
  const [before, after] = isNegative ? percentStyle(locale).negative : percentStyle(locale).positive
  return before + text + after
}

function integerOf({ value, format }: Request): bigint {
  if (isInteger(value)) return BigInt(value)
  throw expressionError('Expression.Value', `The format ${quoted(format)} is for integers only.`)
}

function integerDigits(request: Request): string {
  const integer = integerOf(request)
  const digits = (integer < 0n ? -integer : integer).toString().padStart(request.precision ?? 1, '0')
  return integer < 0n ? numberMarks(request.locale).minus + digits : digits
}

function hexadecimal(request: Request): string {
  const integer = BigInt.asUintN(64, integerOf(request))
  const digits = integer.toString(16).padStart(request.precision ?? 1, '0')
  return request.letter === 'X' ? digits.toUpperCase() : digits
}

function exponential({ value, precision = 6, locale, letter }: Request): string {
  const { decimal, minus } = numberMarks(locale)
  const { digits, exponent } = scientificDigits(value, precision)
  const sign = toDouble(value) < 0 ? minus : ''
  const fraction = precision === 0 ? '' : decimal + digits.slice(1)
  const size = String(Math.abs(exponent)).padStart(3, '0')
  return `${sign}${digits[0]}${fraction}${letter}${exponent < 0 ? minus : '+'}${size}`
}

/** The shorter of plain and scientific, by the number of significant digits. */
function general(request: Request): string {
  const { value, precision = 0, locale, letter } = request
  const { decimal, minus } = numberMarks(locale)
  if (precision === 0) return numberText(value).replace('-', minus).replace('.', decimal)
  const { digits, exponent } = scientificDigits(value, precision - 1)
  const significant = digits.replace(/0+$/, '') || '0'
  const sign = toDouble(value) < 0 ? minus : ''
  if (exponent >= precision || exponent < -5) {
    const fraction = significant.length > 1 ? decimal + significant.slice(1) : ''
    const mark = letter === 'g' ? 'e' : 'E'
    return `${sign}${significant[0]}${fraction}${mark}${exponent < 0 ? minus : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const places = Math.max(0, significant.length - 1 - exponent)
  const { whole, fraction } = roundedDigits(value, places)
  return sign + whole + (fraction === '' ? '' : decimal + fraction)
}

function wrongFormat(format: string) {
  return expressionError('Expression.Value', `${quoted(format)} is not a format of numbers.`, {
    hint: 'Use C, D, E, F, G, N, P, R or X with a precision, or a pattern such as "#,##0.00".',
  })
}
