import { counted } from '../counted.ts'
import { type Finding, type Severity, severities } from '../finding.ts'
import type { FlowReview } from '../flow-review.ts'
import { type Html, html } from './html.ts'
import { severityMark } from './marks.ts'

/** Beside each action that has findings: how serious, how many, with a link; by name in lower case. */
export function actionNotes({ findings }: Pick<FlowReview, 'findings'>): ReadonlyMap<string, Html> {
  const found = new Map<string, { worst: Severity; count: number }>()
  for (const { action, severity } of findings) {
    if (action === undefined) continue
    const key = action.toLowerCase()
    const known = found.get(key)
    if (known === undefined) found.set(key, { worst: severity, count: 1 })
    else {
      known.count += 1
      if (severities.indexOf(severity) < severities.indexOf(known.worst)) known.worst = severity
    }
  }
  return new Map(
    [...found].map(([key, { worst, count }]) => [
      key,
      html` <span class="count" title="${counted(count, 'finding')}">${severityMark(worst)}${count === 1 ? '' : ` × ${count}`}</span>`,
    ]),
  )
}

/** How many findings there are of each severity, the most serious first; without those that have none. */
export function countBySeverity(findings: readonly Finding[]): (readonly [Severity, number])[] {
  return severities
    .map((severity) => [severity, findings.filter((each) => each.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
}
