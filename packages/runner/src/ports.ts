import type { ObjectValue } from '@flowstead/expressions'
import type {
  CallCommand,
  CallOutcome,
  RespondCommand,
  RunError,
  RunEvent,
  RunStatus,
  Triggered,
  TriggerRecord,
} from '@flowstead/machine'

/** Logic Apps shape: 29 digits, `CU`, two digits; sorts newest first. */
export type RunId = string

/** A new run as it is committed: its first journal entries and what lists show. */
export interface NewRun {
  readonly id: RunId
  readonly flowId: string
  readonly flowVersion: string
  readonly triggerName: string
  /** ms since the epoch. */
  readonly startedAt: number
  readonly status: RunStatus
  /** Present when the run ended within the turn that started it: then one commit holds all of it. */
  readonly ended?: { readonly endedAt: number; readonly error?: RunError }
  readonly events: readonly RunEvent[]
  /** Deduplication key within the flow (`webhook-id`, say); a second start within 24 h gives the first run. */
  readonly dedupeKey?: string
}

/** What a list of runs shows. `status` is a projection of the journal. */
export interface RunSummary {
  readonly id: RunId
  readonly flowId: string
  readonly flowVersion: string
  readonly triggerName: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly status: RunStatus
  readonly error: RunError | null
}

export interface RunFilter {
  readonly flowId?: string
  readonly statuses?: readonly RunStatus[]
  /** Only runs older than this one, for paging. */
  readonly before?: RunId
  /** 1 to 1,000; default 50. */
  readonly limit?: number
}

/** Where runs survive a crash. Every adapter passes `runStoreContract`. */
export interface RunStore {
  /**
   * Commits new runs, all or none, together with the cursor of a polling trigger when there is one.
   * Resolves after the commit is durable. A run whose `dedupeKey` is known is not stored again: its place
   * in the answer holds the id of the run that has the key.
   */
  start(
    runs: readonly NewRun[],
    cursor?: { readonly key: string; readonly value: string },
  ): Promise<StartedRun[]>
  /**
   * Adds events to the end of a run's journal, all or none, and updates what lists show. Resolves after the
   * commit is durable; concurrent appends share one commit.
   * @param after number of entries the caller has seen
   * @throws `Store.Conflict` when the journal has another length
   */
  append(run: RunId, after: number, events: readonly RunEvent[], summary?: SummaryChange): Promise<void>
  /**
   * Lets a run begin that was stored with status Waiting: its journal becomes `events` (its instants are those
   * of the beginning, not of the arrival). Resolves after the commit is durable.
   * @throws `Store.Conflict` when the run is not Waiting
   */
  admit(run: RunId, events: readonly RunEvent[], summary: SummaryChange): Promise<void>
  /** The run that has this deduplication key, if it began less than 24 h before `now`. */
  duplicate(flowId: string, dedupeKey: string, now: number): RunId | undefined
  /** Entries in order, oldest first; empty when there is no such run. */
  read(run: RunId): RunEvent[]
  summary(run: RunId): RunSummary | undefined
  list(filter: RunFilter): RunSummary[]
  /** Runs that have not ended, oldest first: what recovery has to take up. */
  unfinished(): RunSummary[]
  cursor(key: string): string | undefined
  close(): Promise<void>
}

export interface StartedRun {
  readonly id: RunId
  readonly isDuplicate: boolean
}

export interface SummaryChange {
  readonly status: RunStatus
  readonly endedAt?: number
  readonly error?: RunError
}

/** Time and timers; tests move it by hand. */
export interface Clock {
  /** ms since the epoch. */
  now(): number
  /** Calls back once at or after `at`; returns what cancels it. Far instants are allowed. */
  schedule(at: number, callback: () => void): () => void
}

/** Performs calls. Never rejects for what the outside did: that is an outcome. */
export interface ConnectorHost {
  perform(call: CallCommand, context: CallContext): Promise<CallOutcome>
  /** Undoes the subscription of a webhook action; once, best effort, after the await was closed. */
  unsubscribe?(subscription: unknown, context: CallContext): Promise<void>
}

export interface CallContext {
  readonly runId: RunId
  readonly flowId: string
  readonly flowVersion: string
  /** Same on every attempt and after a crash; different per action, repetition and run. */
  readonly idempotencyKey: string
  /** Aborted when the action no longer wants the answer. */
  readonly signal: AbortSignal
}

/** Lets a flow call another one. */
export interface ChildFlows {
  /** The start of the flow that `inputs` of a Workflow action names; an outcome with an error when it cannot be. */
  startOf(inputs: ObjectValue, parent: CallContext): StartRequest | CallOutcome
}

/** What starts a run. */
export interface StartRequest {
  /** From `newRunId()`, for who has to know it before the run can answer; default a new one. */
  readonly runId?: RunId
  readonly flowId: string
  readonly flowName: string
  readonly flowVersion: string
  readonly trigger: TriggerRecord
  /** Default `none`. */
  readonly caller?: Triggered['caller']
  /** Values by declared name; declared defaults fill the rest. */
  readonly parameters?: ObjectValue
  readonly appsettings?: ObjectValue
  /** Start of callback URLs, without trailing slash. */
  readonly callbackBase: string
  readonly maxActions?: number
  /** ISO instant at which the run times out. */
  readonly deadline?: string
  /** Run this one was resubmitted from. */
  readonly origin?: RunId
  /** A second start of the flow with the same key within 24 h gives the first run. */
  readonly dedupeKey?: string
}

/** Answers clients that hold their connection open; called only after the commit that contains the answer. */
export interface Callers {
  respond(run: RunId, answer: RespondCommand['answer']): void
  /** The run ended; `unanswered` when it should have answered and did not (502 NoResponse). */
  ended(run: RunId, status: RunStatus, unanswered: boolean): void
}
