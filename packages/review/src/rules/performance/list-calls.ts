import { type ActionDefinition, pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { callsIn, type Tree } from '@flowstead/expressions'
import { flowRule } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { type ListCall, type ListStore, listCallOf } from './list-call.ts'

const listRows = (parameters: object): object => ({
  type: 'OpenApiConnection',
  inputs: {
    host: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline',
      connectionName: 'sharepoint',
      operationId: 'GetItems',
    },
    parameters: { dataset: 'https://example.com/sites/shop', table: 'Orders', ...parameters },
  },
})
const connectionReferences = { sharepoint: { api: 'shared_sharepointonline' } }
const isOpen = { $filter: "Status eq 'Open'" }
const find = (where: string): object => ({
  type: 'Query',
  runAfter: { Orders: ['Succeeded'] },
  inputs: { from: "@outputs('Orders')?['body/value']", where },
})

/** Rules about how much a list operation asks for. */
export const listCallRules = [
  flowRule({
    id: 'PERF301',
    title: 'A list is filtered where it is kept',
    severity: 'warning',
    category: 'performance',
    detects:
      'A list operation of SharePoint, Dataverse, Excel or SQL has neither a filter nor a count of rows. Information where a loop goes over the rows as they came, so that all of them may be wanted. Where PERF304 already names the filter to use, this rule is silent.',
    why: 'All rows travel to the flow, more of them every month, and each loop over them grows with them.',
    fix: 'Put the condition into the filter query of the operation.',
    bad: { connectionReferences, actions: { Orders: listRows({}) } },
    good: { connectionReferences, actions: { Orders: listRows(isOpen) } },
    check(subject, report) {
      const filteredLater = new Set(filterable(subject).map(({ source }) => source))
      for (const [action, list] of listCalls(subject))
        if (!list.isFiltered && !list.isCounted && !filteredLater.has(action))
          report(action, {
            message: `${quoted(action.name)} reads its ${rowsOf(list)} without a filter.`,
            ...(isLoopedOver(subject, action) ? { severity: 'info' } : {}),
          })
    },
  }),
  flowRule({
    id: 'PERF302',
    title: 'A list operation says how many rows it wants',
    severity: 'warning',
    category: 'performance',
    detects:
      'A list operation has neither a count of rows nor pagination. Information when it filters, and for Dataverse; left alone are filtered lists of which only the first row is read, or whose store gives a thousand rows and more at once.',
    why: 'Without either only the first page comes (100 rows from SharePoint, 256 from Excel), and nothing tells that there were more.',
    fix: 'Set a top count where a few rows do, else switch on pagination with a threshold.',
    bad: { connectionReferences, actions: { Orders: listRows({}) } },
    good: { connectionReferences, actions: { Orders: listRows({ $top: 50 }) } },
    check(subject, report) {
      for (const [action, list] of listCalls(subject)) {
        if (list.isCounted) continue
        if (list.isFiltered && ((list.defaultRows ?? 0) >= largePage || readsFirst(subject, action))) continue
        report(action, {
          message: `${quoted(action.name)} gets the first ${list.defaultRows === undefined ? 'page of rows' : `${list.defaultRows} rows`} at most: it has neither a top count nor pagination.`,
          ...(list.isFiltered || list.store === 'Dataverse' ? { severity: 'info' } : {}),
        })
      }
    },
  }),
  flowRule({
    id: 'PERF303',
    title: 'A list operation names the columns it needs',
    severity: 'info',
    category: 'performance',
    detects:
      'A list operation has no column selection: no $select, no view, no FetchXML. Operations that want at most `fewRows` rows are left alone.',
    why: 'Rows of business tables have hundreds of columns; all of them are read, sent and kept in the history of the run.',
    fix: 'Name the columns in "Select columns", or limit them by a view.',
    settings: { fewRows: 5 },
    bad: { connectionReferences, actions: { Orders: listRows(isOpen) } },
    good: { connectionReferences, actions: { Orders: listRows({ ...isOpen, view: 'open-orders' }) } },
    check(subject, report, { fewRows }) {
      for (const [action, list] of listCalls(subject))
        if (!list.isNarrowed && (list.top === undefined || list.top > fewRows))
          report(action, { message: `${quoted(action.name)} reads every column of its ${rowsOf(list)}.` })
    },
  }),
  flowRule({
    id: 'PERF304',
    title: 'A list is not read as a whole to be filtered afterwards',
    severity: 'warning',
    category: 'performance',
    detects:
      'A Filter array works on the whole output of a list operation without a filter, its condition compares columns with values in a way that the filter query of the operation can express, and nothing else reads the list. A filter in a loop over a list that is read once outside is left alone.',
    why: 'Rows that nobody needs are read and sent, and those beyond the first page are never found.',
    fix: 'Move the condition into the filter query of the list operation and remove the Filter array.',
    bad: {
      connectionReferences,
      actions: { Orders: listRows({}), Open: find("@equals(item()?['Status'], 'Open')") },
    },
    good: {
      connectionReferences,
      actions: { Orders: listRows({}), Open: find("@equals(toLower(item()?['Status']), 'open')") },
    },
    check(subject, report) {
      for (const { query, source } of filterable(subject))
        report(inside(query, 'inputs', 'where'), {
          message: `${quoted(query.name)} filters what ${quoted(source.name)} has read in full.`,
        })
    },
  }),
]

