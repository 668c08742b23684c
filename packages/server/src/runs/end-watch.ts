import type { Clock, RunId } from '@flowstead/runner'

/** Lets callers of the API wait for the end of a run. */
export interface EndWatch {
  ended(run: RunId): void
  /** Resolves when the run ends, or after `ms`. Look at the run's status before and after. */
  untilEnded(run: RunId, ms: number): Promise<void>
}

export function createEndWatch(clock: Clock): EndWatch {
  const waiting = new Map<RunId, Set<() => void>>()
  return {
    ended(run) {
      for (const tell of waiting.get(run) ?? []) tell()
    },
    untilEnded(run, ms) {
      return new Promise((resolve) => {
        const tellers = waiting.get(run) ?? new Set()
        waiting.set(run, tellers)
        const tell = () => {
          cancel()
          tellers.delete(tell)
          if (tellers.size === 0) waiting.delete(run)
          resolve()
        }
        const cancel = clock.schedule(clock.now() + ms, tell)
        tellers.add(tell)
      })
    },
  }
}
