import type { Clock } from './clock.ts'

export interface FakeClock extends Clock {
  /** Moves time on and runs what became due, in order of its time. */
  advance(ms: number): void
  /** How many timers wait. */
  readonly waiting: number
}

/** A clock that stands still until a test moves it. */
export function fakeClock(start = Date.UTC(2026, 4, 4, 8, 0, 0)): FakeClock {
  let now = start
  const timers = new Set<{ at: number; action: () => void }>()
  const nextDue = (until: number) =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      const until = now + ms
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.action()
      }
      now = until
    },
    get waiting() {
      return timers.size
    },
  }
}
