import type { ObjectValue, Value } from '@flowstead/expressions'
import type { CommandKey } from './command.ts'
import type { RunError, RunStatus } from './status.ts'

/** Entries of a run's journal. `at` is ms since the epoch; everything in them survives the JSON codec. */
export type RunEvent =
  | Triggered
  | Completed
  | Due
  | CalledBack
  | CallerLeft
  | Recovered
  | CancelledEvent
  | Released
  | Finished

export interface Triggered {
  readonly type: 'triggered'
  readonly at: number
  /** Content hash of the flow version the run keeps to its end. */
  readonly flow: string
  /** Version of the machine's rules the run keeps to its end. */
  readonly rules: number
  readonly seed: string
  readonly trigger: TriggerRecord
  readonly caller: 'none' | 'waiting' | 'polling'
  readonly env: RunEnvironment
  /** Run this one was resubmitted from. */
  readonly origin?: string
  readonly hold?: string
}

/** A call ended. */
export interface Completed {
  readonly type: 'completed'
  readonly at: number
  readonly key: CommandKey
  readonly outcome: CallOutcome
}

/** A wait passed. */
export interface Due {
  readonly type: 'due'
  readonly at: number
  readonly key: CommandKey
}

/** Somebody posted to the callback address of an awaiting action. */
export interface CalledBack {
  readonly type: 'calledBack'
  readonly at: number
  readonly key: CommandKey
  readonly request: { readonly headers: ObjectValue; readonly queries?: ObjectValue; readonly body?: Value }
}

export interface CallerLeft {
  readonly type: 'callerLeft'
  readonly at: number
  readonly reason: 'timeout' | 'closed' | 'restart'
}

/** The process ended with these calls open; they are made again with the same idempotency key. */
export interface Recovered {
  readonly type: 'recovered'
  readonly at: number
  readonly outstanding: readonly CommandKey[]
}

export interface CancelledEvent {
  readonly type: 'cancelled'
  readonly at: number
  readonly by?: string
  /** Work items done when it came, for replay of long pure work. */
  readonly steps: number
}

/** The kept part of a resubmitted run is over. */
export interface Released {
  readonly type: 'released'
  readonly at: number
  readonly seed: string
}

/** Written with the event that caused it; a check on replay. */
export interface Finished {
  readonly type: 'finished'
  readonly at: number
  readonly status: RunStatus
  readonly error?: RunError
  readonly steps: number
}

/** What a call gave. `error` means it failed; `transient` that the retry policy may repeat it. */
export interface CallOutcome {
  /** `{statusCode, headers, body?}` of HTTP-like calls; absent when there was no answer. */
  readonly outputs?: Value
  readonly error?: RunError
  readonly transient?: boolean
  /** From `Retry-After`, ms. */
  readonly retryAfterMs?: number
}

/** What `trigger()` shows. Times are ISO 8601. */
export interface TriggerRecord {
  readonly name: string
  readonly inputs?: Value
  readonly outputs?: Value
  readonly startTime: string
  readonly endTime: string
  readonly scheduledTime?: string
  readonly status: string
  readonly code?: string
  readonly clientTrackingId?: string
  readonly originHistoryName?: string
}

/** Facts of the run that expressions can read; fixed when it starts. */
export interface RunEnvironment {
  readonly runId: string
  readonly flowId: string
  readonly flowName: string
  /** Values by declared name; declared defaults fill the rest. */
  readonly parameters: ObjectValue
  readonly appsettings?: ObjectValue
  /** Start of callback URLs, without trailing slash. */
  readonly callbackBase: string
  /** Most actions the run may execute; default 100,000. */
  readonly maxActions?: number
  /** ISO instant at which the run times out. */
  readonly deadline?: string
}
