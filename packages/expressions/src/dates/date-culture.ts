/** Names, patterns and marks of dates in a culture, taken from Intl and put into the pattern letters of .NET. */
import { memoize } from '../text/bounded-memo.ts'
import { localeTag } from '../text/culture.ts'

export interface DateCulture {
  readonly months: readonly string[]
  /** As they stand beside a day: `января`, not `январь`. */
  readonly monthsOfDate: readonly string[]
  readonly shortMonths: readonly string[]
  readonly days: readonly string[]
  readonly shortDays: readonly string[]
  readonly am: string
  readonly pm: string
  readonly dateSeparator: string
  readonly timeSeparator: string
  /** Patterns of the standard letters d, D, t, T, M and Y. */
  readonly shortDate: string
  readonly longDate: string
  readonly shortTime: string
  readonly longTime: string
  readonly monthDay: string
  readonly yearMonth: string
}

/** The culture of a locale. @throws `Expression.Value` for a locale nobody knows */
export const dateCulture: (locale: string) => DateCulture = memoize(100, (locale) =>
  locale === '' ? invariantCulture() : makeCulture(localeTag(locale)),
)

/** The culture of the empty name: English words in patterns of its own. */
function invariantCulture(): DateCulture {
  return {
    ...makeCulture('en-US'),
    shortDate: 'MM/dd/yyyy',
    longDate: 'dddd, dd MMMM yyyy',
    shortTime: 'HH:mm',
    longTime: 'HH:mm:ss',
    monthDay: 'MMMM dd',
    yearMonth: 'yyyy MMMM',
  }
}

type Options = Intl.DateTimeFormatOptions

function makeCulture(tag: string): DateCulture {
  const parts = (options: Options, date: number) => partsOf(tag, options, date)
  const name = (options: Options, type: string, date: number) =>
    parts(options, date).find((part) => part.type === type)?.value ?? ''
  const months = (options: Options) =>
    Array.from({ length: 12 }, (_, month) => name(options, 'month', Date.UTC(2005, month, 5)))
  const days = (weekday: 'long' | 'short') =>
    Array.from({ length: 7 }, (_, day) => name({ weekday }, 'weekday', Date.UTC(2005, 4, day + 1)))
  const names = {
    months: months({ month: 'long' }),
    monthsOfDate: months({ month: 'long', day: 'numeric' }),
    shortMonths: months({ month: 'short' }),
    days: days('long'),
    shortDays: days('short'),
  }
  const pattern = (options: Options) => patternOf(parts(options, probe), names)
  const shortDate = pattern({ dateStyle: 'short' }).replace(/\by+/, 'yyyy')
  const shortTime = pattern({ timeStyle: 'short' })
  return {
    ...names,
    am: name({ hour: 'numeric', hour12: true }, 'dayPeriod', Date.UTC(2005, 2, 5, 3)) || 'AM',
    pm: name({ hour: 'numeric', hour12: true }, 'dayPeriod', Date.UTC(2005, 2, 5, 15)) || 'PM',
    dateSeparator: /^[a-z]+[^a-z]+/i.exec(shortDate)?.[0].replace(/[a-z' ]/gi, '') || '/',
    timeSeparator: /h+'?([^hm']+)/i.exec(shortTime)?.[1] ?? ':',
    shortDate,
    longDate: pattern({ dateStyle: 'full' }),
    shortTime,
    longTime: pattern({ timeStyle: 'medium' }),
    monthDay: pattern({ month: 'long', day: 'numeric' }),
    yearMonth: pattern({ year: 'numeric', month: 'long' }),
  }
}

/** Saturday, 5 March 2005, 03:04:06: every part shows whether it is padded. */
const probe = Date.UTC(2005, 2, 5, 3, 4, 6)

function partsOf(tag: string, options: Options, date: number): Intl.DateTimeFormatPart[] {
  const all = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC', ...options }
  return new Intl.DateTimeFormat(tag, all).formatToParts(date)
}

type Names = Pick<DateCulture, 'months' | 'monthsOfDate' | 'shortMonths' | 'days'>

function patternOf(parts: readonly Intl.DateTimeFormatPart[], names: Names): string {
  const hasDayPeriod = parts.some((part) => part.type === 'dayPeriod')
  return parts.map(({ type, value }) => letters(type, value, hasDayPeriod, names)).join('')
}

function letters(type: string, value: string, hasDayPeriod: boolean, names: Names): string {
  switch (type) {
    case 'weekday':
      return names.days.includes(value) ? 'dddd' : 'ddd'
    case 'day':
      return value.length > 1 ? 'dd' : 'd'
    case 'month':
      return monthLetters(value, names)
    case 'year':
      return 'yyyy'
    case 'hour':
      return (hasDayPeriod ? 'h' : 'H').repeat(value.length)
    case 'minute':
      return 'mm'
    case 'second':
      return 'ss'
    case 'dayPeriod':
      return 'tt'
    default:
      return literal(value)
  }
}

function monthLetters(value: string, names: Names): string {
  if (/^\d+$/.test(value)) return value.length > 1 ? 'MM' : 'M'
  return names.months.includes(value) || names.monthsOfDate.includes(value) ? 'MMMM' : 'MMM'
}

/** Newer data separate the day period by a narrow space where .NET has a plain one. */
function literal(value: string): string {
  const plain = value.replace(/[\u202f\u00a0]/g, ' ')
  return /[\p{L}]/u.test(plain) ? `'${plain.replaceAll("'", "\\'")}'` : plain
}
