import { quoted } from '@flowstead/errors'
import { type ObjectValue, setOwn } from '@flowstead/expressions'
import type { Outcome } from '../../host/outcome.ts'
import type { KeptFlow } from '../flow-directory.ts'
import { answer, listAnswer, refusal, serverFlows, textOf } from '../native-answer.ts'
import type { NativeCall } from '../native-operation.ts'
import { readFilter } from './filter.ts'
import { invalidQuery } from './invalid-query.ts'
import { readOrder, readTop } from './order.ts'
import { type Column, selectedColumns, tableName } from './workflows-table.ts'

/** Rows of a table that `$filter` lets through, in the order of `$orderby`, at most `$top`. */
export async function listRows(call: NativeCall): Promise<Outcome> {
  const flows = serverFlows(call)
  refuseUnsupported(call)
  return unknownTable(call) ?? listAnswer(matching(flows.list(), call).map(rowOf(call)))
}

/** One row by its id. */
export async function getRow(call: NativeCall): Promise<Outcome> {
  const flows = serverFlows(call)
  refuseUnsupported(call)
  const missing = unknownTable(call)
  if (missing !== undefined) return missing
  const row = rowOf(call)
  const id = (textOf(call, 'recordId') ?? '').replace(/^\{(.*)\}$/, '$1')
  const kept = flows.find(id)
  return kept === undefined
    ? refusal(404, 'NotFound', `The table "${tableName}" has no row ${quoted(id)}.`)
    : answer(200, row(kept))
}

function matching(flows: readonly KeptFlow[], call: NativeCall): KeptFlow[] {
  const filter = textOf(call, '$filter')
  const order = textOf(call, '$orderby')
  const top = readTop(textOf(call, '$top'))
  const found = filter === undefined ? [...flows] : flows.filter(readFilter(filter))
  if (order !== undefined) found.sort(readOrder(order))
  return found.slice(0, top)
}

function rowOf(call: NativeCall): (kept: KeptFlow) => ObjectValue {
  const columns = selectedColumns(textOf(call, '$select'))
  return (kept) => row(columns, kept)
}

function row(columns: readonly Column[], kept: KeptFlow): ObjectValue {
  const values: ObjectValue = {}
  for (const column of columns) setOwn(values, column.name, column.read(kept))
  return values
}

function unknownTable(call: NativeCall): Outcome | undefined {
  const name = textOf(call, 'entityName') ?? ''
  if (name.toLowerCase() === tableName) return undefined
  return refusal(404, 'NotFound', `There is no table ${quoted(name)} here; the only one is "${tableName}".`)
}

/** Left out silently, each of these would give other rows than the flow means. */
function refuseUnsupported(call: NativeCall): void {
  for (const name of ['$expand', 'fetchXml', '$skiptoken']) {
    if (textOf(call, name) === undefined) continue
    throw invalidQuery(name, `The table "${tableName}" of this server is read without it.`)
  }
}
