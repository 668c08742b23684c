import { describe, expect, test } from 'vitest'
import { nextOccurrence, readRecurrence } from './recurrence.ts'

const at = (iso: string) => Date.parse(iso)

/** The next occurrences as ISO text, starting after `after`. */
function occurrences(raw: unknown, after: string, count: number, turnedOn = after): string[] {
  const recurrence = readRecurrence(raw)
  const found: string[] = []
  let last = at(after)
  for (let n = 0; n < count; n++) {
    const next = nextOccurrence(recurrence, last, at(turnedOn))
    if (next === undefined) break
    found.push(new Date(next).toISOString().replace('.000Z', 'Z'))
    last = next
  }
  return found
}

describe('recurrence', () => {
  test('without a start time counts from the moment the flow was turned on', () => {
    const every15 = { frequency: 'Minute', interval: 15 }
    expect(occurrences(every15, '2026-03-01T10:07:00Z', 2)).toEqual([
      '2026-03-01T10:22:00Z',
      '2026-03-01T10:37:00Z',
    ])
  })

  test('a future start time is the first occurrence', () => {
    const daily = { frequency: 'Day', interval: 1, startTime: '2026-03-05T08:00:00Z' }
    expect(occurrences(daily, '2026-03-01T10:00:00Z', 2)).toEqual([
      '2026-03-05T08:00:00Z',
      '2026-03-06T08:00:00Z',
    ])
  })

  test('a past start time keeps its rhythm and makes up nothing', () => {
    const every3 = { frequency: 'Day', interval: 3, startTime: '2026-01-01T08:00:00Z' }
    expect(occurrences(every3, '2026-01-05T00:00:00Z', 2)).toEqual([
      '2026-01-07T08:00:00Z',
      '2026-01-10T08:00:00Z',
    ])
  })

  test('a daily schedule follows daylight saving of its zone', () => {
    const nine = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'Central Europe Standard Time',
      schedule: { hours: ['9'], minutes: [0] },
    }
    expect(occurrences(nine, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T07:00:00Z',
      '2026-03-30T07:00:00Z',
    ])
  })

  test('a time that does not exist fires an hour later, once; a doubled time fires once', () => {
    const spring = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'Europe/Prague',
      schedule: { hours: [2], minutes: [30] },
    }
    expect(occurrences(spring, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ])
    const autumn = occurrences(spring, '2026-10-24T12:00:00Z', 2)
    expect(autumn).toEqual(['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'])
  })

  test('a weekly schedule fires on its days in every second week', () => {
    const weekly = {
      frequency: 'Week',
      interval: 2,
      startTime: '2026-03-02T00:00:00Z',
      schedule: { weekDays: ['Monday', 'Friday'], hours: [7], minutes: [0, 30] },
    }
    expect(occurrences(weekly, '2026-03-02T06:00:00Z', 5)).toEqual([
      '2026-03-02T07:00:00Z',
      '2026-03-02T07:30:00Z',
      '2026-03-06T07:00:00Z',
      '2026-03-06T07:30:00Z',
      '2026-03-16T07:00:00Z',
    ])
  })

  test('a monthly schedule knows the last day and the second Tuesday', () => {
    const lastDay = { frequency: 'Month', interval: 1, schedule: { monthDays: [-1], hours: 6, minutes: 0 } }
    expect(occurrences(lastDay, '2026-02-01T00:00:00Z', 2)).toEqual([
      '2026-02-28T06:00:00Z',
      '2026-03-31T06:00:00Z',
    ])
    const tuesday = {
      frequency: 'Month',
      interval: 1,
      schedule: { monthlyOccurrences: [{ day: 'Tuesday', occurrence: 2 }], hours: [6], minutes: [0] },
    }
    expect(occurrences(tuesday, '2026-03-01T00:00:00Z', 1)).toEqual(['2026-03-10T06:00:00Z'])
  })

  test('nothing fires after the end time', () => {
    const ended = { frequency: 'Hour', interval: 1, endTime: '2026-03-01T11:30:00Z' }
    expect(occurrences(ended, '2026-03-01T10:00:00Z', 5)).toEqual(['2026-03-01T11:00:00Z'])
  })

  test('months are counted from the start, so that the 31st comes back', () => {
    const monthly = { frequency: 'Month', interval: 1, startTime: '2026-01-31T08:00:00Z' }
    expect(occurrences(monthly, '2026-01-31T08:00:00Z', 2)).toEqual([
      '2026-02-28T08:00:00Z',
      '2026-03-31T08:00:00Z',
    ])
  })

  test.each([
    [{ frequency: 'Fortnight', interval: 1 }, 'recurrence/frequency'],
    [{ frequency: 'Day', interval: 0 }, 'recurrence/interval'],
    [{ frequency: 'Day', interval: 1, timeZone: 'Middle Earth' }, 'recurrence/timeZone'],
    [{ frequency: 'Day', interval: 1, startTime: 'soon' }, 'recurrence/startTime'],
    [{ frequency: 'Day', interval: 1, schedule: { hours: [25] } }, 'recurrence/hours'],
    [null, 'recurrence/recurrence'],
  ])('%j is refused with its place', (raw, path) => {
    expect(() => readRecurrence(raw)).toThrow(
      expect.objectContaining({ code: 'Trigger.InvalidRecurrence', path }),
    )
  })
})
