/** What can be recorded of an action run or a run. */
export type Status = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled' | 'Running' | 'Waiting'

/** Final statuses of an action run. */
export type FinalStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled'

export type RunStatus = 'Running' | 'Waiting' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Cancelled'

/** The `error` object of a run or an action run. */
export interface RunError {
  readonly code: string
  readonly message: string
}
