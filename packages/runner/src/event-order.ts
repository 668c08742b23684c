import { type CancelledEvent, hasEnded, type RunEvent, type RunState } from '@flowstead/machine'

/** Whether the run still waits for the event. */
export function isAwaited(state: RunState, event: RunEvent): boolean {
  if (hasEnded(state)) return false
  switch (event.type) {
    case 'completed':
    case 'due':
    case 'calledBack':
      return Object.hasOwn(state.open, event.key)
    case 'callerLeft':
      return state.caller === 'waiting'
    default:
      return true
  }
}

/** The event as it goes into the journal: instants never go back, a cancellation says where it came. */
export function stamped(event: RunEvent, { now, steps }: RunState): RunEvent {
  const at = Math.max(event.at, now)
  return event.type === 'cancelled' ? { ...event, at, steps } : { ...event, at }
}

/** A request to cancel; where it came is known when it is taken. */
export function cancelledEvent(at: number, by: string | undefined): CancelledEvent {
  return { type: 'cancelled', at, steps: 0, ...(by === undefined ? {} : { by }) }
}
