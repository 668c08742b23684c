import type { ProblemCode } from '@flowstead/definition'
import type { FlowRule } from '../rule.ts'

/**
 * A rule that holds what the definition package finds when it validates: one truth for `flow validate` and review.
 * @param codes problems that break the rule.
 */
export function fromProblems(...codes: readonly ProblemCode[]): FlowRule['check'] {
  const wanted: ReadonlySet<string> = new Set(codes)
  return (subject, report) => {
    for (const { code, pointer, message, hint } of subject.problems)
      if (wanted.has(code)) report({ pointer }, { message, ...(hint === undefined ? {} : { hint }) })
  }
}
