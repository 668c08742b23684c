import type { Clock } from '@flowstead/runner'
import { nextOccurrence, type Recurrence } from './recurrence.ts'

/**
 * Fires Recurrence triggers. What is kept of a trigger is when it was turned on and when it fired last; that is
 * committed together with the run, so a tick is neither lost nor doubled by a crash. Ticks missed while nothing
 * ran are not made up.
 */
export interface Scheduler {
  turnOn(trigger: ScheduledTrigger): void
  turnOff(flowId: string, triggerName: string): void
  /** ms since the epoch of the next tick; `undefined` when there is none. */
  next(flowId: string, triggerName: string): number | undefined
  close(): void
}

export interface ScheduledTrigger {
  readonly flowId: string
  readonly triggerName: string
  readonly recurrence: Recurrence
}

export interface SchedulerPorts {
  readonly clock: Clock
  /** The kept text under a key. */
  readonly cursor: (key: string) => string | undefined
  /** Starts a run and commits `cursor` with it. */
  readonly fire: (tick: Tick) => Promise<void>
  readonly onError: (error: unknown) => void
}

export interface Tick extends ScheduledTrigger {
  readonly scheduledAt: number
  readonly cursor: { readonly key: string; readonly value: string }
}

interface Kept {
  readonly turnedOnAt: number
  readonly lastAt: number
}

export function createScheduler({ clock, cursor, fire, onError }: SchedulerPorts): Scheduler {
  const live = new Map<string, { next: number | undefined; cancel: () => void }>()

  const arm = (trigger: ScheduledTrigger, kept: Kept, at: number | undefined): void => {
    const key = cursorKey(trigger)
    if (at === undefined) {
      live.set(key, { next: undefined, cancel: () => {} })
      return
    }
    const cancel = clock.schedule(at, () => {
      const fired: Kept = { turnedOnAt: kept.turnedOnAt, lastAt: at }
      arm(trigger, fired, nextOccurrence(trigger.recurrence, Math.max(at, clock.now() - 1), fired.turnedOnAt))
      fire({ ...trigger, scheduledAt: at, cursor: { key, value: JSON.stringify(fired) } }).catch(onError)
    })
    live.set(key, { next: at, cancel })
  }

  const turnOff = (key: string): void => {
    live.get(key)?.cancel()
    live.delete(key)
  }

  return {
    turnOn(trigger) {
      const key = cursorKey(trigger)
      turnOff(key)
      const now = clock.now()
      const kept = readKept(cursor(key))
      if (kept) {
        arm(trigger, kept, nextOccurrence(trigger.recurrence, Math.max(kept.lastAt, now), kept.turnedOnAt))
        return
      }
      const { startTime, schedule } = trigger.recurrence
      const first = startTime === undefined && schedule === undefined
      const begun: Kept = { turnedOnAt: now, lastAt: now }
      arm(trigger, begun, first ? now : nextOccurrence(trigger.recurrence, now, now))
    },
    turnOff: (flowId, triggerName) => turnOff(cursorKey({ flowId, triggerName })),
    next: (flowId, triggerName) => live.get(cursorKey({ flowId, triggerName }))?.next,
    close() {
      for (const { cancel } of live.values()) cancel()
      live.clear()
    },
  }
}

const cursorKey = ({ flowId, triggerName }: Pick<ScheduledTrigger, 'flowId' | 'triggerName'>): string =>
  `schedule/${flowId}/${triggerName}`

function readKept(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined
  const { turnedOnAt, lastAt } = JSON.parse(text) as Kept
  return { turnedOnAt, lastAt }
}
