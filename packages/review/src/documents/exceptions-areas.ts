// What the product lists under Exceptions: one row per failure or warning of a flow's counters, and one per missing
// dependency of a solution. The rows of a flow are as many as its counters say, in either profile.
import type { ActionData } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import type { Band } from '../metrics/metrics.ts'
import type { SolutionFacts } from '../solution/solution-facts.ts'

export type Level = 'Fail' | 'Warning'

/** One thing that fails, or nearly does. */
export interface AreaRow {
  /** Name of the flow or of the solution. */
  readonly flow: string
  readonly area: string
  readonly value: string
  readonly level: Level
  /** A full sentence. */
  readonly reason: string
}

/** Missing dependencies of a solution. */
export function solutionAreas({ uniqueName, missingDependencies }: SolutionFacts): AreaRow[] {
  return missingDependencies.map(({ name, type, solution, dependent }) => ({
    flow: uniqueName,
    area: 'Missing Dependency',
    value: name,
    level: 'Fail',
    reason: `${dependent === '' ? 'The solution' : dependent} needs this ${type.toLowerCase()}, and the solution does not bring it${solution === '' ? '' : `; it comes from ${solution}`}.`,
  }))
}

type Row = Omit<AreaRow, 'flow'>

/** What the rows are made from. */
export type CountedFlow = Pick<
  FlowReview,
  'identity' | 'bands' | 'metrics' | 'profile' | 'data' | 'breakdown'
>

/** What failed or warned in one flow. */
export function flowAreas(review: CountedFlow): AreaRow[] {
  const rows = [
    ...cardRows(review),
    ...variableRows(review),
    ...structureRows(review),
    ...review.data.actionArray.flatMap(actionRows),
  ]
  return rows.map((row) => ({ flow: review.identity.name, ...row }))
}

function cardRows({ bands, metrics, profile }: CountedFlow): Row[] {
  const levels: Readonly<Partial<Record<Band, Level>>> =
    profile === 'as-shipped' ? { red: 'Warning', amber: 'Fail' } : { red: 'Fail', amber: 'Warning' }
  const cards: readonly (readonly [string, number, Band, string])[] = [
    ['Complexity', metrics.complexity, bands.complexity, 'The complexity'],
    ['Steps', metrics.steps, bands.actions, 'The number of actions'],
    ['Variables', metrics.variables, bands.variables, 'The number of variables'],
    [
      'Exception Handler',
      metrics.exceptions,
      bands.exceptions,
      'The number of actions that run after a failure',
    ],
  ]
  return cards.flatMap(([area, value, band, what]) => {
    const level = levels[band]
    return level === undefined
      ? []
      : [{ area, value: String(value), level, reason: `${what} is in the ${band} band.` }]
  })
}

function variableRows({ data, breakdown }: CountedFlow): Row[] {
  const remedy = breakdown.find(({ name }) => name === 'varNaming')?.remedy ?? ''
  const convention = remedy === '' ? '' : ` ${remedy}`
  return data.variableArray.flatMap(({ name, type, used, named, local }): Row[] => [
    ...(used ? [] : [row('Variable (unused)', name, 'Fail', 'Nothing uses the variable.')]),
    ...(named
      ? []
      : [
          row(
            'Variable (naming)',
            name,
            'Fail',
            `The name does not begin as one of type ${type} should.${convention}`,
          ),
        ]),
    ...(local
      ? []
      : [
          row(
            'Variable (constant)',
            name,
            'Warning',
            'It has a start value, and its name is not in capitals.',
          ),
        ]),
  ])
}

function structureRows({ metrics: { flags, composes } }: CountedFlow): Row[] {
  return [
    ...(composes > 2 ? [row('Composes', String(composes), 'Fail', 'More than two Compose actions.')] : []),
    ...(composes === 1 ? [row('Composes', '1', 'Warning', 'A single Compose action.')] : []),
    ...(flags.mainScope ? [] : [row('Top Level Main Scope', '', 'Fail', 'No action is named "Main".')]),
    ...(flags.exceptionHandleScope
      ? []
      : [row('Exception Scope Following Main Scope', '', 'Fail', 'No scope runs after a failure.')]),
    ...(flags.exceptionScope
      ? []
      : [row('Exception Scope Named', '', 'Fail', 'No action named "Exception" runs after a failure.')]),
  ]
}

function actionRows({ name, type, step, filter, pagination, retry, exception, runAfter }: ActionData): Row[] {
  const rows: Row[] = []
  if (exception === 'Exception' && !waitsForTimeout(runAfter))
    rows.push(
      row('Exception Handling TimedOut', name, 'Fail', 'It runs after a failure, but not after a timeout.'),
    )
  if (type !== 'OpenApiConnection') return rows
  const readsItems = step === 'GetItems'
  if (readsItems && filter === '')
    rows.push(row('Get Items Settings', name, 'Warning', 'It reads a list without a filter.'))
  if ((readsItems || step.includes('ListMyTasks')) && (pagination === '' || pagination === 0))
    rows.push(row('Get Items Settings', name, 'Warning', 'It reads a list without pagination.'))
  if (step === 'PatchItem' && retry === '')
    rows.push(
      row('Patch Item Settings', name, 'Warning', 'It changes an item without a retry policy of its own.'),
    )
  return rows
}

/** From the text that the data hold: `Main:Failed | TimedOut`. */
function waitsForTimeout(runAfter: string): boolean {
  return runAfter.split(' | ').some((part) => part.toUpperCase().endsWith('TIMEDOUT'))
}

function row(area: string, value: string, level: Level, reason: string): Row {
  return { area, value, level, reason }
}
