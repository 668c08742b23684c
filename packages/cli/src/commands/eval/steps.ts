import { type ExplainedStep, printJson, typeName } from '@flowstead/expressions'
import type { Paint } from '../../paint.ts'
import { formatTable } from '../../table.ts'

const longestText = 100

/** One line per step, indented as the calls are, with what it gave. */
export function explanationText(steps: readonly ExplainedStep[], paint: Paint): string {
  return formatTable(
    steps.map((step) => [
      '  '.repeat(step.depth) + shortened(step.text.replace(/\s+/g, ' ')),
      outcomeText(step, paint),
    ]),
  )
}

function outcomeText({ outcome }: ExplainedStep, paint: Paint): string {
  if (outcome.kind === 'value') return shortened(printJson(outcome.value))
  return outcome.kind === 'error' ? paint.bad(outcome.error.code) : paint.dim(outcome.kind)
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

/** Steps as `eval/1` shows them. */
export function stepRecords(steps: readonly ExplainedStep[]): object[] {
  return steps.map(({ text, depth, start, end, outcome }) => {
    const place = { text, depth, start, end }
    if (outcome.kind === 'value')
      return { ...place, outcome: 'value', type: typeName(outcome.value), value: outcome.value }
    return outcome.kind === 'error'
      ? { ...place, outcome: 'error', error: outcome.error.toJSON() }
      : { ...place, outcome: 'not reached' }
  })
}
