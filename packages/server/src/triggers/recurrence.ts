import { FlowsteadError, quoted } from '@flowstead/errors'
import { DateTime } from 'luxon'
import { findIana } from 'windows-iana'

/**
 * When a Recurrence trigger fires next. Wall-clock times follow the daylight saving of `timeZone`: a time
 * that does not exist on the day of the switch fires an hour later, a doubled time fires once.
 */
export interface Recurrence {
  readonly frequency: 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Year'
  /** Whole number from 1. */
  readonly interval: number
  /** ms since the epoch; occurrences count from here, else from the moment the flow was turned on. */
  readonly startTime: number | undefined
  readonly endTime: number | undefined
  /** IANA name. */
  readonly zone: string
  readonly schedule: Schedule | undefined
}

interface Schedule {
  readonly hours: readonly number[]
  readonly minutes: readonly number[]
  /** 0 is Sunday. */
  readonly weekDays: readonly number[]
  /** Negative counts from the end of the month. */
  readonly monthDays: readonly number[]
  readonly monthlyOccurrences: readonly { readonly day: number; readonly occurrence: number }[]
}

type Frequency = Recurrence['frequency']

const frequencies: readonly Frequency[] = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year']
const exactMs: Partial<Record<Frequency, number>> = { Second: 1000, Minute: 60_000, Hour: 3_600_000 }
const unitOf = { Day: 'days', Week: 'weeks', Month: 'months', Year: 'years' } as const
const weekDayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** The longest documented interval is 500 days; every schedule has a mark within three of them. */
const maxDaysAhead = 1500

/**
 * Reads the `recurrence` of a trigger.
 * @throws `Trigger.InvalidRecurrence` naming the member that is wrong
 */
export function readRecurrence(raw: unknown): Recurrence {
  const source = record(raw, 'recurrence')
  const frequency = frequencies.find((name) => name.toLowerCase() === String(source.frequency).toLowerCase())
  if (!frequency) throw invalid('frequency', source.frequency, `one of ${frequencies.join(', ')}`)
  const interval = Number(source.interval ?? 1)
  if (!Number.isInteger(interval) || interval < 1)
    throw invalid('interval', source.interval, 'a whole number from 1')
  const zone = ianaZone(source.timeZone)
  return {
    frequency,
    interval,
    startTime: instant(source.startTime, zone, 'startTime'),
    endTime: instant(source.endTime, zone, 'endTime'),
    zone,
    schedule: source.schedule == null ? undefined : readSchedule(record(source.schedule, 'schedule')),
  }
}

/**
 * The first occurrence later than `after`, or `undefined` when there is none any more.
 * @param turnedOnAt anchor when the recurrence has no start time. Both in ms since the epoch.
 */
export function nextOccurrence(
  recurrence: Recurrence,
  after: number,
  turnedOnAt: number,
): number | undefined {
  const anchor = recurrence.startTime ?? turnedOnAt
  const next = recurrence.schedule
    ? nextMark(recurrence, recurrence.schedule, Math.max(after, anchor - 1), anchor)
    : nextStep(recurrence, after, anchor)
  if (next === undefined || (recurrence.endTime !== undefined && next > recurrence.endTime)) return undefined
  return next
}

function nextStep({ frequency, interval, zone }: Recurrence, after: number, anchor: number): number {
  if (anchor > after) return anchor
  const ms = exactMs[frequency]
  if (ms !== undefined) return anchor + (Math.floor((after - anchor) / (ms * interval)) + 1) * ms * interval
  const unit = unitOf[frequency as keyof typeof unitOf]
  const start = DateTime.fromMillis(anchor, { zone })
  const passed = Math.floor(DateTime.fromMillis(after, { zone }).diff(start, unit).as(unit) / interval)
  for (let n = Math.max(0, passed); ; n++) {
    const at = start.plus({ [unit]: n * interval }).toMillis()
    if (at > after) return at
  }
}

function nextMark(
  recurrence: Recurrence,
  schedule: Schedule,
  after: number,
  anchor: number,
): number | undefined {
  const start = DateTime.fromMillis(anchor, { zone: recurrence.zone })
  const times = timesOfDay(schedule, start)
  let day = DateTime.fromMillis(after, { zone: recurrence.zone }).startOf('day')
  for (let ahead = 0; ahead < maxDaysAhead; ahead++, day = day.plus({ days: 1 })) {
    if (!isScheduledDay(recurrence, schedule, day, start)) continue
    for (const { hour, minute } of times) {
      const at = day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis()
      if (at > after) return at
    }
  }
  return undefined
}

