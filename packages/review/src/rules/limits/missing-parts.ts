import { quoted } from '@flowstead/errors'
import type { Severity } from '../../finding.ts'
import type { Settings, SolutionReport } from '../../rule.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'

/** Reports what `solution.xml` itself says is missing. */
export function checkMissingParts(
  { solutions }: SolutionSubject,
  report: SolutionReport,
  { platform }: Settings & { readonly platform: readonly string[] },
): void {
  for (const { manifest: file, uniqueName, missingDependencies } of solutions) {
    for (const { name, type, solution, dependent } of missingDependencies) {
      const who = dependent === '' ? '' : `, which ${quoted(dependent)} needs`
      const where = hasSolution(solution) ? `; ${quoted(solution)} brings it` : ''
      const message = `The solution ${quoted(uniqueName)} does not bring ${type} ${quoted(name)}${who}${where}.`
      report({ file, pointer: '' }, { message, severity: severityOf(solution, platform) })
    }
  }
}

/** `Active` is the layer of what no solution brings. */
function hasSolution(solution: string): boolean {
  return solution !== '' && solution.toLowerCase() !== 'active'
}

/** What another solution brings can be installed first; what comes with the platform is usually there. */
function severityOf(solution: string, platform: readonly string[]): Severity {
  if (!hasSolution(solution)) return 'error'
  const name = solution.toLowerCase()
  return platform.some((prefix) => name.startsWith(prefix.toLowerCase())) ? 'info' : 'warning'
}
