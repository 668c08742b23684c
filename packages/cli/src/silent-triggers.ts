import { formatProblem } from './problem-text.ts'
import type { FlowSummary } from './records.ts'
import type { Session } from './session.ts'

/** Says on stderr which triggers of flows that are on start nothing, and why. */
export function tellSilentTriggers(session: Session, flows: readonly FlowSummary[]): void {
  const on = flows.filter(({ state }) => state === 'on')
  for (const problem of on.flatMap(({ problems }) => problems)) {
    if (problem.code === 'Trigger.NotArmed') session.io.stderr(formatProblem(problem, session.paint))
  }
}