function timesOfDay(schedule: Schedule, start: DateTime): { hour: number; minute: number }[] {
  const hours = schedule.hours.length ? schedule.hours : [start.hour]
  const minutes = schedule.minutes.length ? schedule.minutes : [start.minute]
  return hours
    .flatMap((hour) => minutes.map((minute) => ({ hour, minute })))
    .sort((a, b) => a.hour - b.hour || a.minute - b.minute)
}

function isScheduledDay(
  { frequency, interval }: Recurrence,
  schedule: Schedule,
  day: DateTime,
  start: DateTime,
): boolean {
  const weekDay = day.weekday % 7
  if (frequency === 'Week') {
    const days = schedule.weekDays.length ? schedule.weekDays : [start.weekday % 7]
    return (
      days.includes(weekDay) && Math.round(sunday(day).diff(sunday(start), 'weeks').weeks) % interval === 0
    )
  }
  if (schedule.weekDays.length && !schedule.weekDays.includes(weekDay)) return false
  if (frequency === 'Month') {
    const months = (day.year - start.year) * 12 + day.month - start.month
    return months % interval === 0 && isScheduledMonthDay(schedule, day, start)
  }
  return Math.round(day.diff(start.startOf('day'), 'days').days) % interval === 0
}

function isScheduledMonthDay(schedule: Schedule, day: DateTime, start: DateTime): boolean {
  const daysInMonth = day.daysInMonth ?? 31
  const isMonthDay = (wanted: number) => day.day === (wanted < 0 ? daysInMonth + 1 + wanted : wanted)
  if (schedule.monthlyOccurrences.length === 0) {
    return (schedule.monthDays.length ? schedule.monthDays : [start.day]).some(isMonthDay)
  }
  const fromStart = Math.ceil(day.day / 7)
  const fromEnd = -Math.ceil((daysInMonth - day.day + 1) / 7)
  return (
    schedule.monthDays.some(isMonthDay) ||
    schedule.monthlyOccurrences.some(
      ({ day: wanted, occurrence }) =>
        wanted === day.weekday % 7 && (occurrence === fromStart || occurrence === fromEnd),
    )
  )
}

const sunday = (day: DateTime): DateTime => day.startOf('day').minus({ days: day.weekday % 7 })

function readSchedule(source: Record<string, unknown>): Schedule {
  return {
    hours: numbers(source.hours, 'hours', 0, 23),
    minutes: numbers(source.minutes, 'minutes', 0, 59),
    weekDays: list(source.weekDays).map((name) => weekDay(name)),
    monthDays: numbers(source.monthDays, 'monthDays', -31, 31),
    monthlyOccurrences: list(source.monthlyOccurrences).map((entry) => {
      const { day, dayOfWeek, occurrence } = record(entry, 'monthlyOccurrences')
      return { day: weekDay(day ?? dayOfWeek), occurrence: Number(occurrence ?? 1) }
    }),
  }
}

function weekDay(name: unknown): number {
  const index = weekDayNames.indexOf(String(name).toLowerCase())
  if (index < 0) throw invalid('weekDays', name, 'a day such as "Monday"')
  return index
}

function numbers(value: unknown, member: string, min: number, max: number): number[] {
  return list(value).map((entry) => {
    const number = Number(entry)
    if (!Number.isInteger(number) || number < min || number > max)
      throw invalid(member, entry, `${min} to ${max}`)
    return number
  })
}

/** A scalar stands for a list of one. */
const list = (value: unknown): unknown[] => (value == null ? [] : Array.isArray(value) ? value : [value])

function ianaZone(name: unknown): string {
  if (name == null || name === '') return 'UTC'
  const [zone = String(name)] = findIana(String(name))
  if (!DateTime.local({ zone }).isValid) throw invalid('timeZone', name, 'a Windows or IANA time zone name')
  return zone
}

function instant(value: unknown, zone: string, member: string): number | undefined {
  if (value == null) return undefined
  const time = DateTime.fromISO(String(value), { zone })
  if (!time.isValid) throw invalid(member, value, 'an ISO 8601 time such as "2026-03-01T09:00:00Z"')
  return time.toMillis()
}

function record(value: unknown, member: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(member, value, 'an object')
  return value as Record<string, unknown>
}

function invalid(member: string, value: unknown, wanted: string): FlowsteadError {
  return new FlowsteadError('Trigger.InvalidRecurrence', `The recurrence has ${member} ${quoted(value)}.`, {
    path: `recurrence/${member}`,
    hint: `It has to be ${wanted}.`,
  })
}
