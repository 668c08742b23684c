/**
 * Does a service's work by the clock. Invariants:
 * 1. Each piece is one transaction, with the events it publishes.
 * 2. What fell due while the service was stopped is done at the start, before anything is answered.
 * 3. A piece that fails is told to `onError` and tried again after `retryMs`; it never ends the process.
 */
import type { Clock } from './clock.ts'
import type { DueWork, ServiceContext } from './service.ts'

export interface DueWorkerOptions {
  /** `undefined`: there is nothing to do, ever. */
  readonly work: DueWork | undefined
  readonly context: ServiceContext
  readonly clock: Clock
  /** Runs in a transaction and delivers afterwards what was published. */
  readonly change: (perform: (context: ServiceContext) => void) => void
  readonly onError: (error: unknown) => void
}

export interface DueWorker {
  /** Does what is due now and waits for the next instant. */
  look(): void
  close(): void
}

const retryMs = 1000
/** A piece that stays due after so many turns is looked at again later, so that requests get their turn. */
const turnsAtOnce = 1000

/** Makes the worker of one service; it does nothing before the first `look`. */
export function createDueWorker(options: DueWorkerOptions): DueWorker {
  const { change, clock, context, onError, work } = options
  let cancelTimer: (() => void) | undefined
  let isLooking = false
  let isClosed = false

  const performDue = (due: DueWork): number | null => {
    for (let turn = 0; turn < turnsAtOnce; turn++) {
      const at = due.nextAt(context)
      if (at === null || at > clock.now()) return at
      change(due.perform)
    }
    return clock.now() + retryMs
  }
  const nextLook = (due: DueWork): number | null => {
    try {
      return performDue(due)
    } catch (error) {
      onError(error)
      return clock.now() + retryMs
    }
  }
  function look(): void {
    if (work === undefined || isLooking || isClosed) return
    isLooking = true
    cancelTimer?.()
    const at = nextLook(work)
    cancelTimer = at === null ? undefined : clock.after(at - clock.now(), look)
    isLooking = false
  }
  return {
    look,
    close() {
      isClosed = true
      cancelTimer?.()
    },
  }
}
