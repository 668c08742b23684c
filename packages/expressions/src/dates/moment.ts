/**
 * A point on the calendar, year 1 to 9999, to 100 ns. Calendar arithmetic is done on whole days, so that no
 * time zone of the machine plays a part.
 */
import { expressionError } from '../errors.ts'

export interface Moment {
  /** Whole milliseconds since 1970-01-01T00:00, of UTC or of an unnamed zone. */
  readonly ms: number
  /** Further units of 100 ns, 0 to 9999. */
  readonly fine: number
  /** Whether `ms` counts in UTC; otherwise the zone is unknown. */
  readonly isUtc: boolean
}

/** The parts of a moment; month and day count from 1, Sunday is weekday 0. */
export interface CalendarFields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 to 9,999,999 units of 100 ns. */
  readonly fraction: number
  readonly isUtc: boolean
}

export const dayMs = 86_400_000
const minMs = -62_135_596_800_000
const maxMs = 253_402_300_799_999

/** A moment of milliseconds, with a check of the range. @throws `Expression.Value` outside the years 1 to 9999 */
export function momentAt(ms: number, fine: number, isUtc: boolean): Moment {
  if (ms >= minMs && ms <= maxMs) return { ms, fine, isUtc }
  throw expressionError('Expression.Value', 'The date is outside the years 1 to 9999.')
}

/** The moment of a clock in ms since the epoch; a fraction of a millisecond is kept to 100 ns. */
export function momentOfClock(now: number): Moment {
  const units = Math.round((now - Math.floor(now)) * 10_000)
  return units === 10_000 ? momentAt(Math.floor(now) + 1, 0, true) : momentAt(Math.floor(now), units, true)
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The date of a number of days since 1970-01-01. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted + (shifted < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 }
}

/** Days of a month, leap years included. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The parts of a moment. */
export function fieldsOf({ ms, fine, isUtc }: Moment): CalendarFields {
  const days = Math.floor(ms / dayMs)
  const time = ms - days * dayMs
  const { year, month, day } = civilFromDays(days)
  return {
    year,
    month,
    day,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(time / 3_600_000),
    minute: Math.floor(time / 60_000) % 60,
    second: Math.floor(time / 1000) % 60,
    fraction: (time % 1000) * 10_000 + fine,
    isUtc,
  }
}

/** What a moment is made of when it is read from text. */
export interface MomentParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
  /** Units of 100 ns. */
  readonly fraction?: number
  /** Minutes east of UTC; absent when the text names no zone. */
  readonly offset?: number | undefined
}

/** The moment of its parts, moved to UTC when they name an offset; `undefined` when a part is out of range. */
export function momentOfParts(parts: MomentParts): Moment | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, offset } = parts
  const isDate =
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined
  if (offset !== undefined && Math.abs(offset) > 14 * 60) return undefined
  const time = ((hour * 60 + minute - (offset ?? 0)) * 60 + second) * 1000 + Math.floor(fraction / 10_000)
  const ms = daysFromCivil(year, month, day) * dayMs + time
  return ms < minMs || ms > maxMs ? undefined : { ms, fine: fraction % 10_000, isUtc: offset !== undefined }
}

/** Units of 100 ns since 0001-01-01. */
export function ticksOf({ ms, fine }: Moment): bigint {
  return BigInt(ms - minMs) * 10_000n + BigInt(fine)
}
