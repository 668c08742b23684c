import type { SolutionFacts } from './solution-facts.ts'

/** The solution a flow or file belongs to: the innermost whose archive or folder holds it. */
export function solutionOf(solutions: readonly SolutionFacts[], file: string): SolutionFacts | undefined {
  return solutions
    .filter((solution) => holds(solution.file, file))
    .reduce<SolutionFacts | undefined>(
      (best, next) => (best === undefined || next.file.length > best.file.length ? next : best),
      undefined,
    )
}

function holds(root: string, file: string): boolean {
  return root === '' || file.startsWith(`${root}/`) || file.startsWith(`${root}!`)
}
