import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { contentsOf } from '../reliability/contents.ts'

const parts = (prefix: string, count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${prefix}_${index}`, { type: 'Compose', inputs: index }]),
  )
const kinds = (count: number): object => ({
  type: 'Switch',
  expression: "@triggerBody()?['kind']",
  cases: {
    Order: { case: 'order', actions: parts('Order', count) },
    Return: { case: 'return', actions: parts('Return', count) },
    Offer: { case: 'offer', actions: parts('Offer', count) },
  },
  default: { actions: {} },
})

/** Rules about work that most runs do not do. */
export const branchRules = [
  flowRule({
    id: 'PERF318',
    title: 'Wide branches stand in flows of their own',
    severity: 'warning',
    category: 'performance',
    detects:
      'A condition or switch holds so many actions that at least `maxSkipped` of them are skipped in every run.',
    why: 'Skipped actions are written into the history of each run all the same, and the designer loads and shows all of them.',
    fix: 'Move each branch into a child flow and call it from there.',
    settings: { maxSkipped: 30 },
    bad: { actions: { Kind: kinds(20) } },
    good: { actions: { Kind: kinds(10) } },
    check(subject, report, { maxSkipped }) {
      const contents = contentsOf(subject)
      const reported = new Set<ActionDefinition>()
      for (const { action, owners } of subject.actions) {
        if (action.type !== 'If' && action.type !== 'Switch') continue
        if (owners.some((owner) => reported.has(owner))) continue
        const sizes = action.blocks.map(({ actions }) =>
          actions.reduce((sum, each) => sum + 1 + contents.inside(each).length, 0),
        )
        const skipped = sizes.reduce((sum, size) => sum + size, 0) - Math.max(0, ...sizes)
        if (skipped < maxSkipped) continue
        reported.add(action)
        report(action, {
          message: `At least ${skipped} of the actions in ${quoted(action.name)} are skipped in every run.`,
        })
      }
    },
  }),
]
