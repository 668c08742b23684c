import { checkFlow } from '../../check-rules.ts'
import { subjectOf } from '../../subject/subject.ts'
import { type ExampleFlow, readExample } from '../example-flow.ts'
import { rules } from '../index.ts'

/** What one rule finds in an example: severity and action of each finding. */
export function findingsOf(id: string, example: ExampleFlow): string[] {
  const only = rules.filter((rule) => rule.id === id)
  return readExample(example).flows.flatMap((flow) =>
    checkFlow(subjectOf(flow), { only }).map(({ severity, action }) => `${severity} ${action ?? 'flow'}`),
  )
}
