import type { Paint } from './paint.ts'
import { countProblems, formatProblem, plural } from './problem-text.ts'
import type { ImportRecord } from './records.ts'
import { formatTable } from './table.ts'

/** What an import would do: flows, connectors, connections, what is not supported, problems. */
export function formatImportPlan(plan: ImportRecord, paint: Paint): string {
  const { found, missing } = plan.connectors
  const connectors = [
    ...found.map(({ api, folder, operations }) => [paint.good('found'), api, folder, count(operations)]),
    ...missing.map(({ api, operations }) => [
      paint.warn('missing'),
      api,
      'fails when called',
      count(operations),
    ]),
  ]
  const flows = plan.flows.map(({ name, trigger, actions, state, isNew }) => [
    isNew ? 'new' : 'known',
    name,
    trigger,
    plural(actions, 'action'),
    state,
  ])
  return [
    section('Flows', flows),
    section('Connectors', connectors),
    section(
      'Connections',
      plan.connections.map(({ key, api, status }) => [status, key, api]),
    ),
    section('Actions', actionRows(plan, paint)),
    ...plan.problems.map((problem) => formatProblem(problem, paint)),
    plan.problems.length === 0 ? '' : `${countProblems(plan.problems)}\n`,
  ].join('')
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n${formatTable(rows, '  ')}`
}

function actionRows({ actions: { total, supported }, unsupported }: ImportRecord, paint: Paint): string[][] {
  const perCent = (part: number) => `${total === 0 ? 0 : Math.round((part / total) * 1000) / 10} %`
  return [
    ['supported', `${supported} of ${total}`, perCent(supported)],
    ...unsupported.map((row) => [
      paint.warn('unsupported'),
      `${row.count} × ${row.type}`,
      perCent(row.count),
    ]),
  ]
}

/** Operations come as a list of names or as their number. */
function count(operations: unknown): string {
  const number = Array.isArray(operations) ? operations.length : Number(operations)
  return Array.isArray(operations) && number <= 4 ? operations.join(', ') : `${number} operations`
}
