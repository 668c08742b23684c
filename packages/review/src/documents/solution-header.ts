import { counted } from '../counted.ts'
import type { Review } from '../flow-review.ts'
import type { Html } from './html.ts'
import { documentHeader } from './page.ts'

/** What a document over several flows is about: the solution, else the only flow, else how many they are. */
export function titleOf({ solutions, flows }: Review): string {
  const [solution] = solutions
  const [flow] = flows
  if (solutions.length > 1) return counted(solutions.length, 'solution')
  if (solution !== undefined) return solution.uniqueName
  return flow !== undefined && flows.length === 1 ? flow.identity.name : counted(flows.length, 'flow')
}

/** Head of a document over a solution. @param date as it shall be read. */
export function solutionHeader(review: Review, kind: string, date: string): Html {
  const { solutions, flows } = review
  const joined = (key: 'version' | 'publisher' | 'file'): string =>
    [...new Set(solutions.map((solution) => solution[key]))].slice(0, 10).join(', ')
  const [flow] = flows
  return documentHeader({
    kind,
    name: titleOf(review),
    facts: [
      ['Version', joined('version') || (flows.length === 1 ? (flow?.flow.version.slice(0, 12) ?? '') : '')],
      ['Publisher', joined('publisher')],
      ['Date', date],
      ['Flows', String(flows.length)],
      ['File', joined('file')],
    ],
  })
}
