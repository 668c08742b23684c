import { formatMoment } from '../dates/format-date.ts'
import {
  dayMs,
  daysFromCivil,
  fieldsOf,
  type Moment,
  momentAt,
  momentOfClock,
  ticksOf,
} from '../dates/moment.ts'
import { parseMoment } from '../dates/parse-date.ts'
import { parseExact } from '../dates/parse-exact.ts'
import { formatSpan, parseSpan, spanText } from '../dates/time-span.ts'
import { addUnits } from '../dates/time-unit.ts'
import { fromZone, toZone, zoneNamed } from '../dates/zones.ts'
import { integerValue } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import { define, type Example, type FunctionDefinition } from './function-row.ts'

type Count = number | bigint

/** A row for `addDays` and its siblings. */
function adding(unit: string, description: string, example: Example): FunctionDefinition {
  return {
    args: ['timestamp: string', 'count: integer', 'format?: string'],
    result: 'string',
    description,
    examples: [example],
    call: (timestamp: string, count: Count, format = 'o') =>
      formatMoment(addUnits(parseMoment(timestamp), count, unit), format),
  }
}

/** A row for `startOfDay` and its siblings. */
function startOf(
  start: (moment: Moment) => number,
  description: string,
  example: Example,
): FunctionDefinition {
  return {
    args: ['timestamp: string', 'format?: string'],
    result: 'string',
    description,
    examples: [example],
    call(timestamp: string, format = 'o') {
      const moment = parseMoment(timestamp)
      return formatMoment(momentAt(start(moment), 0, moment.isUtc), format)
    },
  }
}

function startOfMonth(moment: Moment): number {
  const { year, month } = fieldsOf(moment)
  return daysFromCivil(year, month, 1) * dayMs
}

function dayOfYear(timestamp: string): number {
  const moment = parseMoment(timestamp)
  return Math.floor(moment.ms / dayMs) - daysFromCivil(fieldsOf(moment).year, 1, 1) + 1
}

function parseDateTime(text: string, locale = 'en-us', format?: string): string {
  const moment = format === undefined ? parseMoment(text, locale) : parseExact(text, format, locale)
  return formatMoment(moment, 'o')
}

const fromNow = ['count: integer', 'unit: string', 'format?: string']
const withUnit = ['timestamp: string', ...fromNow]

