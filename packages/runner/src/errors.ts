import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import type { RunError } from '@flowstead/machine'

/** Codes of this package, and the one its stores throw. */
export const runnerErrors = {
  conflict: 'Store.Conflict',
  tooManyWaiting: 'Runner.TooManyWaiting',
  stopping: 'Runner.Stopping',
  notBegun: 'Runner.NotBegun',
  unknownVersion: 'Runner.FlowVersionMissing',
  poisonRun: 'PoisonRun',
  callFailed: 'InternalServerError',
  childNotSupported: 'WorkflowNotSupported',
} as const

/** Whether the store failed: then a run waits, it does not fail. */
export function isStoreError(error: unknown): error is FlowsteadError {
  return isFlowsteadError(error) && error.code.startsWith('Store.')
}

/** What lists show of a run the machine could not work out. */
export function runErrorOf(error: unknown): RunError {
  if (error instanceof FlowsteadError) return { code: error.code, message: error.message }
  return { code: runnerErrors.poisonRun, message: `The run cannot be worked out: ${String(error)}.` }
}
