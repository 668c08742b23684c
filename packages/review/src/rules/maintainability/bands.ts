// The bands of the score as rules. The limits are the rule's own settings; the table of points is the default one.
import { member, textMember } from '@flowstead/definition'
import { defaultConfig } from '../../config/defaults.ts'
import { complexityBy } from '../../metrics/complexity.ts'
import type { Report, Settings } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'

type Limits = Settings & { readonly amber: number; readonly red: number }

export function checkComplexity(subject: Subject, report: Report, limits: Limits): void {
  const pointsOf = complexityBy(defaultConfig, 'documented')
  let points = 0
  for (const { action } of subject.actions) {
    const host = action.type === 'OpenApiConnection' ? member(action.inputs, 'host') : undefined
    points += pointsOf({
      type: action.type,
      step: textMember(host, 'operationId') ?? action.type,
      connector: textMember(host, 'connectionName') ?? '',
    })
  }
  tell(subject, report, points, `The flow has a complexity of ${points}`, limits)
}

export function checkSteps(subject: Subject, report: Report, limits: Limits): void {
  const count = subject.actions.length
  tell(subject, report, count, `The flow has ${count} actions`, limits)
}

export function checkVariables(subject: Subject, report: Report, limits: Limits): void {
  const count = subject.variables.length
  tell(subject, report, count, `The flow has ${count} variables`, limits)
}

function tell(
  { place }: Subject,
  report: Report,
  value: number,
  claim: string,
  { amber, red }: Limits,
): void {
  if (value < amber) return
  const isRed = value >= red
  const message = `${claim}; ${isRed ? `from ${red} on it is red` : `from ${amber} on it is amber`}.`
  report(place, { message, ...(isRed ? {} : { severity: 'info' }) })
}
