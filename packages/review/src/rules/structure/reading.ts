import type { Problem, ProblemCode } from '@flowstead/definition'
import { solutionRule } from '../../rule.ts'

const unreadable: ReadonlySet<string> = new Set<ProblemCode>([
  'Definition.TooLarge',
  'Definition.UnknownEncoding',
  'Definition.NotJson',
  'Definition.TooDeep',
  'Definition.NotAFlow',
  'Definition.WrapperNotSupported',
])

/** Rules about files, before there is a flow to look at. */
export const readingRules = [
  solutionRule({
    id: 'STR001',
    title: 'Every file can be read as a flow',
    severity: 'error',
    category: 'structure',
    detects:
      'A file is not JSON, holds no definition with triggers and actions, is over a limit of the reader, or lies in a damaged archive.',
    why: 'Nothing in it could be reviewed, and the platform would not import it either.',
    fix: 'Export the flow again, or repair the file at the place that is named.',
    bad: { text: '{ "definition": { "triggers": {}, "actions": { "Compose": { "type": "Compose", ' },
    good: {
      text: '{ "definition": { "triggers": {}, "actions": { "Compose": { "type": "Compose", "inputs": 1 } } } }',
    },
    checkSolution({ problems }, report) {
      for (const problem of problems)
        if (isUnreadable(problem)) {
          const { file, pointer, line, column, message, hint } = problem
          const at = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
          report({ file, pointer, ...at }, { message, ...(hint === undefined ? {} : { hint }) })
        }
    },
  }),
]

function isUnreadable({ code, severity }: Problem): boolean {
  return severity === 'error' && (unreadable.has(code) || code.startsWith('Archive.'))
}
