import type { Clock } from '@flowstead/runner'
import { describe, expect, test } from 'vitest'
import { readRecurrence } from './recurrence.ts'
import { createScheduler, type Tick } from './scheduler.ts'

/** A clock that stands until it is moved, with what is due called in order. */
function handClock(start: string) {
  let now = Date.parse(start)
  let timers: { at: number; callback: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    schedule(at, callback) {
      const timer = { at, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  }
  const moveTo = (iso: string) => {
    const end = Date.parse(iso)
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      timers = timers.filter((timer) => timer !== due)
      now = Math.max(now, due.at)
      due.callback()
    }
    now = end
  }
  return { clock, moveTo, jumpTo: (iso: string) => (now = Date.parse(iso)) }
}

function scheduled(raw: unknown, start: string, kept = new Map<string, string>()) {
  const ticks: string[] = []
  const { clock, moveTo, jumpTo } = handClock(start)
  const scheduler = createScheduler({
    clock,
    cursor: (key) => kept.get(key),
    fire: async ({ scheduledAt, cursor }: Tick) => {
      kept.set(cursor.key, cursor.value)
      ticks.push(new Date(scheduledAt).toISOString().slice(11, 16))
    },
    onError: (error) => {
      throw error
    },
  })
  scheduler.turnOn({ flowId: 'f', triggerName: 't', recurrence: readRecurrence(raw) })
  return { ticks, kept, moveTo, jumpTo, scheduler }
}

const hourly = { frequency: 'Hour', interval: 1 }

describe('scheduler', () => {
  test('a recurrence without start time fires at once and then in its rhythm', () => {
    const { ticks, moveTo } = scheduled(hourly, '2026-03-01T10:10:00Z')
    moveTo('2026-03-01T12:15:00Z')
    expect(ticks).toEqual(['10:10', '11:10', '12:10'])
  })

  test('a recurrence with a schedule waits for its first mark', () => {
    const daily = { frequency: 'Day', interval: 1, schedule: { hours: [9], minutes: [0] } }
    const { ticks, moveTo, scheduler } = scheduled(daily, '2026-03-01T10:00:00Z')
    expect(scheduler.next('f', 't')).toBe(Date.parse('2026-03-02T09:00:00Z'))
    moveTo('2026-03-03T10:00:00Z')
    expect(ticks).toEqual(['09:00', '09:00'])
  })

  test('after a restart the rhythm goes on and missed ticks are not made up', () => {
    const { kept, moveTo } = scheduled(hourly, '2026-03-01T10:10:00Z')
    moveTo('2026-03-01T10:20:00Z')
    const later = scheduled(hourly, '2026-03-01T15:00:00Z', kept)
    later.moveTo('2026-03-01T16:15:00Z')
    expect(later.ticks).toEqual(['15:10', '16:10'])
  })

  test('after a jump of the clock one tick fires, not a storm', () => {
    const { ticks, moveTo, jumpTo } = scheduled(hourly, '2026-03-01T10:10:00Z')
    moveTo('2026-03-01T10:11:00Z')
    jumpTo('2026-03-02T10:30:00Z')
    moveTo('2026-03-02T10:30:00Z')
    expect(ticks).toEqual(['10:10', '11:10'])
  })

  test('a trigger that is turned off fires no more', () => {
    const { ticks, moveTo, scheduler } = scheduled(hourly, '2026-03-01T10:10:00Z')
    moveTo('2026-03-01T10:20:00Z')
    scheduler.turnOff('f', 't')
    moveTo('2026-03-01T13:00:00Z')
    expect(ticks).toEqual(['10:10'])
  })
})
