import { flowRule } from '../../rule.ts'
import { fromProblems } from '../from-problems.ts'

/** Rules about the names by which actions are told apart. */
export const nameRules = [
  flowRule({
    id: 'STR005',
    title: 'Every action has a name of its own',
    severity: 'error',
    category: 'structure',
    detects: 'Two actions anywhere in the flow have the same name, letter case aside.',
    why: 'The platform refuses to save the flow, because expressions could not tell which action they mean.',
    fix: 'Rename one of them, and the expressions that mean it.',
    bad: {
      actions: {
        Total: { type: 'Compose', inputs: 1 },
        Group: {
          type: 'Scope',
          runAfter: { Total: ['Succeeded'] },
          actions: { total: { type: 'Compose', inputs: 2 } },
        },
      },
    },
    good: {
      actions: {
        Total: { type: 'Compose', inputs: 1 },
        Group: {
          type: 'Scope',
          runAfter: { Total: ['Succeeded'] },
          actions: { Subtotal: { type: 'Compose', inputs: 2 } },
        },
      },
    },
    check: fromProblems('Definition.DuplicateAction'),
  }),
]
