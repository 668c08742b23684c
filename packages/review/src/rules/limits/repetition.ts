import { memberAt, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Owner } from '../../subject/texts.ts'

/** Reports each Until that allows more turns than `most`. */
export function checkIterations({ actions }: Subject, report: Report, most: number): void {
  for (const { action } of actions) {
    const count = action.type === 'Until' ? memberAt(action.raw, 'limit', 'count') : undefined
    if (typeof count !== 'number' || count <= most) continue
    const message = `${quoted(action.name)} may take ${count} turns; the platform takes ${most}.`
    report(inside(action, 'limit', 'count'), { message })
  }
}

type Limits = Settings & {
  readonly minSeconds: number
  readonly minSecondsInLogicApps: number
  readonly maxDays: number
}

/** Reports recurrences that are too short or too long. */
export function checkRecurrence({ flow }: Subject, report: Report, limits: Limits): void {
  const shortest = flow.dialect === 'LogicApps' ? limits.minSecondsInLogicApps : limits.minSeconds
  for (const trigger of flow.triggers) {
    const seconds = recurrenceSeconds(trigger)
    if (seconds === undefined) continue
    const place = inside(trigger, 'recurrence')
    if (seconds < shortest)
      report(place, {
        message: `${quoted(trigger.name)} recurs every ${seconds} s; the platform takes ${shortest} s or more.`,
      })
    const days = Math.floor(seconds / 86_400)
    if (days > limits.maxDays)
      report(place, {
        message: `${quoted(trigger.name)} recurs every ${days} days; the platform takes ${limits.maxDays} at most.`,
      })
  }
}

/** Seconds of the units of a recurrence; months and years as short as they can be. */
const unitSeconds: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['week', 7 * 86_400],
  ['month', 28 * 86_400],
  ['year', 365 * 86_400],
])

/** Seconds between two turns of a trigger; `undefined` without a recurrence, or when it is computed. */
export function recurrenceSeconds({ raw }: Owner): number | undefined {
  const recurrence = memberAt(raw, 'recurrence')
  const unit = unitSeconds.get(textMember(recurrence, 'frequency')?.toLowerCase() ?? '')
  const interval = memberAt(recurrence, 'interval') ?? 1
  return unit === undefined || typeof interval !== 'number' || interval <= 0 ? undefined : unit * interval
}
