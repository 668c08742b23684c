import type { ActionDefinition, Flow, TriggerDefinition } from '@flowstead/definition'
import { memberAt, objectMember, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { ObjectValue } from '@flowstead/expressions'
import { flowRule, type Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import { secondsOfDuration } from './iso-time.ts'
import { literalNumber, literalText, shown } from './literal.ts'

type Owner = ActionDefinition | TriggerDefinition

const fetch = { method: 'GET', uri: 'https://example.com/orders' }
const loop = {
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions: { Item: { type: 'Compose', inputs: '@item()' } },
}

/** Rules about the numbers in retry policies and concurrency settings. */
export const policyRules = [
  flowRule({
    id: 'STR011',
    title: 'Retry policies are ones that the platform takes',
    severity: 'error',
    category: 'structure',
    detects:
      'The type of a retry policy is not default, none, fixed or exponential, its count is not between 1 and 90, or an interval is not between five seconds and one day.',
    why: 'The platform refuses to save the flow.',
    fix: 'Write a type, a count from 1 to 90, and an interval from PT5S to P1D.',
    bad: {
      actions: {
        Fetch: {
          type: 'Http',
          inputs: { ...fetch, retryPolicy: { type: 'fixed', count: 100, interval: 'PT30S' } },
        },
      },
    },
    good: {
      actions: {
        Fetch: {
          type: 'Http',
          inputs: { ...fetch, retryPolicy: { type: 'fixed', count: 90, interval: 'PT30S' } },
        },
      },
    },
    check({ flow, actions }, report) {
      for (const owner of [...flow.triggers, ...actions.map(({ action }) => action)])
        for (const path of policyPaths) {
          const policy = memberAt(owner.raw, ...path)
          if (policy !== undefined) checkPolicy(flow, owner, path, report)
        }
    },
  }),
  flowRule({
    id: 'STR012',
    title: 'Concurrency stays within what the platform takes',
    severity: 'error',
    category: 'structure',
    detects:
      'A loop asks for fewer than 1 or more than 50 repetitions at the same time, a trigger for fewer than 1 or more than 100 runs, or a trigger has both a number of runs and SingleInstance.',
    why: 'The platform refuses to save the flow.',
    fix: 'Write a number from 1 to 50 for loops and from 1 to 100 for triggers.',
    bad: { actions: { Each: { ...loop, runtimeConfiguration: { concurrency: { repetitions: 60 } } } } },
    good: { actions: { Each: { ...loop, runtimeConfiguration: { concurrency: { repetitions: 50 } } } } },
    check({ flow, actions }, report) {
      for (const { action } of actions)
        checkNumber(flow, action, ['runtimeConfiguration', 'concurrency', 'repetitions'], 50, report)
      for (const trigger of flow.triggers) {
        const path = ['runtimeConfiguration', 'concurrency', 'runs']
        checkNumber(flow, trigger, path, 100, report)
        if (memberAt(trigger.raw, ...path) !== undefined && isSingleInstance(trigger))
          report(inside(trigger, 'operationOptions'), {
            message: `The trigger ${quoted(trigger.name)} has both "SingleInstance" and a number of runs.`,
            hint: 'Remove one of the two.',
          })
      }
    },
  }),
]

const policyPaths = [
  ['inputs', 'retryPolicy'],
  ['inputs', 'subscribe', 'retryPolicy'],
  ['inputs', 'unsubscribe', 'retryPolicy'],
]
const policyTypes: ReadonlySet<string> = new Set(['default', 'none', 'fixed', 'exponential'])
const shortest = 5
const longest = 86_400
const intervals = ['interval', 'minimumInterval', 'maximumInterval']

function checkPolicy(flow: Flow, owner: Owner, path: readonly string[], report: Report): void {
  const policy = memberAt(owner.raw, ...path)
  if (typeof policy === 'string' && literalText(flow, policy) === undefined) return
  const type = literalText(flow, memberAt(policy, 'type'))
  if (type !== undefined && !policyTypes.has(type.toLowerCase())) {
    const message = `${quoted(type)} is no type of retry policy.`
    report(inside(owner, ...path, 'type'), { message, hint: 'Write default, none, fixed or exponential.' })
  }
  if (type?.toLowerCase() === 'none' || type?.toLowerCase() === 'default') return
  checkNumber(flow, owner, [...path, 'count'], 90, report)
  for (const key of intervals) {
    const text = literalText(flow, memberAt(policy, key))
    const seconds = text === undefined ? undefined : secondsOfDuration(text)
    // What is no duration at all is a finding of another rule. A maximum may be longer.
    if (seconds === undefined || (seconds >= shortest && (seconds <= longest || key === 'maximumInterval')))
      continue
    // Stateless logic apps take intervals from one second.
    const severity = flow.format === 'workflow.json' && seconds >= 1 ? 'info' : 'error'
    const message = `The ${key} ${quoted(text)} of the retry policy is not between PT5S and P1D.`
    report(inside(owner, ...path, key), { message, severity })
  }
}

function checkNumber(flow: Flow, owner: Owner, path: readonly string[], most: number, report: Report): void {
  const value = memberAt(owner.raw, ...path)
  const number = literalNumber(flow, value)
  if (value === undefined || number === undefined) return
  if (Number.isInteger(number) && number >= 1 && number <= most) return
  const message = `"${path.at(-1)}" is ${quoted(shown(value))}; it must be a whole number from 1 to ${most}.`
  report(inside(owner, ...path), { message })
}

function isSingleInstance({ raw }: { readonly raw: ObjectValue }): boolean {
  const options = textMember(raw, 'operationOptions') ?? ''
  return (
    objectMember(raw, 'runtimeConfiguration') !== undefined &&
    options.split(',').some((option) => option.trim().toLowerCase() === 'singleinstance')
  )
}
