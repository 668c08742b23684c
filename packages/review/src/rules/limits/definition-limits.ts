// The limits of one definition, for Power Automate ("Limits of automated, scheduled, and instant flows",
// https://learn.microsoft.com/power-automate/limits-and-config, text of February 2025) and Logic Apps ("Limits and
// configuration reference for Azure Logic Apps", https://learn.microsoft.com/azure/logic-apps/logic-apps-limits-and-config).
// Both pages have the same figures for everything here but the shortest recurrence.
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { inTurn, nested, waits } from '../maintainability/example-actions.ts'
import { checkLengths } from './lengths.ts'
import { checkIterations, checkRecurrence } from './repetition.ts'

const scope = (actions: object) => ({ type: 'Scope', actions })
const choice = (count: number) => ({
  Choose: {
    type: 'Switch',
    expression: "@triggerBody()?['kind']",
    cases: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`Case_${index}`, { case: `kind ${index}`, actions: {} }]),
    ),
  },
})
const declare = (count: number) =>
  inTurn(1, 'Declare', () => ({
    type: 'InitializeVariable',
    inputs: {
      variables: Array.from({ length: count }, (_, index) => ({ name: `v${index}`, type: 'string' })),
    },
  }))
const until = (count: number) => ({
  Retry: {
    type: 'Until',
    expression: "@equals(outputs('Wait'), true)",
    limit: { count, timeout: 'PT1H' },
    actions: { Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } },
  },
})

/** Rules about what the platform refuses because it is too large. */
export const definitionLimitRules = [
  flowRule({
    id: 'LIM701',
    title: 'A flow has no more actions than the platform takes',
    severity: 'error',
    category: 'limits',
    detects: 'The flow has more actions than the platform allows, or is about to reach the number.',
    why: 'The platform refuses to save the flow, and shortly before that every change becomes a puzzle.',
    fix: 'Move parts of the flow into child flows.',
    settings: { maxActions: 500, warnPercent: 80 },
    bad: { actions: waits(400) },
    good: { actions: waits(399) },
    check({ actions, place }, report, { maxActions, warnPercent }) {
      const isOver = actions.length > maxActions
      if (!isOver && actions.length * 100 < maxActions * warnPercent) return
      const message = `The flow has ${actions.length} of at most ${maxActions} actions.`
      report(place, { message, ...(isOver ? {} : { severity: 'warning' }) })
    },
  }),
  flowRule({
    id: 'LIM702',
    title: 'Actions are nested no deeper than the platform takes',
    severity: 'error',
    category: 'limits',
    detects:
      'Actions stand on more levels inside one another than the platform allows, the top level included. One level too many is only a warning, because the platform does not say whether it counts the top level.',
    why: 'The platform refuses to save the flow.',
    fix: 'Move the inner part into a child flow, or join conditions.',
    settings: { maxDepth: 8 },
    bad: { actions: nested(9, scope) },
    good: { actions: nested(7, scope) },
    check({ actions }, report, { maxDepth }) {
      const depth = actions.reduce((deepest, { owners }) => Math.max(deepest, owners.length + 1), 0)
      const first = actions.find(({ owners }) => owners.length + 1 === depth)
      if (depth <= maxDepth || first === undefined) return
      const message = `${quoted(first.action.name)} stands on level ${depth}; the platform takes ${maxDepth}.`
      report(first.action, { message, ...(depth === maxDepth + 1 ? { severity: 'warning' } : {}) })
    },
  }),
  flowRule({
    id: 'LIM703',
    title: 'A Switch has no more cases than the platform takes',
    severity: 'error',
    category: 'limits',
    detects: 'A Switch has more cases than the platform allows.',
    why: 'The platform refuses to save the flow.',
    fix: 'Look the values up in an object or a table, or divide them between two Switch actions.',
    settings: { maxCases: 25 },
    bad: { actions: choice(26) },
    good: { actions: choice(25) },
    check({ actions }, report, { maxCases }) {
      for (const { action } of actions) {
        const count = action.blocks.filter(({ key }) => key.startsWith('case:')).length
        if (action.type !== 'Switch' || count <= maxCases) continue
        report(action, {
          message: `${quoted(action.name)} has ${count} cases; the platform takes ${maxCases}.`,
        })
      }
    },
  }),
  flowRule({
    id: 'LIM704',
    title: 'A flow has no more variables than the platform takes',
    severity: 'error',
    category: 'limits',
    detects: 'The flow declares more variables than the platform allows.',
    why: 'The platform refuses to save the flow.',
    fix: 'Keep values that belong together in one object.',
    settings: { maxVariables: 250 },
    bad: { actions: declare(251) },
    good: { actions: declare(250) },
    check({ variables, place }, report, { maxVariables }) {
      if (variables.length <= maxVariables) return
      report(place, {
        message: `The flow has ${variables.length} variables; the platform takes ${maxVariables}.`,
      })
    },
  }),
  flowRule({
    id: 'LIM705',
    title: 'Names and texts are no longer than the platform takes',
    severity: 'error',
    category: 'limits',
    detects:
      'The name of an action or trigger, one expression, a description or the tracked properties are longer than the platform allows.',
    why: 'The platform refuses to save the flow.',
    fix: 'Shorten the text; compute long expressions in several Compose actions.',
    settings: { maxName: 80, maxExpression: 8_192, maxDescription: 256, maxTrackedProperties: 16_000 },
    bad: { actions: { [`Wait_${'a'.repeat(76)}`]: { type: 'Wait', inputs: {} } } },
    good: { actions: { [`Wait_${'a'.repeat(75)}`]: { type: 'Wait', inputs: {} } } },
    check: checkLengths,
  }),
  flowRule({
    id: 'LIM706',
    title: 'Loops and schedules keep within the limits of the platform',
    severity: 'error',
    category: 'limits',
    detects:
      'An Until may run more often than the platform allows, or a recurrence is shorter or longer than it allows.',
    why: 'The platform refuses to save the flow, or ends the loop earlier than it says.',
    fix: 'Let a child flow do a part of the turns; use a recurrence within the limits.',
    settings: { maxTurns: 5_000, minSeconds: 60, minSecondsInLogicApps: 1, maxDays: 500 },
    bad: { actions: until(5_001) },
    good: { actions: until(5_000) },
    check(subject, report, limits) {
      checkIterations(subject, report, limits.maxTurns)
      checkRecurrence(subject, report, limits)
    },
  }),
]
