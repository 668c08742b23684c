import type { NamedFile } from '@flowstead/definition'
import { checkFlow, checkSolution } from '../check-rules.ts'
import { solutionSubjectOf } from '../solution/read-solution.ts'
import type { RuleHits } from './rule-reference.ts'

/** How often each rule fires over files that are reviewed one by one. */
export function ruleHits(files: readonly NamedFile[]): {
  readonly flows: number
  readonly hits: ReadonlyMap<string, RuleHits>
} {
  let flows = 0
  const hits = new Map<string, RuleHits>()
  for (const file of files) {
    const solution = solutionSubjectOf([file], { facts: undefined })
    flows += solution.flows.length
    const together = checkSolution(solution)
    for (const subject of solution.subjects) {
      const own = together.filter(({ flow }) => flow === subject.flow.id)
      const fired = [...checkFlow(subject), ...own].map(({ rule }) => rule)
      for (const id of new Set(fired)) {
        const before = hits.get(id) ?? { flows: 0, findings: 0 }
        const findings = fired.filter((rule) => rule === id).length
        hits.set(id, { flows: before.flows + 1, findings: before.findings + findings })
      }
    }
  }
  return { flows, hits }
}
