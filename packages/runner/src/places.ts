import { FlowsteadError } from '@flowstead/errors'
import { runnerErrors } from './errors.ts'
import type { RunId } from './ports.ts'
import type { RunLimit } from './run-limit.ts'

/**
 * Who may run under a trigger's concurrency limit, and who waits, in order of arrival. Invariants:
 * 1. Runs with a place never exceed the limit in force when they took it.
 * 2. A run waits only behind runs that came before it.
 * 3. A place that becomes free goes to the longest waiting run before a newcomer gets it.
 */
export interface Places {
  /** Takes a place now; false when the run has to wait. */
  take(key: string, limit: RunLimit): boolean
  /** @throws `Runner.TooManyWaiting` when no more may wait */
  refuseFull(key: string, limit: RunLimit): void
  /** A run that has to wait is about to be stored. */
  expect(key: string, limit: RunLimit): void
  /** The expected run is in the queue now, or was not stored after all. */
  unexpect(key: string): void
  /** Puts a stored run at the end of the queue. */
  enqueue(key: string, limit: RunLimit, run: RunId): void
  /** Takes a run out of the queue; false when it is not in it. */
  leave(key: string, run: RunId): boolean
  /** Gives a place back. */
  free(key: string): void
  /** Counts a run found running at recovery, whatever the limit. */
  occupy(key: string): void
}

interface Line {
  running: number
  /** Runs whose commit as Waiting is under way. */
  expected: number
  limit: RunLimit
  readonly waiting: RunId[]
}

/** @param admit is told each run that gets a place after it waited */
export function places(admit: (run: RunId) => void): Places {
  const lines = new Map<string, Line>()
  const lineOf = (key: string, limit: RunLimit): Line => {
    const line = lines.get(key) ?? { running: 0, expected: 0, limit, waiting: [] }
    lines.set(key, line)
    line.limit = limit
    return line
  }
  const admitNext = (key: string, line: Line) => {
    while (line.running < line.limit.runs) {
      const next = line.waiting.shift()
      if (next === undefined) break
      line.running += 1
      admit(next)
    }
    if (line.running + line.expected + line.waiting.length === 0) lines.delete(key)
  }
  return {
    take(key, limit) {
      const line = lineOf(key, limit)
      if (line.waiting.length + line.expected > 0 || line.running >= limit.runs) return false
      line.running += 1
      return true
    },
    refuseFull(key, limit) {
      const line = lineOf(key, limit)
      if (line.waiting.length + line.expected >= limit.waiting) {
        throw new FlowsteadError(
          runnerErrors.tooManyWaiting,
          `There are ${limit.runs} runs of this trigger, and ${limit.waiting} wait already.`,
          { hint: 'Try again later, or raise the concurrency of the trigger.' },
        )
      }
    },
    expect(key, limit) {
      lineOf(key, limit).expected += 1
    },
    unexpect(key) {
      const line = lines.get(key)
      if (line === undefined) return
      line.expected -= 1
      admitNext(key, line)
    },
    enqueue(key, limit, run) {
      const line = lineOf(key, limit)
      line.waiting.push(run)
      admitNext(key, line)
    },
    leave(key, run) {
      const waiting = lines.get(key)?.waiting
      const at = waiting?.indexOf(run) ?? -1
      if (waiting === undefined || at < 0) return false
      waiting.splice(at, 1)
      return true
    },
    free(key) {
      const line = lines.get(key)
      if (line === undefined) return
      line.running -= 1
      admitNext(key, line)
    },
    occupy(key) {
      lineOf(key, lines.get(key)?.limit ?? { runs: 1, waiting: 1 }).running += 1
    },
  }
}
