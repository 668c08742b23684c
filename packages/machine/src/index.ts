export { supportedActionTypes } from './actions/index.ts'
export { type Advanced, type AdvanceOptions, advance } from './advance.ts'
export { codes } from './codes.ts'
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
export { compileFlow } from './compile.ts'
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
export {
  type Fired,
  fireTrigger,
  type TriggerFiring,
  type TriggerItem,
  triggerInputs,
} from './fire-trigger.ts'
export {
  type ActionRecord,
  type Attempt,
  type HistoryOptions,
  history,
  type RunHistory,
  type RunRecord,
} from './history.ts'
export type { Observer, Place } from './observer.ts'
export type { RepetitionIndex } from './path.ts'
export type { ActionPlan, FlowPlan } from './plan.ts'
export { replay } from './replay.ts'
export { currentRules, hasEnded, newState, openCommands, type RunState } from './state.ts'
export type { FinalStatus, RunError, RunStatus, Status } from './status.ts'
