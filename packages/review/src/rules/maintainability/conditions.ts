import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'

/**
 * Reports each outermost chain of conditions that stand directly inside one another.
 * @param most conditions in a chain that are still readable.
 */
export function checkConditionDepth(subject: Subject, report: Report, most: number): void {
  const deepest = new Map<ActionDefinition, number>()
  for (const { action, owners } of subject.actions) {
    if (action.type !== 'If') continue
    let length = 1
    while (owners.at(-length)?.type === 'If') length += 1
    const outermost = owners.at(1 - length) ?? action
    const first = length === 1 ? action : outermost
    deepest.set(first, Math.max(deepest.get(first) ?? 0, length))
  }
  for (const [first, length] of deepest) {
    if (length <= most) continue
    const message = `${length} conditions stand directly inside one another from ${quoted(first.name)} on; the limit is ${most}.`
    report(first, { message })
  }
}
