/** Reads timestamps as .NET does: ISO first, then free forms in the order and names of a culture. */
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { memoize } from '../text/bounded-memo.ts'
import { type DateCulture, dateCulture } from './date-culture.ts'
import { type Moment, type MomentParts, momentOfParts } from './moment.ts'

/** `2018-03-15T13:30:45` with a fraction and Z or nothing, by hand: what nearly every timestamp looks like. */
function parseUsual(text: string): Moment | undefined {
  const { length } = text
  if (length < 19 || length > 28 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined
  const isUtc = text.charCodeAt(length - 1) === 90
  const end = isUtc ? length - 1 : length
  const fraction =
    end === 19
      ? 0
      : text.charCodeAt(19) === 46 && end > 20
        ? digitsAt(text, 20, end) * 10 ** (27 - end)
        : Number.NaN
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 7)
  const day = digitsAt(text, 8, 10)
  const hour = digitsAt(text, 11, 13)
  const minute = digitsAt(text, 14, 16)
  const second = digitsAt(text, 17, 19)
  if (Number.isNaN(year + month + day + hour + minute + second + fraction) || end > 27) return undefined
  return momentOfParts({ year, month, day, hour, minute, second, fraction, offset: isUtc ? 0 : undefined })
}

/** The number that digits make; NaN when there is anything else. */
function digitsAt(text: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?$/

/**
 * The moment that a text names; in UTC when the text names a zone.
 * @throws `Expression.Value` when it names none
 */
export function parseMoment(text: string, locale = 'en-us'): Moment {
  const moment = parseUsual(text) ?? parseIso(text) ?? parseFree(text.trim(), dateCulture(locale))
  if (moment !== undefined) return moment
  throw expressionError('Expression.Value', `${quoted(text)} is not a date and time.`, {
    hint: 'Use the form 2018-03-15T13:30:45Z.',
  })
}

function parseIso(text: string): Moment | undefined {
  const match = iso.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction, utc, sign, hours, minutes] =
    match
  return momentOfParts({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction: fractionOf(fraction),
    offset: utc !== undefined ? 0 : offsetOf(sign, hours, minutes),
  })
}

/** Units of 100 ns of the digits after the point, rounded: 0 to 10,000,000, which is the next second. */
export function fractionOf(digits: string | undefined): number {
  if (digits === undefined) return 0
  return digits.length <= 7 ? Number(digits.padEnd(7, '0')) : Math.round(Number(`0.${digits}`) * 10_000_000)
}

