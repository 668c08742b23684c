import { memoize } from '../text/bounded-memo.ts'
import type { DateCulture } from './date-culture.ts'
import { type DatePattern, type DateToken, readDatePattern } from './date-format.ts'
import { type CalendarFields, fieldsOf, type Moment } from './moment.ts'

type Emit = (fields: CalendarFields) => string

/** Formats are compiled once per locale and format. */
const compiledFor = memoize(100, (locale) =>
  memoize(100, (format) => compile(readDatePattern(format, locale))),
)

/**
 * A moment as text.
 * @param format of .NET: a standard letter or a pattern
 * @throws `Expression.Value` for a wrong format or locale
 */
export function formatMoment(moment: Moment, format: string, locale = 'en-us'): string {
  if (format === 'o') return roundTripText(fieldsOf(moment))
  return compiledFor(locale)(format)(fieldsOf(moment))
}

/** The default format, by hand: it is what nearly every date function gives. */
function roundTripText(f: CalendarFields): string {
  const date = `${pad(f.year, 4)}-${twoDigits(f.month)}-${twoDigits(f.day)}`
  const time = `${twoDigits(f.hour)}:${twoDigits(f.minute)}:${twoDigits(f.second)}.${fractionText(f.fraction)}`
  return `${date}T${time}${f.isUtc ? 'Z' : ''}`
}

const twoDigitTexts = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))

function twoDigits(value: number): string {
  return twoDigitTexts[value] as string
}

function fractionText(fraction: number): string {
  return fraction === 0 ? '0000000' : String(fraction + 10_000_000).slice(1)
}

function compile({ tokens, culture }: DatePattern): Emit {
  const hasDay = tokens.some((token) => token.kind === 'field' && token.letter === 'd' && token.count <= 2)
  const emitters = tokens.map((token, index) => emitterOf(token, culture, hasDay, tokens[index + 1]))
  return (fields) => {
    let text = ''
    for (const emit of emitters) text += emit(fields)
    return text
  }
}

function emitterOf(
  token: DateToken,
  culture: DateCulture,
  hasDay: boolean,
  next: DateToken | undefined,
): Emit {
  if (token.kind === 'field') return fieldEmitter(token.letter, token.count, culture, hasDay)
  const { text } = token
  // A point vanishes with the empty fraction after it.
  if (text === '.' && next?.kind === 'field' && next.letter === 'F')
    return (fields) => (shortFraction(fields, next.count) === '' ? '' : '.')
  return () => text
}

function fieldEmitter(letter: string, count: number, culture: DateCulture, hasDay: boolean): Emit {
  switch (letter) {
    case 'd':
      if (count > 2) return ({ weekday }) => (count > 3 ? culture.days : culture.shortDays)[weekday] ?? ''
      return ({ day }) => pad(day, count)
    case 'M':
      return monthEmitter(count, culture, hasDay)
    case 'y':
      return ({ year }) => pad(count <= 2 ? year % 100 : year, count)
    case 'h':
      return ({ hour }) => pad(hour % 12 || 12, Math.min(count, 2))
    case 'H':
      return ({ hour }) => pad(hour, Math.min(count, 2))
    case 'm':
      return ({ minute }) => pad(minute, Math.min(count, 2))
    case 's':
      return ({ second }) => pad(second, Math.min(count, 2))
    case 'f':
      return ({ fraction }) => fractionText(fraction).slice(0, count)
    case 'F':
      return (fields) => shortFraction(fields, count)
    case 't':
      return ({ hour }) => (hour < 12 ? culture.am : culture.pm).slice(0, count === 1 ? 1 : undefined)
    case 'z':
      return () => ['', '+0', '+00'][count] ?? '+00:00'
    case 'g':
      return () => 'A.D.'
    default:
      return ({ isUtc }) => (isUtc ? 'Z' : '')
  }
}

function monthEmitter(count: number, culture: DateCulture, hasDay: boolean): Emit {
  if (count <= 2) return ({ month }) => pad(month, count)
  const names = count === 3 ? culture.shortMonths : hasDay ? culture.monthsOfDate : culture.months
  return ({ month }) => names[month - 1] ?? ''
}

function shortFraction({ fraction }: CalendarFields, count: number): string {
  return fractionText(fraction).slice(0, count).replace(/0+$/, '')
}

function pad(value: number, length: number): string {
  if (length === 2 && value < 100) return twoDigits(value)
  if (length === 4 && value > 999) return String(value)
  return length === 1 ? String(value) : String(value).padStart(length, '0')
}