/** Whether all that is read of a list is its first row, or whether there is one. */
function readsFirst(subject: Subject, { name }: ActionDefinition): boolean {
  const reads = subject.readsOf(name).filter(({ fn }) => fn === 'body' || fn === 'outputs')
  return (
    reads.length > 0 &&
    reads.every(
      ({ path, expression: { calls } }) =>
        path.includes(0) || calls.some((call) => /^(first|empty)$/i.test(call.name)),
    )
  )
}

/** Rows of a page that a filtered list hardly fills. */
const largePage = 1_000

function listCalls(subject: Subject): (readonly [ActionDefinition, ListCall])[] {
  return subject.actions.flatMap(({ action }) => {
    const list = listCallOf(subject, action)
    return list === undefined ? [] : [[action, list] as const]
  })
}

function rowsOf({ store }: { readonly store: ListStore }): string {
  return store === 'table' ? 'table' : `${store} ${store === 'SharePoint' ? 'list' : 'table'}`
}

/** Whether the list of a Foreach names the action. */
function isLoopedOver(subject: Subject, { name }: ActionDefinition): boolean {
  return subject
    .readsOf(name)
    .some(
      ({ expression: { owner, pointer } }) =>
        owner !== undefined && pointer === pointerTo(owner.pointer, 'foreach'),
    )
}

interface FilteredList {
  readonly query: ActionDefinition
  readonly source: ActionDefinition
}

/** Filter actions whose condition the list operation before them could have taken. */
function filterable(subject: Subject): FilteredList[] {
  return subject.actions.flatMap(({ action: query, owners }) => {
    if (query.type !== 'Query') return []
    const source = wholeList(subject, query)
    const list = source && listCallOf(subject, source)
    if (source === undefined || list === undefined || list.isFiltered || list.isCounted) return []
    const around = new Set(subject.placed(source).owners)
    if (owners.some((owner) => isLoop(owner) && !around.has(owner))) return []
    const isReadElsewhere = subject
      .readsOf(source.name)
      .some(({ fn, expression }) => fn !== 'variables' && expression.owner !== query)
    const where = treesAt(subject, query, 'where')
    const isExpressible = where.length === 1 && where.every(isODataCondition)
    return !isReadElsewhere && isExpressible ? [{ query, source }] : []
  })
}

function isLoop({ type }: ActionDefinition): boolean {
  return type === 'Foreach' || type === 'Until'
}

/** The action whose rows a Query takes as they are: `outputs('A')?['body/value']` and its other spellings. */
function wholeList(subject: Subject, query: ActionDefinition): ActionDefinition | undefined {
  const from = subject.expressionsOf(query).find(({ pointer }) => pointer.endsWith('/inputs/from'))
  const [only] = from?.references ?? []
  if (only?.name === undefined || from?.references.length !== 1 || from.trees[0]?.kind !== 'access')
    return undefined
  const path = only.path.join('/')
  const isWhole = (only.fn === 'body' && path === 'value') || (only.fn === 'outputs' && path === 'body/value')
  return isWhole ? subject.action(only.name) : undefined
}

function treesAt(subject: Subject, action: ActionDefinition, input: string): readonly Tree[] {
  return subject
    .expressionsOf(action)
    .filter(({ pointer }) => pointer === pointerTo(action.pointer, 'inputs', input))
    .flatMap(({ trees }) => trees)
}

const joins: ReadonlySet<string> = new Set(['and', 'or', 'not'])
const comparisons: ReadonlySet<string> = new Set([
  'equals',
  'greater',
  'greaterorequals',
  'less',
  'lessorequals',
  'contains',
  'startswith',
])

/** Whether a condition compares columns of the row with values that the row has no part in. */
function isODataCondition(tree: Tree): boolean {
  if (tree.kind !== 'call') return false
  const name = tree.name.toLowerCase()
  if (joins.has(name)) return tree.args.every(isODataCondition)
  const [left, right] = tree.args
  if (!comparisons.has(name) || left === undefined || right === undefined) return false
  if (isColumn(left)) return !readsItem(right)
  return name !== 'contains' && name !== 'startswith' && isColumn(right) && !readsItem(left)
}

/** `item()?['Column']`, and `item()?['Choice']?['Value']`. */
function isColumn(tree: Tree): boolean {
  if (tree.kind !== 'access' || tree.key.kind !== 'literal') return false
  const { target } = tree
  return target.kind === 'access' ? isColumn(target) : target.name.toLowerCase() === 'item'
}

function readsItem(tree: Tree): boolean {
  return callsIn(tree).some(({ name }) => name.toLowerCase() === 'item')
}