/** Dates and times. Timestamps are text; the default format is the round-trip form "o". */
export const dateTimeFunctions = define('date and time', {
  utcNow: {
    args: ['format?: string'],
    result: 'string',
    description: 'The present time in UTC.',
    examples: [["utcNow('yyyy')", '1970']],
    scoped: (scope: Scope, format = 'o') => formatMoment(momentOfClock(scope.now()), format),
  },
  formatDateTime: {
    args: ['timestamp: string', 'format?: string', 'locale?: string'],
    result: 'string',
    description: 'A timestamp in a format of .NET and the names of a locale, en-us by default.',
    examples: [["formatDateTime('2018-03-15T13:30:45Z', 'dd-MMM-yy')", '15-Mar-18']],
    call: (timestamp: string, format = 'o', locale = 'en-us') =>
      formatMoment(parseMoment(timestamp), format, locale),
  },
  parseDateTime: {
    args: ['text: string', 'locale?: string', 'format?: string'],
    result: 'string',
    description:
      'The timestamp of a text, read by a locale; with a format the text must have exactly that form.',
    examples: [["parseDateTime('20/10/2014', 'fr-fr')", '2014-10-20T00:00:00.0000000']],
    call: parseDateTime,
  },
  addSeconds: adding('second', 'A timestamp some seconds later; a negative count goes back.', [
    "addSeconds('2018-03-15T00:00:30Z', -5)",
    '2018-03-15T00:00:25.0000000Z',
  ]),
  addMinutes: adding('minute', 'A timestamp some minutes later; a negative count goes back.', [
    "addMinutes('2018-03-15T00:10:00Z', 10, 'HH:mm')",
    '00:20',
  ]),
  addHours: adding('hour', 'A timestamp some hours later; a negative count goes back.', [
    "addHours('2018-03-15T15:00:00Z', -5)",
    '2018-03-15T10:00:00.0000000Z',
  ]),
  addDays: adding('day', 'A timestamp some days later; a negative count goes back.', [
    "addDays('2018-03-15T00:00:00Z', 10)",
    '2018-03-25T00:00:00.0000000Z',
  ]),
  addToTime: {
    args: withUnit,
    result: 'string',
    description: 'A timestamp some units later: Second, Minute, Hour, Day, Week, Month or Year.',
    examples: [["addToTime('2020-02-29T00:00:00Z', 1, 'Year', 'yyyy-MM-dd')", '2021-02-28']],
    call: (timestamp: string, count: Count, unit: string, format = 'o') =>
      formatMoment(addUnits(parseMoment(timestamp), count, unit), format),
  },
  subtractFromTime: {
    args: withUnit,
    result: 'string',
    description: 'A timestamp some units earlier.',
    examples: [["subtractFromTime('2018-01-02T00:00:00Z', 1, 'Day')", '2018-01-01T00:00:00.0000000Z']],
    call: (timestamp: string, count: Count, unit: string, format = 'o') =>
      formatMoment(addUnits(parseMoment(timestamp), -count, unit), format),
  },
  getFutureTime: {
    args: fromNow,
    result: 'string',
    description: 'The present time and some units.',
    examples: [["getFutureTime(5, 'Day', 'yyyy-MM-dd')", '1970-01-06']],
    scoped: (scope: Scope, count: Count, unit: string, format = 'o') =>
      formatMoment(addUnits(momentOfClock(scope.now()), count, unit), format),
  },
  getPastTime: {
    args: fromNow,
    result: 'string',
    description: 'The present time less some units.',
    examples: [["getPastTime(5, 'Day', 'yyyy-MM-dd')", '1969-12-27']],
    scoped: (scope: Scope, count: Count, unit: string, format = 'o') =>
      formatMoment(addUnits(momentOfClock(scope.now()), -count, unit), format),
  },
  convertFromUtc: {
    args: ['timestamp: string', 'zone: string', 'format?: string'],
    result: 'string',
    description: 'A timestamp of UTC on the clock of a zone, named as in Windows or by IANA.',
    examples: [["convertFromUtc('2021-07-01T12:00:00Z', 'Europe/Berlin', 'HH:mm')", '14:00']],
    call: (timestamp: string, zone: string, format = 'o') =>
      formatMoment(toZone(parseMoment(timestamp), zoneNamed(zone)), format),
  },
  convertToUtc: {
    args: ['timestamp: string', 'zone: string', 'format?: string'],
    result: 'string',
    description: 'A timestamp on the clock of a zone in UTC.',
    examples: [["convertToUtc('2021-06-15T12:00:00', 'India Standard Time', 'HH:mm')", '06:30']],
    call: (timestamp: string, zone: string, format = 'o') =>
      formatMoment(fromZone(parseMoment(timestamp), zoneNamed(zone)), format),
  },
  convertTimeZone: {
    args: ['timestamp: string', 'from: string', 'to: string', 'format?: string'],
    result: 'string',
    description: 'A timestamp on the clock of one zone on the clock of another.',
    examples: [["convertTimeZone('2021-06-15T09:00:00', 'UTC', 'Tokyo Standard Time', 'HH:mm')", '18:00']],
    call: (timestamp: string, from: string, to: string, format = 'o') =>
      formatMoment(toZone(fromZone(parseMoment(timestamp), zoneNamed(from)), zoneNamed(to)), format),
  },
  dateDifference: {
    args: ['start: string', 'end: string'],
    result: 'string',
    description: 'The span of time from start to end.',
    examples: [["dateDifference('2015-02-08', '2018-07-30')", '1268.00:00:00']],
    call: (start: string, end: string) => spanText(ticksOf(parseMoment(end)) - ticksOf(parseMoment(start))),
  },
  formatTimeSpan: {
    args: ['span: string', 'format: string', 'locale?: string'],
    result: 'string',
    description: 'A span of time in a format of .NET.',
    examples: [["formatTimeSpan('01:02:03', 'hh\\:mm')", '01:02']],
    call: (span: string, format: string, locale = '') => formatSpan(parseSpan(span), format, locale),
  },
  dayOfMonth: {
    args: ['timestamp: string'],
    result: 'integer',
    description: 'The day of the month, from 1.',
    examples: [["dayOfMonth('2018-03-15')", 15]],
    call: (timestamp: string) => fieldsOf(parseMoment(timestamp)).day,
  },
  dayOfWeek: {
    args: ['timestamp: string'],
    result: 'integer',
    description: 'The day of the week; Sunday is 0.',
    examples: [["dayOfWeek('2018-03-15')", 4]],
    call: (timestamp: string) => fieldsOf(parseMoment(timestamp)).weekday,
  },
  dayOfYear: {
    args: ['timestamp: string'],
    result: 'integer',
    description: 'The day of the year, from 1.',
    examples: [["dayOfYear('2018-03-15')", 74]],
    call: dayOfYear,
  },
  startOfHour: startOf(
    ({ ms }) => Math.floor(ms / 3_600_000) * 3_600_000,
    'The start of the hour of a timestamp.',
    ["startOfHour('2018-03-15T13:30:30Z')", '2018-03-15T13:00:00.0000000Z'],
  ),
  startOfDay: startOf(({ ms }) => Math.floor(ms / dayMs) * dayMs, 'The start of the day of a timestamp.', [
    "startOfDay('2018-03-15T13:30:30Z')",
    '2018-03-15T00:00:00.0000000Z',
  ]),
  startOfMonth: startOf(startOfMonth, 'The start of the month of a timestamp.', [
    "startOfMonth('2018-03-15T13:30:30Z', 'yyyy-MM-dd')",
    '2018-03-01',
  ]),
  ticks: {
    args: ['timestamp: string'],
    result: 'integer',
    description: 'Units of 100 ns since the year 1.',
    examples: [["string(ticks('1970-01-01T00:00:00Z'))", '621355968000000000']],
    call: (timestamp: string) => integerValue(ticksOf(parseMoment(timestamp))),
  },
})
