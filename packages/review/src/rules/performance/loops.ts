import { type ActionDefinition, memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { type OutsideCall, outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { type Contents, contentsOf } from '../reliability/contents.ts'
import { hasComputedWriter, isSteadyIn } from '../reliability/steadiness.ts'
import { expressionsAt, foreachLoops, nearestLoop, readOnlyItem } from './loop-item.ts'
import { mayBeMany } from './looped-rows.ts'

const connectionReferences = { dataverse: { api: 'shared_commondataserviceforapps' } }
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
]

function saysConcurrency({ raw, operationOptions }: ActionDefinition): boolean {
  return (
    operationOptions.has('sequential') || memberAt(raw, 'runtimeConfiguration', 'concurrency') !== undefined
  )
}

function needsOrder({ api }: OutsideCall): boolean {
  return /excelonline|uiflow/.test(api ?? '')
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
