import { type ActionDefinition, memberAt, type PlacedAction } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { type OutsideCall, outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { type Contents, contentsOf } from '../reliability/contents.ts'
import { hasComputedWriter, isSteadyIn } from '../reliability/steadiness.ts'
import { type ListCall, listCallOf } from './list-call.ts'
import { expressionsAt, nearestLoop, readOnlyItem } from './loop-item.ts'

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
const send = {
  type: 'Http',
  inputs: { method: 'PUT', uri: "https://example.com/orders/@{item()?['id']}" },
}
const eachOrder = (actions: object): object => ({ type: 'Foreach', foreach: '@triggerBody()', actions })
const names = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'names', type: 'Array', value: [] }] },
}
const addName = { type: 'AppendToArrayVariable', inputs: { name: 'names', value: "@item()?['name']" } }
const isOpen = (actions: object, other: object): object => ({
  type: 'If',
  expression: { equals: ["@item()?['status']", 'open'] },
  actions,
  else: { actions: other },
})

/** Rules about loops over lists. */
export const loopRules = [
  flowRule({
    id: 'PERF305',
    title: 'A loop goes only over the items it works on',
    severity: 'warning',
    category: 'performance',
    detects:
      'The only action of a Foreach is an If with one empty branch, and its condition reads the item and nothing that changes in the loop. Information unless the loop goes over the rows of a list operation, which may be many. A loop that only collects is PERF309.',
    why: 'Each item that does not count costs an action and its time.',
    fix: 'Put a Filter array before the loop, or the condition into the filter of the list operation, and loop over its result.',
    bad: { actions: { Each: eachOrder({ Check: isOpen({ Send: send }, {}) }) } },
    good: { actions: { Each: eachOrder({ Check: isOpen({ Send: send }, { Close: send }) }) } },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { action: loop } of foreachLoops(subject)) {
        const [only, ...others] = loop.blocks[0]?.actions ?? []
        if (only?.type !== 'If' || others.length > 0 || onlyCollects(subject, contents, loop)) continue
        if (only.blocks.filter(({ actions }) => actions.length > 0).length !== 1) continue
        if (readOnlyItem(subject, contents, loop, expressionsAt(subject, only, 'expression')))
          report(loop, {
            message: `${quoted(loop.name)} does nothing but ask ${quoted(only.name)} for each item, and nothing for those on one side.`,
            ...(mayBeMany(subject, loop) ? {} : { severity: 'info' }),
          })
      }
    },
  }),
  flowRule({
    id: 'PERF306',
    title: 'No loop stands in a loop',
    severity: 'warning',
    category: 'performance',
    detects:
      'A Foreach stands inside another one. Information when its list comes from the item of the outer loop, as order lines come from an order.',
    why: 'The number of repetitions is multiplied: 200 orders against 500 prices are 100,000 repetitions.',
    fix: 'Look the matching entries up with a Filter array inside one loop, ask the source for joined rows, or move the inner loop into a child flow.',
    bad: {
      actions: {
        Each: eachOrder({ Prices: { type: 'Foreach', foreach: "@parameters('prices')", actions: {} } }),
      },
      parameters: { prices: { type: 'Array', defaultValue: [] } },
    },
    good: { actions: { Each: eachOrder({ Price: { type: 'Compose', inputs: '@item()' } }) } },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const placed of foreachLoops(subject)) {
        const { action: loop, owners } = placed
        const outer = owners.findLast(({ type }) => type === 'Foreach')
        if (outer === undefined) continue
        const list = expressionsAt(subject, loop, 'foreach')
        const isOwn = list.some((expression) => !isSteadyIn(subject, contents, outer, expression))
        report(loop, {
          message: isOwn
            ? `${quoted(loop.name)} goes over a list of its own for each item of ${quoted(outer.name)}.`
            : `${quoted(loop.name)} goes over the same list again for each item of ${quoted(outer.name)}.`,
          ...(isOwn ? { severity: 'info' } : {}),
        })
      }
    },
  }),
  flowRule({
    id: 'PERF307',
    title: 'A loop whose items do not depend on each other says how many run at once',
    severity: 'info',
    category: 'performance',
    detects:
      'A Power Automate Foreach that calls other systems has no concurrency setting and writes no variable. Loops in loops, and loops that call Excel or desktop flows, which need one call after the other, are left alone.',
    why: 'Items are taken one after the other: 100 calls of two seconds last more than three minutes.',
    fix: 'Switch on concurrency for the loop, or set it to 1 to say that the order matters.',
    bad: { connectionReferences, actions: { Each: eachOrder({ Send: send }) } },
    good: {
      connectionReferences,
      actions: {
        Each: {
          type: 'Foreach',
          foreach: '@triggerBody()',
          runtimeConfiguration: { concurrency: { repetitions: 1 } },
          actions: { Send: send },
        },
      },
    },
    check(subject, report) {
      if (subject.flow.dialect !== 'PowerAutomate') return
      const contents = contentsOf(subject)
      for (const placed of foreachLoops(subject)) {
        const { action: loop } = placed
        if (nearestLoop(placed) !== undefined || saysConcurrency(loop)) continue
        const body = contents.inside(loop).map(({ action }) => action)
        const calls = body.flatMap((action) => outsideCallOf(subject, action) ?? [])
        if (calls.length === 0 || calls.some(needsOrder)) continue
        if (body.some(({ type }) => type.endsWith('Variable') || type === 'Wait' || type === 'Response'))
          continue
        report(loop, { message: `${quoted(loop.name)} takes its items one after the other.` })
      }
    },
  }),
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
        Each: {
          type: 'Foreach',
          foreach: "@outputs('Orders')?['body/value']",
          runAfter: { Orders: ['Succeeded'] },
          actions: {
            Close: dataverse('UpdateRecord', {
              entityName: 'orders',
              recordId: "@item()?['orderid']",
              'item/statecode': 1,
            }),
          },
        },
      },
    },
    good: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: {
          type: 'Foreach',
          foreach: "@outputs('Orders')?['body/value']",
          runAfter: { Orders: ['Succeeded'] },
          actions: {
            Read: dataverse('GetItem', { entityName: 'orders', recordId: "@item()?['orderid']" }),
          },
        },
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
    id: 'PERF309',
    title: 'A list is made from a list without a loop',
    severity: 'warning',
    category: 'performance',
    detects:
      'All that a Foreach does is append to variables: besides Compose and conditions it holds no other actions, and what it appends reads no variable. Information unless the loop goes over the rows of a list operation, which may be many.',
    why: 'A loop takes an action and a moment for each item; Select makes the whole list in one.',
    fix: 'Use Select (with a Filter array before it for a condition) for a list, and Join behind it for a text.',
    bad: {
      actions: { Names: names, Each: { ...eachOrder({ Add: addName }), runAfter: { Names: ['Succeeded'] } } },
    },
    good: {
      actions: {
        Names: names,
        Each: {
          ...eachOrder({ Send: send, Add: { ...addName, runAfter: { Send: ['Succeeded'] } } }),
          runAfter: { Names: ['Succeeded'] },
        },
      },
    },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { action: loop } of foreachLoops(subject))
        if (onlyCollects(subject, contents, loop))
          report(loop, {
            message: `${quoted(loop.name)} only collects values into a variable.`,
            ...(mayBeMany(subject, loop) ? {} : { severity: 'info' }),
          })
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
        Each: {
          type: 'Foreach',
          foreach: "@outputs('Orders')?['body/value']",
          runAfter: { Orders: ['Succeeded'] },
          actions: Object.fromEntries(
            ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [name, { type: 'Compose', inputs: '@item()' }]),
          ),
        },
      },
    },
    good: {
      connectionReferences,
      actions: {
        Orders: orders,
        Each: {
          type: 'Foreach',
          foreach: "@outputs('Orders')?['body/value']",
          runAfter: { Orders: ['Succeeded'] },
          actions: Object.fromEntries(
            ['A', 'B', 'C', 'D', 'E'].map((name) => [name, { type: 'Compose', inputs: '@item()' }]),
          ),
        },
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

function foreachLoops({ actions }: Subject): readonly PlacedAction[] {
  return actions.filter(({ action }) => action.type === 'Foreach')
}

function saysConcurrency({ raw, operationOptions }: ActionDefinition): boolean {
  return (
    operationOptions.has('sequential') || memberAt(raw, 'runtimeConfiguration', 'concurrency') !== undefined
  )
}

function needsOrder({ api }: OutsideCall): boolean {
  return /excelonline|uiflow/.test(api ?? '')
}

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

/** Whether a loop goes over the rows of a list operation, which may be many. */
function mayBeMany(subject: Subject, loop: ActionDefinition): boolean {
  return listsOf(subject, loop).some(({ isTopped }) => !isTopped)
}

/** Whether the rows that a loop goes over grow with their table. */
function isUnbounded(subject: Subject, loop: ActionDefinition): boolean {
  return listsOf(subject, loop).some(({ isTopped, isFiltered }) => !isTopped && !isFiltered)
}

function listsOf(subject: Subject, loop: ActionDefinition): ListCall[] {
  return expressionsAt(subject, loop, 'foreach').flatMap(({ references }) =>
    references.flatMap(({ name }) => {
      const source = name === undefined ? undefined : subject.action(name)
      return (source && listCallOf(subject, source)) ?? []
    }),
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

/** Whether a loop does nothing but append what its item gives. */
function onlyCollects(subject: Subject, contents: Contents, loop: ActionDefinition): boolean {
  const body = contents.inside(loop).map(({ action }) => action)
  const isAppend = ({ type }: ActionDefinition): boolean => type.startsWith('AppendTo')
  if (!body.some(isAppend) || hasComputedWriter(contents, loop)) return false
  if (!body.every((action) => isAppend(action) || action.type === 'Compose' || action.type === 'If'))
    return false
  return body.every((action) =>
    subject.expressionsOf(action).every(({ references }) => references.every(({ fn }) => fn !== 'variables')),
  )
}
