import { FlowsteadError, quoted } from '@flowstead/errors'
import {
  type FunctionRow,
  functions,
  functionsOf,
  nearestFunctions,
  printJson,
  signatureOf,
} from '@flowstead/expressions'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import type { Session } from '../../session.ts'
import { formatTable } from '../../table.ts'

/** Lists the functions, of one category or all. */
export function listFunctions(session: Session, category: string | true): ExitCode {
  const rows = functionsOf().filter((row) => category === true || row.category === category.toLowerCase())
  if (rows.length === 0) {
    const categories = [...new Set(functionsOf().map((row) => row.category))]
    throw new FlowsteadError('Cli.NotFound', `There is no category ${quoted(category)} of functions.`, {
      hint: `Categories are: ${categories.join(', ')}.`,
    })
  }
  if (session.isJson) session.printJson('eval-functions/1', { functions: rows.map(recordOf) })
  else session.print(formatTable(rows.map((row) => [row.name, row.category, row.description])))
  return exitCodes.good
}

/** Explains one function: how it is written, what it does, examples. */
export function describeFunction(session: Session, name: string): ExitCode {
  const row = functions.get(name.toLowerCase())
  if (row === undefined) {
    const near = nearestFunctions(name).map((each) => quoted(each))
    throw new FlowsteadError('Cli.NotFound', `There is no function ${quoted(name)}.`, {
      hint: near.length === 0 ? 'See all with --list.' : `Did you mean ${near.join(' or ')}?`,
    })
  }
  if (session.isJson) session.printJson('eval-functions/1', { functions: [recordOf(row)] })
  else session.print(descriptionOf(row, session))
  return exitCodes.good
}

function descriptionOf(row: FunctionRow, { paint }: Session): string {
  const examples = row.examples.map(([text, result, data]) => [
    text,
    `= ${printJson(result)}`,
    data === undefined ? '' : `with ${JSON.stringify(data)}`,
  ])
  const note = row.deprecated === undefined ? '' : `Deprecated: use ${row.deprecated}.\n`
  return `${paint.strong(signatureOf(row))}\n${paint.dim(row.category)}\n${row.description}\n${note}${formatTable(examples, '  ')}`
}

function recordOf(row: FunctionRow) {
  const { name, category, args, result, description, examples, deprecated } = row
  return {
    name,
    category,
    args,
    result,
    description,
    examples: examples.map(([expression, value, data]) => ({
      expression,
      result: value,
      ...(data === undefined ? {} : { data }),
    })),
    ...(deprecated === undefined ? {} : { deprecated }),
  }
}
