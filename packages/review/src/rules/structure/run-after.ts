import { member } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { fromProblems } from '../from-problems.ts'
import { shown } from './literal.ts'
import { unreachable } from './unreachable.ts'

const total = { type: 'Compose', inputs: 1 }
const usual: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Skipped', 'TimedOut'])

/** Rules about the order in which actions run. */
export const runAfterRules = [
  flowRule({
    id: 'STR006',
    title: 'Actions run after actions beside them',
    severity: 'error',
    category: 'structure',
    detects:
      'An entry of runAfter names an action that does not exist, or one that stands in another scope, loop or branch.',
    why: 'The platform refuses to save the flow.',
    fix: 'Name an action of the same block; to wait for something inside a scope or loop, name that scope or loop.',
    bad: { actions: { First: total, Second: { ...total, runAfter: { Frist: ['Succeeded'] } } } },
    good: { actions: { First: total, Second: { ...total, runAfter: { First: ['Succeeded'] } } } },
    check: fromProblems('Definition.MissingRunAfter', 'Definition.RunAfterOtherBlock'),
  }),
  flowRule({
    id: 'STR007',
    title: 'No action waits for itself',
    severity: 'error',
    category: 'structure',
    detects: 'Following runAfter from an action leads back to it.',
    why: 'None of the actions in the circle could ever start; the platform refuses to save the flow.',
    fix: 'Remove one of the runAfter entries of the circle.',
    bad: {
      actions: {
        First: { ...total, runAfter: { Second: ['Succeeded'] } },
        Second: { ...total, runAfter: { First: ['Succeeded'] } },
      },
    },
    good: { actions: { First: total, Second: { ...total, runAfter: { First: ['Succeeded'] } } } },
    check: fromProblems('Definition.Cycle'),
  }),
  flowRule({
    id: 'STR008',
    title: 'runAfter names statuses that an action can end with',
    severity: 'error',
    category: 'structure',
    detects:
      'A status in runAfter does not exist, is one that finished actions do not have, or no status is given at all.',
    why: 'The platform refuses unknown statuses; with others the action waits for something that does not happen.',
    fix: 'Write one or more of Succeeded, Failed, Skipped, TimedOut.',
    bad: { actions: { First: total, Second: { ...total, runAfter: { First: ['Success'] } } } },
    good: { actions: { First: total, Second: { ...total, runAfter: { First: ['Succeeded'] } } } },
    check(subject, report) {
      fromProblems('Definition.UnknownStatus')(subject, report, {})
      checkStatuses(subject, report)
    },
  }),
  flowRule({
    id: 'STR014',
    title: 'Every action can be reached',
    severity: 'warning',
    category: 'structure',
    detects:
      'An action runs only after a Terminate, or after statuses of other actions that never occur together: an action that needs two others to fail although the second is skipped when the first fails.',
    why: 'All entries of runAfter must hold at once, so the action never runs, and nobody is told.',
    fix: 'Let it run after the right actions; put the others into a scope and run after the scope to catch any of their failures.',
    bad: {
      actions: {
        First: total,
        Second: { ...total, runAfter: { First: ['Succeeded'] } },
        Report: { ...total, runAfter: { First: ['Failed'], Second: ['Failed'] } },
      },
    },
    good: {
      actions: {
        First: total,
        Second: { ...total, runAfter: { First: ['Succeeded'] } },
        Report: { ...total, runAfter: { First: ['Failed'], Second: ['Skipped'] } },
      },
    },
    check(subject, report) {
      for (const { action, why } of unreachable(subject))
        report(action, { message: `${quoted(action.name)} never runs: ${why}.` })
    },
  }),
]

function checkStatuses({ flow, actions }: Subject, report: Report): void {
  for (const { action } of actions) {
    for (const { action: before, statuses } of action.runAfter) {
      const written = member(member(action.raw, 'runAfter'), before)
      if (!Array.isArray(written)) continue
      const place = inside(action, 'runAfter', before)
      if (written.length === 0) {
        const message = `${quoted(action.name)} runs after ${quoted(before)} with no status.`
        report(place, { message, severity: 'warning' })
      }
      statuses.forEach((status, index) => {
        const spelling = shown(written[index] ?? null)
        if (neverEnds.has(status)) {
          const message = `No action ends with the status ${quoted(spelling)}, for which ${quoted(action.name)} waits.`
          report(inside(action, 'runAfter', before, index), { message, severity: 'warning' })
        } else if (flow.dialect === 'PowerAutomate' && usual.has(status) && spelling !== status) {
          const message = `The status ${quoted(spelling)} is usually written ${quoted(status)}.`
          report(inside(action, 'runAfter', before, index), { message, severity: 'info' })
        }
      })
    }
  }
}

/** Statuses that runAfter may name and a finished action does not have. */
const neverEnds: ReadonlySet<string> = new Set(['Paused', 'Running', 'Suspended', 'Waiting'])
