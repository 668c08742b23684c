/** The time a service lives by; tests turn their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `action` once after `ms`; the answer cancels it. */
  after(ms: number, action: () => void): () => void
}

/** Beyond this `setTimeout` fires at once. */
const maxTimerMs = 2 ** 31 - 1

/** The clock of this machine. Its timers alone do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, Math.min(Math.max(ms, 0), maxTimerMs))
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** An instant in ms since the epoch as ISO 8601 in UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
