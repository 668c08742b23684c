import type { Throttle } from '../library/connector.ts'
import type { Clock } from './clock.ts'

/**
 * Keeps calls under a connection's limit.
 *
 * 1. In any period of `seconds` at most `calls` begin, so a service that counts in windows of its own is
 *    never asked too often.
 * 2. Calls above the limit wait and leave in the order they came; none is dropped.
 * 3. A call that is given up leaves the queue and takes no place.
 */
export interface Throttles {
  /** Resolves when the call may begin, or with `given up` once the signal aborts. */
  enter(key: string, limit: Throttle | null, signal: AbortSignal): Promise<'entered' | 'given up'>
}

interface Bucket {
  /** Begins of the last calls, oldest first; never more than `calls` of them. */
  begins: number[]
  waiting: Waiting[]
  isArmed: boolean
}

interface Waiting {
  readonly limit: Throttle
  readonly leave: () => void
}

/** A share of the period added to it: requests overtake one another on their way. */
const margin = 0.01

/** Buckets by connection, in memory; after a restart the service's own limit is what counts. */
export function createThrottles(clock: Clock): Throttles {
  const buckets = new Map<string, Bucket>()
  return {
    enter(key, limit, signal) {
      if (signal.aborted) return Promise.resolve('given up')
      if (limit === null) return Promise.resolve('entered')
      const bucket = buckets.get(key) ?? { begins: [], waiting: [], isArmed: false }
      buckets.set(key, bucket)
      return new Promise((resolve) => {
        const giveUp = () => {
          bucket.waiting = bucket.waiting.filter((other) => other !== waiting)
          resolve('given up')
        }
        const leave = () => {
          signal.removeEventListener('abort', giveUp)
          resolve('entered')
        }
        const waiting: Waiting = { limit, leave }
        signal.addEventListener('abort', giveUp, { once: true })
        bucket.waiting.push(waiting)
        letLeave(bucket, clock)
      })
    },
  }
}

function letLeave(bucket: Bucket, clock: Clock): void {
  const now = clock.now()
  for (let first = bucket.waiting[0]; first !== undefined; first = bucket.waiting[0]) {
    const at = nextBegin(bucket, first.limit)
    if (at > now) {
      arm(bucket, clock, at)
      return
    }
    bucket.waiting.shift()
    bucket.begins.push(now)
    first.leave()
  }
}

function nextBegin(bucket: Bucket, { calls, seconds }: Throttle): number {
  bucket.begins = bucket.begins.slice(-Math.ceil(calls))
  const oldest = bucket.begins.length < calls ? undefined : bucket.begins[0]
  return oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + Math.ceil(seconds * 1000 * (1 + margin))
}

function arm(bucket: Bucket, clock: Clock, at: number): void {
  if (bucket.isArmed) return
  bucket.isArmed = true
  clock.schedule(at, () => {
    bucket.isArmed = false
    letLeave(bucket, clock)
  })
}
