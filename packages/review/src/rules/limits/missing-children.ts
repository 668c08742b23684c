import { quoted } from '@flowstead/errors'
import type { SolutionReport } from '../../rule.ts'
import { childFlowGraph } from '../../solution/child-flows.ts'
import { solutionOf } from '../../solution/solution-of.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'

/** Reports calls of flows that are nowhere; only where a whole solution is there to look in. */
export function checkChildFlows(
  { flows, solutions, problems }: SolutionSubject,
  report: SolutionReport,
): void {
  for (const { parent, action, reference, pointer, child } of childFlowGraph(flows).calls) {
    const solution = solutionOf(solutions, parent.file)
    if (child !== undefined || solution === undefined || reference.includes('@')) continue
    const id = reference.toLowerCase()
    // A file that cannot be read may be the child.
    if (problems.some(({ file, severity }) => severity === 'error' && file.toLowerCase().includes(id)))
      continue
    if (
      solution.missingDependencies.some(
        ({ name, type }) => name.toLowerCase() === id || /^(workflow|process|flow)/i.test(type),
      )
    )
      continue
    const message = `${quoted(action.name)} calls the flow ${quoted(reference)}, which the solution ${quoted(solution.uniqueName)} does not have.`
    report({ flow: parent.id, name: action.name, pointer }, { message })
  }
}
