// Which rows a trigger watches and which rows an action writes, for the connectors whose names we know: Dataverse and
// SharePoint lists. Tables are compared as the file writes them; what an expression computes is only equal to itself.
import {
  type ActionDefinition,
  connectorCallOf,
  memberAt,
  members,
  type TriggerDefinition,
  textMember,
} from '@flowstead/definition'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { numberOf } from './duration.ts'

export type Change = 'create' | 'update' | 'delete'

/** Rows that start a flow. */
export interface WatchedRows {
  readonly table: string
  readonly changes: ReadonlySet<Change>
  /** Columns whose change starts the flow, lower case; `undefined` when any does. */
  readonly columns: ReadonlySet<string> | undefined
  /** Whether the trigger itself looks at the content of the row. */
  readonly isFiltered: boolean
}

/** Rows that an action writes. */
export interface WrittenRows {
  readonly table: string
  readonly change: Change
  /** Columns it sets, lower case; `undefined` when the file does not tell. */
  readonly columns: ReadonlySet<string> | undefined
}

/** Change type of the Dataverse trigger, by its number. */
const dataverseChanges: Readonly<Record<number, readonly Change[]>> = {
  1: ['create'],
  2: ['delete'],
  3: ['update'],
  4: ['create', 'update'],
  5: ['create', 'delete'],
  6: ['update', 'delete'],
  7: ['create', 'update', 'delete'],
}

const sharePointTriggers: Readonly<Record<string, readonly Change[]>> = {
  getonnewitems: ['create'],
  getonnewfileitems: ['create'],
  onnewitems: ['create'],
  onnewfileitems: ['create'],
  getonupdateditems: ['create', 'update'],
  getonupdatedfileitems: ['create', 'update'],
  onupdateditems: ['create', 'update'],
  onupdatedfileitems: ['create', 'update'],
  getondeleteditems: ['delete'],
  getondeletedfileitems: ['delete'],
}

const sharePointWrites: Readonly<Record<string, Change>> = {
  postitem: 'create',
  patchitem: 'update',
  patchfileitem: 'update',
  deleteitem: 'delete',
}

const dataverseWrites: Readonly<Record<string, Change>> = {
  createrecord: 'create',
  updaterecord: 'update',
  updateonlyrecord: 'update',
  deleterecord: 'delete',
}

/** The Dataverse API of today, of both names it had. */
export function isDataverse(api: string | undefined): boolean {
  return api?.startsWith('shared_commondataservice') === true
}

/** What rows start the flow; `undefined` for other triggers and where the file does not tell. */
export function watchedRows({ flow }: Subject, trigger: TriggerDefinition): WatchedRows | undefined {
  const call = connectorCallOf(flow, trigger)
  const parameters = memberAt(trigger.raw, 'inputs', 'parameters')
  if (isDataverse(call?.api)) {
    const changes = dataverseChanges[numberOf(memberAt(parameters, 'subscriptionRequest/message')) ?? 0]
    const table = textMember(parameters, 'subscriptionRequest/entityname')
    if (changes === undefined || table === undefined || table.includes('@')) return undefined
    return {
      table: `dataverse ${table.toLowerCase()}`,
      changes: new Set(changes),
      columns: columnsOf(textMember(parameters, 'subscriptionRequest/filteringattributes')),
      isFiltered: (textMember(parameters, 'subscriptionRequest/filterexpression') ?? '') !== '',
    }
  }
  const path = textMember(memberAt(trigger.raw, 'inputs'), 'path')
  const operation = path === undefined ? call?.operation : path.slice(path.lastIndexOf('/') + 1)
  const changes = sharePointTriggers[operation?.toLowerCase() ?? '']
  const table = changes && (path === undefined ? sharePointTable(parameters) : tablePath(path))
  return changes === undefined || table === undefined
    ? undefined
    : { table, changes: new Set(changes), columns: undefined, isFiltered: false }
}

/** What rows an action writes; `undefined` for all that writes none, and where the file does not tell. */
export function writtenRows(subject: Subject, action: ActionDefinition): WrittenRows | undefined {
  const call = outsideCallOf(subject, action)
  const parameters = memberAt(action.inputs, 'parameters')
  const operation = call?.operation?.toLowerCase() ?? ''
  if (isDataverse(call?.api)) {
    const change = dataverseWrites[operation]
    const table = textMember(parameters, 'entityName')
    if (change === undefined || table === undefined || table.includes('@')) return undefined
    return { table: `dataverse ${table.toLowerCase()}`, change, columns: setColumns(parameters) }
  }
  const path = textMember(action.inputs, 'path')
  const table = path === undefined ? sharePointTable(parameters) : tablePath(path)
  const change =
    path === undefined
      ? sharePointWrites[operation]
      : changeOfMethod(textMember(action.inputs, 'method'), path)
  return change === undefined || table === undefined ? undefined : { table, change, columns: undefined }
}

/** Whether both name the same table. Dataverse triggers say `account`, its actions say `accounts`. */
export function isSameTable(watched: string, written: string): boolean {
  if (!watched.startsWith('dataverse ')) return watched === written
  return (
    written === watched ||
    written === `${watched}s` ||
    written === `${watched}es` ||
    (watched.endsWith('y') && written === `${watched.slice(0, -1)}ies`)
  )
}

function columnsOf(text: string | undefined): ReadonlySet<string> | undefined {
  const names = (text ?? '').split(',').map((name) => name.trim().toLowerCase())
  const columns = names.filter((name) => name !== '')
  return columns.length === 0 || columns.some((name) => name.includes('@')) ? undefined : new Set(columns)
}

/** Columns of parameters such as `item/name`; a whole `item` that an expression gives may set any. */
function setColumns(parameters: Parameters<typeof members>[0]): ReadonlySet<string> | undefined {
  const columns = new Set<string>()
  for (const [key] of members(parameters)) {
    if (key === 'item') return undefined
    if (key.startsWith('item/')) columns.add(key.slice('item/'.length).toLowerCase().replace(/@.*$/, ''))
  }
  return columns.size === 0 ? undefined : columns
}

function sharePointTable(parameters: Parameters<typeof members>[0]): string | undefined {
  const [site, list] = [textMember(parameters, 'dataset'), textMember(parameters, 'table')]
  return site === undefined || list === undefined ? undefined : `list ${site} ${list}`.toLowerCase()
}

/** `/datasets/<site>/tables/<list>` out of a longer path; an address inside may hold slashes of its own. */
function tablePath(path: string): string | undefined {
  const end = path.lastIndexOf('/items') > 0 ? path.lastIndexOf('/items') : path.lastIndexOf('/')
  const start = path.indexOf('/datasets/')
  return start < 0 || !path.includes('/tables/') ? undefined : `path ${path.slice(start, end).toLowerCase()}`
}

function changeOfMethod(method: string | undefined, path: string): Change | undefined {
  const lower = method?.toLowerCase()
  if (!path.includes('/items')) return undefined
  if (lower === 'post' && path.endsWith('/items')) return 'create'
  if (lower === 'patch') return 'update'
  return lower === 'delete' ? 'delete' : undefined
}
