import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import type { DateCulture } from './date-culture.ts'
import { readDatePattern } from './date-format.ts'
import { type Moment, type MomentParts, momentOfParts } from './moment.ts'
import { fractionOf, offsetOf, yearOf } from './parse-date.ts'

/**
 * The moment of a text that has exactly the form of a format.
 * @throws `Expression.Value` when the text or the format does not fit
 */
export function parseExact(text: string, format: string, locale: string): Moment {
  if (text.length > longestText || format.length > longestText) throw mismatch(text, format)
  const { tokens, culture } = readDatePattern(format, locale)
  const found: Found = {}
  let at = 0
  for (const token of tokens) {
    const length: number | undefined =
      token.kind === 'text'
        ? lengthOfText(text, at, token.text)
        : readField(text.slice(at), token.letter, token.count, culture, found)
    if (length === undefined) throw mismatch(text, format)
    at += length
  }
  const moment = at === text.length ? momentOfParts(partsOf(found)) : undefined
  if (moment === undefined) throw mismatch(text, format)
  return moment
}

/** Names are looked for in all of the rest of a text, so a long one would take time by its square. */
const longestText = 500

interface Found {
  year?: number
  month?: number
  day?: number
  hour?: number
  minute?: number
  second?: number
  fraction?: number
  offset?: number
  isAfternoon?: boolean
}

function partsOf(found: Found): MomentParts {
  const { hour = 0, isAfternoon } = found
  const fullHour = isAfternoon === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0)
  return { year: 1, month: 1, day: 1, ...found, hour: fullHour }
}

function lengthOfText(text: string, at: number, expected: string): number | undefined {
  return text.startsWith(expected, at) ? expected.length : undefined
}

/** Reads one field at the start of `rest` into `found`; gives the length read. */
function readField(
  rest: string,
  letter: string,
  count: number,
  culture: DateCulture,
  found: Found,
): number | undefined {
  switch (letter) {
    case 'd':
      return count > 2
        ? readName(rest, count > 3 ? culture.days : culture.shortDays)?.length
        : readNumber(rest, count, 2, (day) => assign(found, { day }))
    case 'M':
      return count > 2
        ? readMonth(rest, count, culture, found)
        : readNumber(rest, count, 2, (month) => assign(found, { month }))
    case 'y':
      return readNumber(rest, count, Math.max(count, 2), (year, digits) =>
        assign(found, { year: count <= 2 ? yearOf(digits) : year }),
      )
    case 'h':
    case 'H':
      return readNumber(rest, count, 2, (hour) => assign(found, { hour }))
    case 'm':
      return readNumber(rest, count, 2, (minute) => assign(found, { minute }))
    case 's':
      return readNumber(rest, count, 2, (second) => assign(found, { second }))
    case 'f':
      return readFraction(rest, new RegExp(`^\\d{${count}}`), found)
    case 'F':
      return readFraction(rest, new RegExp(`^\\d{0,${count}}`), found)
    case 't':
      return readHalf(rest, count, culture, found)
    case 'z':
    case 'K':
      return readZone(rest, letter, found)
    default:
      return rest.startsWith('A.D.') ? 4 : undefined
  }
}

function assign(found: Found, part: Found): void {
  Object.assign(found, part)
}

function readNumber(
  rest: string,
  count: number,
  most: number,
  take: (value: number, digits: string) => void,
): number | undefined {
  const digits = new RegExp(count === 1 ? `^\\d{1,${most}}` : `^\\d{${most}}`).exec(rest)?.[0]
  if (digits === undefined) return undefined
  take(Number(digits), digits)
  return digits.length
}

/** The longest of the names that the text starts with, ignoring case. */
function readName(rest: string, names: readonly string[]): { index: number; length: number } | undefined {
  const lower = rest.toLowerCase()
  const fitting = names
    .map((name, index) => ({ index, length: name.length, fits: lower.startsWith(name.toLowerCase()) }))
    .filter((name) => name.fits && name.length > 0)
  return fitting.sort((a, b) => b.length - a.length)[0]
}

function readMonth(rest: string, count: number, culture: DateCulture, found: Found): number | undefined {
  const name =
    count === 3
      ? readName(rest, culture.shortMonths)
      : (readName(rest, culture.monthsOfDate) ?? readName(rest, culture.months))
  if (name !== undefined) found.month = name.index + 1
  return name?.length
}

function readFraction(rest: string, pattern: RegExp, found: Found): number | undefined {
  const digits = pattern.exec(rest)?.[0]
  if (digits !== undefined) found.fraction = fractionOf(digits)
  return digits?.length
}

function readHalf(rest: string, count: number, { am, pm }: DateCulture, found: Found): number | undefined {
  const words = count === 1 ? [am.slice(0, 1), pm.slice(0, 1)] : [am, pm]
  const name = readName(rest, words)
  if (name !== undefined) found.isAfternoon = name.index === 1
  return name?.length
}

function readZone(rest: string, letter: string, found: Found): number | undefined {
  const match = /^(?:(Z)|([+-])(\d{1,2})(?::?(\d{2}))?)/.exec(rest)
  if (match === null) return letter === 'K' ? 0 : undefined
  found.offset = match[1] === undefined ? (offsetOf(match[2], match[3], match[4]) ?? 0) : 0
  return match[0].length
}

function mismatch(text: string, format: string) {
  return expressionError('Expression.Value', `${quoted(text)} does not have the form ${quoted(format)}.`)
}
