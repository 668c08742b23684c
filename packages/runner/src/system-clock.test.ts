import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './system-clock.ts'

const day = 24 * 3600 * 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

test('an instant beyond the longest timer of the platform is kept', () => {
  const fired: number[] = []
  systemClock.schedule(90 * day, () => fired.push(systemClock.now()))
  vi.advanceTimersByTime(90 * day - 1)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(2)
  expect(fired).toEqual([90 * day])
})

test('an instant that has passed fires on the next turn, not at once', () => {
  const fired: string[] = []
  systemClock.schedule(-1, () => fired.push('timer'))
  expect(fired).toEqual([])
  vi.advanceTimersByTime(0)
  expect(fired).toEqual(['timer'])
})

test('a cancelled timer never fires, in whatever piece of its wait', () => {
  const fired: string[] = []
  const cancel = systemClock.schedule(90 * day, () => fired.push('timer'))
  vi.advanceTimersByTime(60 * day)
  cancel()
  vi.advanceTimersByTime(60 * day)
  expect(fired).toEqual([])
})

test('a clock set back while a timer runs does not fire it early', () => {
  const fired: number[] = []
  systemClock.schedule(1_000, () => fired.push(systemClock.now()))
  vi.setSystemTime(-5_000)
  vi.advanceTimersByTime(1_000)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(5_001)
  expect(fired).toHaveLength(1)
  expect(fired[0]).toBeGreaterThanOrEqual(1_000)
})
