import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { type OutsideCall, outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import { contentsOf } from '../reliability/contents.ts'
import { foreachLoops, nearestLoop } from './loop-item.ts'
import { isUnbounded, mayBeMany } from './looped-rows.ts'

const connectionReferences = { dataverse: { api: 'shared_commondataserviceforapps' } }
const dataverse = (operationId: string, parameters: object): object => ({
  type: 'OpenApiConnection',
  inputs: {
    host: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
      connectionName: 'dataverse',
      operationId,
    },
    parameters,
  },
})
const orders = dataverse('ListRecords', { entityName: 'orders', $select: 'name', $filter: 'statecode eq 0' })
const eachRow = (actions: object): object => ({
  type: 'Foreach',
  foreach: "@outputs('Orders')?['body/value']",
  runAfter: { Orders: ['Succeeded'] },
  actions,
})

/** Rules about loops over the rows of a store. */
export const rowRules = [
  flowRule({
    id: 'PERF308',
    title: 'Many rows are written in batches',
    severity: 'warning',
    category: 'performance',
    detects:
      'A Foreach creates, updates or deletes one row of Dataverse, SharePoint, SQL or Excel for each item. Information unless the loop goes straight over the rows of a list operation that has neither a filter nor a top count.',
    why: 'Each row is a request of its own: slow, counted against the limits of the plan, and throttled by the connector.',
    fix: 'Use the batch of the store: a change set in Dataverse, $batch in SharePoint, a stored procedure in SQL, an Office script in Excel.',
    bad: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: eachRow({
          Close: dataverse('UpdateRecord', {
            entityName: 'orders',
            recordId: "@item()?['orderid']",
            'item/statecode': 1,
          }),
        }),
      },
    },
    good: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: eachRow({
          Read: dataverse('GetItem', { entityName: 'orders', recordId: "@item()?['orderid']" }),
        }),
      },
    },
    check(subject, report) {
      for (const placed of subject.actions) {
        const { action } = placed
        const loop = nearestLoop(placed)
        const call = outsideCallOf(subject, action)
        if (loop?.type !== 'Foreach' || call === undefined || !writesRow(call)) continue
        report(action, {
          message: `${quoted(action.name)} writes one row for each item of ${quoted(loop.name)}.`,
          ...(isUnbounded(subject, loop) ? {} : { severity: 'info' }),
        })
      }
    },
  }),
  flowRule({
    id: 'PERF321',
    title: 'Rows are not reshaped one by one',
    severity: 'info',
    category: 'performance',
    detects:
      'A Foreach over the rows of a list operation holds at least `minActions` actions that only handle data (Compose, Parse JSON, Select, Filter array, variables), and no conditions and loops, which decide instead of reshaping.',
    why: 'Flows are made for processes; reshaping thousands of rows takes hours and uses up the daily requests of the plan.',
    fix: 'Reshape the rows where they are kept: a view, a stored procedure, a dataflow; or in one Select.',
    settings: { minActions: 6 },
    bad: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: eachRow(
          Object.fromEntries(
            ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [name, { type: 'Compose', inputs: '@item()' }]),
          ),
        ),
      },
    },
    good: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: eachRow(
          Object.fromEntries(
            ['A', 'B', 'C', 'D', 'E'].map((name) => [name, { type: 'Compose', inputs: '@item()' }]),
          ),
        ),
      },
    },
    check(subject, report, { minActions }) {
      const contents = contentsOf(subject)
      for (const { action: loop } of foreachLoops(subject)) {
        if (!mayBeMany(subject, loop)) continue
        const body = contents.inside(loop).map(({ action }) => action)
        if (body.some(({ type }) => deciding.has(type))) continue
        const count = body.filter(handlesData).length
        if (count >= minActions)
          report(inside(loop, 'foreach'), {
            message: `${quoted(loop.name)} reshapes each row of a list with ${count} actions.`,
          })
      }
    },
  }),
]

const rowWriters: ReadonlySet<string> = new Set([
  'createrecord',
  'updaterecord',
  'updateonlyrecord',
  'deleterecord',
  'postitem',
  'patchitem',
  'deleteitem',
  'postitem_v2',
  'patchitem_v2',
  'deleteitem_v2',
  'addrowv2',
])

function writesRow({ api, operation }: OutsideCall): boolean {
  return (
    /^(shared_)?(commondataservice|sharepointonline|sql|excelonline)/.test(api ?? '') &&
    rowWriters.has(operation?.toLowerCase() ?? '')
  )
}

const dataTypes: ReadonlySet<string> = new Set([
  'Compose',
  'ParseJson',
  'Select',
  'Query',
  'Join',
  'Table',
  'Expression',
  'SetVariable',
  'IncrementVariable',
  'DecrementVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
])

const deciding: ReadonlySet<string> = new Set(['If', 'Switch', 'Foreach', 'Until'])

function handlesData({ type }: ActionDefinition): boolean {
  return dataTypes.has(type)
}
