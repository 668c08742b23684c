import type { ObjectValue, Value } from '@flowstead/expressions'
import type { RunEvent } from './event.ts'
import type { RepetitionIndex } from './path.ts'
import type { ActionPlan } from './plan.ts'
import type { ActionRun } from './state.ts'
import type { FinalStatus } from './status.ts'

/** An action run as observers see it. */
export interface Place {
  readonly action: ActionPlan
  readonly path: string
  readonly indexes: readonly RepetitionIndex[]
}

/**
 * Is told what happens while a run advances, and changes nothing. Values it is shown do not change later
 * (M14), so it may keep them; what an action run becomes it copies.
 */
export interface Observer {
  started(place: Place, at: number): void
  inputs(place: Place, value: Value): void
  /** A command left; `tag` tells attempts, pauses and polls apart. */
  opened(place: Place, tag: string, at: number): void
  answered(place: Place, tag: string, event: RunEvent): void
  /** The process ended with this call open; it is made again, its outcome unknown. */
  recovered(key: string, tag: string, at: number): void
  /** Final; `outputs` is absent when there are none. Skipped and cancelled action runs were not started. */
  ended(place: Place, run: Readonly<ActionRun>, outputs: Value | undefined): void
  tracked(place: Place, properties: Value): void
  /** A repetition of the loop at `place` ended. */
  repetition(place: Place, index: number, status: FinalStatus): void
  runEnded(outputs: ObjectValue | undefined): void
}
