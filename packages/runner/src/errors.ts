/** Codes of this package, those its stores throw included. */
export const runnerErrors = {
  conflict: 'Store.Conflict',
  tooManyWaiting: 'Runner.TooManyWaiting',
  stopping: 'Runner.Stopping',
  unknownVersion: 'Runner.FlowVersionMissing',
  replayFailed: 'Runner.ReplayFailed',
  callFailed: 'Runner.CallFailed',
} as const
