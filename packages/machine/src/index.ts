export type {
  AwaitCommand,
  CallCommand,
  CallRequest,
  CancelCommand,
  Command,
  CommandKey,
  FinishCommand,
  RespondCommand,
  WaitCommand,
} from './command.ts'
export type {
  CalledBack,
  CallerLeft,
  CallOutcome,
  CancelledEvent,
  Completed,
  Due,
  Finished,
  Recovered,
  Released,
  RunEnvironment,
  RunEvent,
  Triggered,
  TriggerRecord,
} from './event.ts'
export type { FinalStatus, RunError, RunStatus, Status } from './status.ts'
