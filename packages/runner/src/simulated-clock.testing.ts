import type { Clock } from './ports.ts'

/** A clock that stands still until it is moved. */
export interface SimulatedClock extends Clock {
  /** Moves on by `ms`, firing what becomes due in order; each callback sees its own instant. */
  advance(ms: number): void
  /** Instants scheduled, sorted. */
  pending(): number[]
}

/** Starts at 2026-01-01T00:00:00Z unless told otherwise (ms since the epoch). */
export function simulatedClock(start = Date.UTC(2026, 0, 1)): SimulatedClock {
  let now = start
  const timers = new Set<{ at: number; callback: () => void }>()
  const next = (until: number) => {
    let first: { at: number; callback: () => void } | undefined
    for (const timer of timers) {
      if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer
    }
    return first
  }
  return {
    now: () => now,
    schedule(at, callback) {
      const timer = { at, callback }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance(ms) {
      const until = now + ms
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.callback()
      }
      now = until
    },
    pending: () => [...timers].map((timer) => timer.at).sort((a, b) => a - b),
  }
}
