import { type FlowPlan, hasEnded, type RunState, replay } from '@flowstead/machine'
import { addEnd, addFailure, type Batch, emptyBatch } from './batch.ts'
import { isStoreError, runErrorOf } from './errors.ts'
import type { RunContext, RunIdentity } from './run-context.ts'

/** A run in memory. */
export interface Loaded {
  readonly plan: FlowPlan
  readonly state: RunState
}

/** What the journal says: the run goes on with `loaded`, or is over and `over` is left to be done. */
export interface ReadRun {
  /** Entries of the journal. */
  readonly entries: number
  readonly loaded: Loaded | null
  readonly over: Batch | null
}

/**
 * The run, by replay of its journal. A journal that cannot be replayed ends the run as Failed, so that it
 * comes back at no start and others go on.
 * @throws the store's error when the journal cannot be read now
 */
export function readRun({ store, plan: planOf, clock, onError }: RunContext, run: RunIdentity): ReadRun {
  const over = emptyBatch()
  let entries = 0
  try {
    const journal = store.read(run.id)
    entries = journal.length
    const plan = planOf(run.flowVersion)
    const state = replay(plan, journal)
    if (!hasEnded(state)) return { entries, loaded: { plan, state }, over: null }
    addEnd(over, { type: 'finish', unanswered: false, ...endOf(state) }, state)
    // Otherwise the process ended between the last event and the end that follows from it.
    if (journal.at(-1)?.type === 'finished') over.entries.length = 0
  } catch (error) {
    if (isStoreError(error)) throw error
    onError(error, run.id)
    addFailure(over, runErrorOf(error), clock.now())
  }
  return { entries, loaded: null, over }
}

function endOf({ status, error }: RunState) {
  return error === null ? { status } : { status, error }
}
