import { quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type { KeptFlow } from '../flow-directory.ts'
import { clientData, descriptionOf } from '../flow-text.ts'
import { invalidQuery } from './invalid-query.ts'

/** What a column holds, and so what it can be compared with. */
export type ColumnType = 'text' | 'id' | 'number' | 'date'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** What the server knows; null where it knows nothing. */
  read(kept: KeptFlow): Value
}

/** The one table there is, as the connector names it. */
export const tableName = 'workflows'

/** Every answer has this column, asked for or not. */
export const idColumn = 'workflowid'

/** Category of flows, as opposed to classic workflows, and type of a definition, as opposed to a template. */
const modernFlow = 5
const definition = 1

/** The table `workflows` with the columns that a server of flows can fill, in the order of its answers. */
const columns: readonly Column[] = [
  { name: idColumn, type: 'id', read: ({ flow }) => flow.id },
  { name: 'resourceid', type: 'id', read: ({ flow }) => flow.id },
  { name: 'workflowidunique', type: 'id', read: () => null },
  { name: 'name', type: 'text', read: ({ flow }) => flow.name },
  { name: 'description', type: 'text', read: ({ flow }) => descriptionOf(flow) ?? null },
  { name: 'category', type: 'number', read: () => modernFlow },
  { name: 'type', type: 'number', read: () => definition },
  { name: 'statecode', type: 'number', read: ({ state }) => (state === 'on' ? 1 : 0) },
  { name: 'statuscode', type: 'number', read: ({ state }) => (state === 'on' ? 2 : 1) },
  { name: 'createdon', type: 'date', read: ({ createdAt }) => dateText(createdAt) },
  { name: 'modifiedon', type: 'date', read: ({ modifiedAt }) => dateText(modifiedAt) },
  { name: '_ownerid_value', type: 'id', read: () => null },
  { name: 'clientdata', type: 'text', read: ({ flow }) => clientData(flow) },
]

const byName = new Map(columns.map((column) => [column.name, column]))

/** A column of the table. @throws `Connector.ParameterInvalid` naming `parameter` and the columns there are */
export function columnNamed(name: string, parameter: string): Column {
  const column = byName.get(name)
  if (column !== undefined) return column
  throw invalidQuery(
    parameter,
    `The table "${tableName}" has no column ${quoted(name)}. It has: ${columns.map((one) => one.name).join(', ')}.`,
  )
}

/**
 * The columns to answer with: all, or those of a list such as `name,clientdata`.
 * @throws `Connector.ParameterInvalid`
 */
export function selectedColumns(select: string | undefined): readonly Column[] {
  if (select === undefined) return columns
  const wanted = select.split(',').map((name) => columnNamed(name.trim(), '$select'))
  return columns.filter((column) => column.name === idColumn || wanted.includes(column))
}

/** Dataverse keeps whole seconds. */
function dateText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
