import { memoize } from '../text/bounded-memo.ts'
import type { DateCulture } from './date-culture.ts'
import { type DatePattern, type DateToken, readDatePattern } from './date-format.ts'
import { type CalendarFields, fieldsOf, type Moment } from './moment.ts'

type Emit = (fields: CalendarFields) => string

/** Formats are compiled once per locale and format. */
const compiled = memoize(500, (key) => {
  const split = key.indexOf('\n')
  return compile(readDatePattern(key.slice(split + 1), key.slice(0, split)))
})

/**
 * A moment as text.
 * @param format of .NET: a standard letter or a pattern
 * @throws `Expression.Value` for a wrong format or locale
 */
export function formatMoment(moment: Moment, format: string, locale = 'en-us'): string {
  if (format === 'o') return roundTripText(fieldsOf(moment))
  return compiled(`${locale}\n${format}`)(fieldsOf(moment))
}

/** The default format, by hand: it is what nearly every date function gives. */
function roundTripText(f: CalendarFields): string {
  const date = `${pad(f.year, 4)}-${pad(f.month, 2)}-${pad(f.day, 2)}`
  const time = `${pad(f.hour, 2)}:${pad(f.minute, 2)}:${pad(f.second, 2)}.${pad(f.fraction, 7)}`
  return `${date}T${time}${f.isUtc ? 'Z' : ''}`
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
      return ({ fraction }) => pad(fraction, 7).slice(0, count)
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
  return pad(fraction, 7).slice(0, count).replace(/0+$/, '')
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}
