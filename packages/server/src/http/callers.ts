import type { RunStatus } from '@flowstead/machine'
import type { Callers, RunId } from '@flowstead/runner'
import type { Answer } from './answer.ts'

/** How a waiting caller's wait ended. */
export type CallerEnd = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'noResponse' }

/** The callers that hold their connection open until a Response action answers them. */
export interface WaitingCallers extends Callers {
  /** Calls `end` once, when the run answers or ends without an answer. Register before the run starts. */
  wait(run: RunId, end: (end: CallerEnd) => void): void
  /** The caller went away or waited too long. */
  forget(run: RunId): void
}

/** In memory on purpose: a connection does not survive the process, its caller learns that from the socket. */
export function createCallers(): WaitingCallers {
  const waiting = new Map<RunId, (end: CallerEnd) => void>()
  const settle = (run: RunId, end: CallerEnd) => {
    const caller = waiting.get(run)
    if (caller === undefined) return
    waiting.delete(run)
    caller(end)
  }
  return {
    wait: (run, end) => void waiting.set(run, end),
    forget: (run) => void waiting.delete(run),
    respond: (run, answer) => settle(run, { kind: 'answer', answer }),
    ended: (run, _status: RunStatus, _unanswered: boolean) => settle(run, { kind: 'noResponse' }),
  }
}
