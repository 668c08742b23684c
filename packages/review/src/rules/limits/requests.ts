import type { PlacedAction } from '@flowstead/definition'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { recurrenceSeconds } from './repetition.ts'

type Plans = Settings & { readonly maxLow: number; readonly maxMedium: number; readonly maxHigh: number }

/** Reports a schedule that uses up what a plan allows in a day, at the least. */
export function checkRequests(
  { flow, actions }: Subject,
  report: Report,
  { maxLow, maxMedium, maxHigh }: Plans,
): void {
  const trigger = flow.triggers[0]
  if (flow.dialect !== 'PowerAutomate' || trigger?.type !== 'Recurrence') return
  const seconds = recurrenceSeconds(trigger)
  if (seconds === undefined) return
  const runs = Math.floor(86_400 / seconds)
  const requests = runs * actions.filter(isAlwaysRun).length
  if (requests <= maxLow) return
  const allowed =
    requests > maxHigh
      ? `no plan allows more than ${maxHigh}`
      : requests > maxMedium
        ? `plans of the medium profile allow ${maxMedium}`
        : `plans of the low profile allow ${maxLow}`
  const message = `${runs} runs a day make at least ${requests} requests; ${allowed}.`
  report(inside(trigger, 'recurrence'), { message })
}

/** Not in a branch or a loop over a list that may be empty, and not only after a failure. */
function isAlwaysRun({ action, owners }: PlacedAction): boolean {
  const isCertain = owners.every(({ type }) => type === 'Scope' || type === 'Until')
  return (
    isCertain &&
    [...owners, action].every(({ runAfter }) =>
      runAfter.every(({ statuses }) => statuses.includes('Succeeded')),
    )
  )
}
