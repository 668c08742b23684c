import { flowRule } from '../../rule.ts'
import { fromProblems } from '../from-problems.ts'

const initialize = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] },
}

/** Rules about where variables begin. */
export const variableRules = [
  flowRule({
    id: 'STR009',
    title: 'Variables are initialized once and at the top level',
    severity: 'error',
    category: 'structure',
    detects:
      'A variable is initialized inside a scope, loop or branch, or two actions initialize the same one.',
    why: 'Variables belong to the whole run; the platform refuses to save the flow.',
    fix: 'Initialize it once at the top level, and set its value where it was initialized.',
    bad: { actions: { Try: { type: 'Scope', actions: { Start: initialize } } } },
    good: { actions: { Start: initialize } },
    check: fromProblems('Definition.InitializeNotAtTop', 'Definition.DuplicateVariable'),
  }),
]
