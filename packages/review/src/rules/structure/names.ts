import { flowRule, type Rule, type SolutionReport } from '../../rule.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'
import { fromProblems } from '../from-problems.ts'

/** Two names alike in one block are one key in the file, of which the last counts: only the reader sees that. */
function checkLostActions({ flows, problems }: SolutionSubject, report: SolutionReport): void {
  for (const { code, file, pointer, message, hint } of problems) {
    if (code !== 'Definition.DuplicateAction') continue
    const owner = flows.find((flow) => flow.file === file && pointer.startsWith(`${flow.definitionAt}/`))
    const place = owner === undefined ? { pointer, file } : { pointer, flow: owner.id }
    report(place, { message, ...(hint === undefined ? {} : { hint }) })
  }
}

const sameName = flowRule({
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
})

/** Rules about the names by which actions are told apart. */
export const nameRules: readonly Rule[] = [{ ...sameName, checkSolution: checkLostActions } as Rule]
