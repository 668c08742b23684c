import type { Command, FinishCommand, RunError, RunEvent, RunStatus } from '@flowstead/machine'
import type { SummaryChange } from './ports.ts'

/** What one turn of a run adds to its journal, and what is done once that is committed. */
export interface Batch {
  readonly entries: RunEvent[]
  readonly commands: Command[]
  end: RunEnd | null
}

/** How a run ended. */
export interface RunEnd {
  readonly status: RunStatus
  /** ms since the epoch. */
  readonly endedAt: number
  readonly error?: RunError
  /** A caller waits and gets no answer from the flow. */
  readonly isUnanswered: boolean
}

export function emptyBatch(): Batch {
  return { entries: [], commands: [], end: null }
}

/** Adds the run's end: the entry, and what lists show. */
export function addEnd(
  batch: Batch,
  { status, error, unanswered }: FinishCommand,
  { endedAt, steps }: { endedAt: number; steps: number },
): void {
  const shown = error === undefined ? {} : { error }
  batch.entries.push({ type: 'finished', at: endedAt, status, steps, ...shown })
  batch.end = { status, endedAt, isUnanswered: unanswered, ...shown }
}

/** The end of a run whose journal or event the machine cannot work out. */
export function addFailure(batch: Batch, error: RunError, endedAt: number): void {
  batch.commands.length = 0
  addEnd(batch, { type: 'finish', status: 'Failed', error, unanswered: true }, { endedAt, steps: 0 })
}

/** What lists show of a run's end. */
export function summaryChange(end: RunEnd | null): SummaryChange | undefined {
  if (end === null) return undefined
  const { status, endedAt, error } = end
  return error === undefined ? { status, endedAt } : { status, endedAt, error }
}