/** Minutes east of UTC. */
export function offsetOf(sign: string | undefined, hours = '0', minutes = '0'): number | undefined {
  if (sign === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const timePattern = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?/
const zonePattern = /\s*(?:\b(?:Z|GMT|UTC)|([+-])(\d{1,2}):?(\d{2})?)$/i

function parseFree(text: string, culture: DateCulture): Moment | undefined {
  if (text.length > 100) return undefined
  const time = readTime(text, culture)
  if (time === undefined) return undefined
  const date = readDate(time.rest, culture)
  return date === undefined ? undefined : momentOfParts({ ...time, ...date })
}

type Time = Required<Pick<MomentParts, 'hour' | 'minute' | 'second' | 'fraction'>> & {
  readonly offset: number | undefined
  readonly rest: string
}

/** Takes the time of day and the zone out of a text; midnight when there is none. */
function readTime(text: string, culture: DateCulture): Time | undefined {
  const clock = timePattern.exec(text)
  const half = halfPattern(culture).exec(text)
  if (clock === null && half === null) return withoutTime(text)
  const before = text.slice(0, Math.min(clock?.index ?? text.length, half?.index ?? text.length))
  const rest = text.slice((clock?.index ?? 0) + (clock?.[0].length ?? 0))
  const zone = zonePattern.exec(
    clock === null ? text.slice((half?.index ?? 0) + (half?.[0].length ?? 0)) : rest,
  )
  const hour = hourOf(Number(clock?.[1] ?? half?.[1]), half?.[2], culture)
  if (hour === undefined) return undefined
  return {
    hour,
    minute: Number(clock?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
    fraction: fractionOf(clock?.[4]),
    offset: zone === null ? undefined : (offsetOf(zone[1], zone[2], zone[3]) ?? 0),
    rest: `${before.replace(/T$/i, '')} ${leftover(rest, half, zone)}`,
  }
}

function withoutTime(text: string): Time {
  return { hour: 0, minute: 0, second: 0, fraction: 0, offset: undefined, rest: text }
}

/** What stands after the time and is neither half of the day nor zone. */
function leftover(rest: string, half: RegExpExecArray | null, zone: RegExpExecArray | null): string {
  const withoutZone = zone === null ? rest : rest.slice(0, rest.length - zone[0].length)
  return half === null
    ? withoutZone
    : withoutZone.slice(withoutZone.indexOf(half[2] ?? '') + (half[2]?.length ?? 0))
}

/** `1:05 PM`, `1 PM`: the hour, and the word for the half of the day. */
function halfPattern({ am, pm }: DateCulture): RegExp {
  return halfPatternOf(`${am}\n${pm}`)
}

const halfPatternOf = memoize(100, (halves) => {
  const words = [...halves.split('\n'), 'AM', 'PM'].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(\\d{1,2})(?::\\d{2})*(?:[.,]\\d+)?\\s*(${words.join('|')})(?!\\p{L})`, 'iu')
})

function hourOf(hour: number, half: string | undefined, { pm }: DateCulture): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  const isAfternoon = half.toLowerCase() === 'pm' || half.toLowerCase() === pm.toLowerCase()
  return (hour % 12) + (isAfternoon ? 12 : 0)
}

type DateParts = Pick<MomentParts, 'year' | 'month' | 'day'>

function readDate(text: string, culture: DateCulture): DateParts | undefined {
  const words = text.match(/\d+|[\p{L}\p{M}]+/gu) ?? []
  if (/[^\d\p{L}\p{M}\s.,/-]/u.test(text)) return undefined
  const numbers = words.filter((word) => /^\d/.test(word))
  let month: number | undefined
  for (const word of words.filter((each) => !/^\d/.test(each))) {
    const named = monthNamed(word, culture)
    if (named !== undefined && month === undefined) month = named
    else if (!isIgnored(word, culture)) return undefined
  }
  return month === undefined ? dateOfNumbers(numbers, culture) : dateOfMonth(month, numbers)
}

const english = (): DateCulture => dateCulture('en-US')

function monthNamed(word: string, culture: DateCulture): number | undefined {
  const lists = [
    culture.months,
    culture.monthsOfDate,
    culture.shortMonths,
    english().months,
    english().shortMonths,
  ]
  for (const names of lists) {
    const index = names.findIndex((name) => sameWord(name, word))
    if (index >= 0) return index + 1
  }
  return undefined
}

function sameWord(name: string, word: string): boolean {
  return name.replace(/\.$/, '').toLowerCase() === word.toLowerCase()
}

/** Names of weekdays, and the words that the culture writes between the parts of a date. */
function isIgnored(word: string, culture: DateCulture): boolean {
  const names = [...culture.days, ...culture.shortDays, ...english().days, ...english().shortDays]
  if (names.some((name) => sameWord(name, word))) return true
  const between = culture.longDate.match(/'[^']*'/g) ?? []
  return between.some((literal) => literal.toLowerCase().includes(word.toLowerCase()))
}

function dateOfMonth(month: number, numbers: readonly string[]): DateParts | undefined {
  const [first = '', second] = numbers
  if (numbers.length > 2 || first === '') return undefined
  if (second === undefined) return first.length === 4 ? { year: Number(first), month, day: 1 } : undefined
  const [day, year] = first.length > 2 ? [second, first] : [first, second]
  return { year: yearOf(year), month, day: Number(day) }
}

function dateOfNumbers(numbers: readonly string[], culture: DateCulture): DateParts | undefined {
  if (numbers.length === 2) return dateOfYearAndMonth(numbers)
  if (numbers.length !== 3 || numbers.some((digits) => digits.length > 4)) return undefined
  const [a = '', b = '', c = ''] = numbers
  if (a.length > 2) return { year: yearOf(a), month: Number(b), day: Number(c) }
  const order = culture.shortDate.replace(/[^dMy]/g, '').replace(/(.)\1+/g, '$1')
  if (order === 'yMd' && c.length <= 2) return { year: yearOf(a), month: Number(b), day: Number(c) }
  const [month, day] = order === 'dMy' ? [b, a] : [a, b]
  return { year: yearOf(c), month: Number(month), day: Number(day) }
}

function dateOfYearAndMonth([a = '', b = '']: readonly string[]): DateParts | undefined {
  if (a.length === 4 && b.length <= 2) return { year: Number(a), month: Number(b), day: 1 }
  return b.length === 4 && a.length <= 2 ? { year: Number(b), month: Number(a), day: 1 } : undefined
}

/** Two digits mean the years 1950 to 2049. */
export function yearOf(digits: string): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  return year < 50 ? 2000 + year : 1900 + year
}
