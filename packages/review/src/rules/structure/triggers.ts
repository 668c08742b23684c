import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { fromProblems } from '../from-problems.ts'

const daily = { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } }
const answer = { Answer: { type: 'Response', kind: 'Http', inputs: { statusCode: 200 } } }

/** Rules about triggers, and about actions that need a certain surrounding. */
export const triggerRules = [
  flowRule({
    id: 'STR016',
    title: 'A flow has exactly one trigger',
    severity: 'error',
    category: 'structure',
    detects: 'A flow has no trigger, or more than one.',
    why: 'Nothing starts a flow without a trigger, and a cloud flow takes only one.',
    fix: 'Leave one trigger; make a flow of its own for every other way to start.',
    bad: { triggers: {}, actions: { Total: { type: 'Compose', inputs: 1 } } },
    good: { triggers: { Daily: daily }, actions: { Total: { type: 'Compose', inputs: 1 } } },
    check: checkTriggers,
  }),
  flowRule({
    id: 'STR017',
    title: 'Response and Terminate stand where they work',
    severity: 'error',
    category: 'structure',
    detects: 'A Response stands in a flow that nobody calls, or a Terminate inside a loop.',
    why: 'Without a caller a Response is skipped in every run; the platform refuses a Terminate inside a loop.',
    fix: 'Start the flow by a request, or remove the Response; set a variable in the loop and terminate after it.',
    bad: { trigger: daily, actions: answer },
    good: { actions: answer },
    check(subject, report) {
      fromProblems('Definition.TerminateInLoop')(subject, report, {})
      checkResponses(subject, report)
    },
  }),
]

function checkTriggers({ flow, problems }: Subject, report: Report): void {
  for (const { code, pointer, message } of problems) {
    // A logic app may be started by hand or by another one, and may have up to ten triggers.
    if (code === 'Definition.NoTrigger')
      report({ pointer }, flow.dialect === 'LogicApps' ? { message, severity: 'warning' } : { message })
    if (
      code === 'Definition.SeveralTriggers' &&
      (flow.dialect === 'PowerAutomate' || flow.format === 'workflow.json')
    )
      report({ pointer }, { message })
  }
}

/** Triggers of which it is certain that nobody waits for an answer. */
const scheduled: ReadonlySet<string> = new Set(['Recurrence', 'SlidingWindow'])
const calling: ReadonlySet<string> = new Set(['Request', 'Manual'])

function checkResponses({ flow, actions }: Subject, report: Report): void {
  if (flow.triggers.length === 0 || flow.triggers.some(({ type }) => calling.has(type))) return
  const severity = flow.triggers.every(({ type }) => scheduled.has(type)) ? 'error' : 'warning'
  const started = flow.triggers.map(({ type }) => quoted(type)).join(', ')
  for (const { action } of actions)
    if (action.type === 'Response')
      report(action, {
        message: `${quoted(action.name)} answers nobody: the flow is started by ${started}.`,
        severity,
      })
}
