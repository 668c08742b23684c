import { FlowsteadError } from '@flowstead/errors'
import { advance } from './advance.ts'
import { codes } from './codes.ts'
import type { Finished, RunEvent } from './event.ts'
import type { Observer } from './observer.ts'
import type { FlowPlan } from './plan.ts'
import { newState, type RunState } from './state.ts'

/**
 * The state after a journal's events. Commands are not given: those still wanted are `openCommands(state)`.
 * @throws `Machine.JournalMismatch` when the journal does not fit the plan
 */
export function replay(plan: FlowPlan, events: readonly RunEvent[], observer?: Observer): RunState {
  const state = newState()
  for (const [place, event] of events.entries()) {
    if (event.type === 'finished') refuseOtherEnd(state, event)
    else workOff(plan, state, event, { next: events[place + 1], observer })
  }
  return state
}

interface Surroundings {
  readonly next: RunEvent | undefined
  readonly observer: Observer | undefined
}

/** Takes one event and works it off, or as far as it had come when the run was cancelled (M3). */
function workOff(plan: FlowPlan, state: RunState, event: RunEvent, { next, observer }: Surroundings): void {
  const stopAt = next?.type === 'cancelled' ? next.steps : Infinity
  const options = { budget: Infinity, stopAt, ...(observer === undefined ? {} : { observer }) }
  advance(plan, state, event, options)
}

function refuseOtherEnd(state: RunState, event: Finished): void {
  if (state.status === event.status) return
  throw new FlowsteadError(
    codes.journalMismatch,
    `The journal ends as "${event.status}", its replay as "${state.status}".`,
  )
}
