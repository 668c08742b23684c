import type { ActionDefinition, TriggerDefinition } from '@flowstead/definition'
import { memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { isDate, isDuration, isTimeZone } from './iso-time.ts'
import { literalText } from './literal.ts'

/** Rules about durations, dates and time zones that are written into the flow. */
export const timeRules = [
  flowRule({
    id: 'STR010',
    title: 'Durations, dates and time zones can be read',
    severity: 'error',
    category: 'structure',
    detects:
      'A timeout, an interval of a retry policy or a delay is no ISO 8601 duration, a start or end is no ISO 8601 date, or a time zone has a name that nobody knows.',
    why: 'The platform refuses to save the flow.',
    fix: 'Write durations like PT1H or P7D, dates like 2025-03-31T08:00:00Z, zones like W. Europe Standard Time.',
    bad: {
      actions: {
        Fetch: {
          type: 'Http',
          inputs: { method: 'GET', uri: 'https://example.com' },
          limit: { timeout: '1 hour' },
        },
      },
    },
    good: {
      actions: {
        Fetch: {
          type: 'Http',
          inputs: { method: 'GET', uri: 'https://example.com' },
          limit: { timeout: 'PT1H' },
        },
      },
    },
    check(subject, report) {
      for (const trigger of subject.flow.triggers) checkTimes(trigger, subject, report)
      for (const { action } of subject.actions) checkTimes(action, subject, report)
    },
  }),
]

interface Kind {
  readonly what: string
  readonly isValid: (text: string) => boolean
  readonly example: string
}

const duration: Kind = { what: 'ISO 8601 duration', isValid: isDuration, example: 'PT1H' }
const date: Kind = { what: 'ISO 8601 date', isValid: isDate, example: '2025-03-31T08:00:00Z' }
const zone: Kind = { what: 'time zone', isValid: isTimeZone, example: 'W. Europe Standard Time' }

const retryDurations = ['interval', 'minimumInterval', 'maximumInterval']
const places: readonly (readonly [readonly string[], Kind])[] = [
  [['limit', 'timeout'], duration],
  ...[['inputs'], ['inputs', 'subscribe'], ['inputs', 'unsubscribe']].flatMap((path) =>
    retryDurations.map((key) => [[...path, 'retryPolicy', key], duration] as const),
  ),
  [['recurrence', 'startTime'], date],
  [['recurrence', 'endTime'], date],
  [['recurrence', 'timeZone'], zone],
]
const placesByType: ReadonlyMap<string, readonly (readonly [readonly string[], Kind])[]> = new Map([
  ['SlidingWindow', [[['inputs', 'delay'], duration]]],
  ['Wait', [[['inputs', 'until', 'timestamp'], date]]],
])

function checkTimes(owner: ActionDefinition | TriggerDefinition, { flow }: Subject, report: Report): void {
  for (const [path, { what, isValid, example }] of [...places, ...(placesByType.get(owner.type) ?? [])]) {
    const text = literalText(flow, memberAt(owner.raw, ...path))
    if (text === undefined || isValid(text)) continue
    const message = `${quoted(text)} is no ${what}.`
    report(inside(owner, ...path), { message, hint: `Write it like ${example}.` })
  }
}
