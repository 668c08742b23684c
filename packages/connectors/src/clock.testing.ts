import type { Clock } from './host/clock.ts'

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /** Moves to an instant, calling what is due on the way. */
  moveTo(at: number): Promise<void>
}

/** A clock that begins at `start`, ms since the epoch. */
export function handClock(start = 0): HandClock {
  let now = start
  let due: { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => now,
    schedule(at, callback) {
      const entry = { at, callback }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    async moveTo(target) {
      for (;;) {
        const next = due.filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        due = due.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.callback()
        await Promise.resolve()
      }
      now = target
    },
  }
}
