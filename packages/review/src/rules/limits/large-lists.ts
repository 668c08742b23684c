import { memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'

/** Reports pagination thresholds above what plans allow; Logic Apps has one limit for all. */
export function checkPagination(
  { actions, flow }: Subject,
  report: Report,
  { maxLow, max }: Settings & { readonly maxLow: number; readonly max: number },
): void {
  for (const { action } of actions) {
    const count = memberAt(action.raw, 'runtimeConfiguration', 'paginationPolicy', 'minimumItemCount')
    if (typeof count !== 'number' || count <= (flow.dialect === 'LogicApps' ? max : maxLow)) continue
    const isOver = count > max
    const message = isOver
      ? `${quoted(action.name)} asks for ${count} items; the platform gives ${max} at most.`
      : `${quoted(action.name)} asks for ${count} items; plans of the low profile give ${maxLow} at most.`
    const place = inside(action, 'runtimeConfiguration', 'paginationPolicy', 'minimumItemCount')
    report(place, { message, ...(isOver ? {} : { severity: 'info' }) })
  }
}

/** Both pages of limits say it: with trigger concurrency SplitOn takes 100 items. */
export function checkSplitOn({ flow }: Subject, report: Report): void {
  for (const trigger of flow.triggers) {
    if (memberAt(trigger.raw, 'splitOn') === undefined) continue
    if (memberAt(trigger.raw, 'runtimeConfiguration', 'concurrency', 'runs') === undefined) continue
    const message = `${quoted(trigger.name)} splits a list and limits its runs, so that it takes 100 items at most.`
    report(inside(trigger, 'splitOn'), { message })
  }
}
