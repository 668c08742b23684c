import type { CallCommand, CallOutcome, FlowPlan, RespondCommand } from '@flowstead/machine'
import type { RunEnd } from './batch.ts'
import type { CrashPoint } from './crash-points.ts'
import type { CallContext, Clock, RunId, RunStore } from './ports.ts'

/** What identifies a run and the flow version it keeps. */
export interface RunIdentity {
  readonly id: RunId
  readonly flowId: string
  readonly flowVersion: string
}

/** What every run of one runner shares. */
export interface RunContext {
  readonly store: RunStore
  readonly clock: Clock
  /** The compiled flow version. @throws `Runner.FlowVersionMissing` */
  plan(version: string): FlowPlan
  /** Never rejects. */
  perform(call: CallCommand, context: CallContext): Promise<CallOutcome>
  unsubscribe(subscription: unknown, context: CallContext): void
  /** The answer for the run's caller is committed. */
  responded(run: RunId, answer: RespondCommand['answer']): void
  /** The run's end is committed. */
  ended(run: RunId, end: RunEnd): void
  /** The run may have become idle. */
  rested(run: RunId): void
  onError(error: unknown, run: RunId): void
  crashPoint(name: CrashPoint): void
  /** True from `stop` on: nothing new leaves the process. */
  isStopping(): boolean
}
