import {
  type ActionDefinition,
  connectorCallOf,
  member,
  memberAt,
  type TriggerDefinition,
  textMember,
} from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { watchedRows } from '../reliability/changed-rows.ts'
import { spoken, unitsInSeconds } from '../reliability/duration.ts'
import { expressionsAt } from './loop-item.ts'

const send = { type: 'Http', inputs: { method: 'POST', uri: 'https://example.com/orders' } }
const rowTrigger = (parameters: object): object => ({
  type: 'OpenApiConnectionWebhook',
  inputs: {
    host: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
      connectionName: 'dataverse',
      operationId: 'SubscribeWebhookTrigger',
    },
    parameters: {
      'subscriptionRequest/message': 3,
      'subscriptionRequest/entityname': 'order',
      ...parameters,
    },
  },
})
const connectionReferences = { dataverse: { api: 'shared_commondataserviceforapps' } }
const isOpen = {
  type: 'If',
  expression: { equals: ["@triggerOutputs()?['body/status']", 'open'] },
  actions: { Send: send },
  else: { actions: {} },
}
const watchStatus = { 'subscriptionRequest/filteringattributes': 'status' }

/** Rules about how often and for what a flow starts. */
export const triggerRules = [
  flowRule({
    id: 'PERF313',
    title: 'A schedule is not tighter than the work needs',
    severity: 'warning',
    category: 'performance',
    detects:
      'A Recurrence or sliding window trigger starts the flow more often than every `minMinutes` minutes.',
    why: 'Every start counts against the daily requests of the plan, whether there is work or not: each minute is 1,440 runs a day.',
    fix: 'Start less often, or use a trigger that starts when there is work.',
    settings: { minMinutes: 15 },
    bad: { trigger: { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 5 } } },
    good: { trigger: { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 15 } } },
    check({ flow }, report, { minMinutes }) {
      for (const trigger of flow.triggers) {
        if (trigger.type !== 'Recurrence' && trigger.type !== 'SlidingWindow') continue
        const recurrence = member(trigger.raw, 'recurrence')
        const seconds = unitsInSeconds(member(recurrence, 'interval'), textMember(recurrence, 'frequency'))
        if (seconds !== undefined && seconds < minMinutes * 60)
          report(inside(trigger, 'recurrence'), {
            message: `${quoted(trigger.name)} starts the flow every ${spoken(seconds)}.`,
          })
      }
    },
  }),
  flowRule({
    id: 'PERF314',
    title: 'A trigger starts only runs that have work to do',
    severity: 'warning',
    category: 'performance',
    detects:
      'An automated trigger has no condition, and the first thing the flow does is a condition on trigger data alone of which one side does nothing or ends the run as Succeeded or Cancelled.',
    why: 'Runs that end at once still count, wait their turn, and fill the history.',
    fix: 'Move the condition into the trigger conditions (or the filter of the trigger) and remove it from the flow.',
    bad: { trigger: rowTrigger(watchStatus), connectionReferences, actions: { Check: isOpen } },
    good: {
      trigger: {
        ...rowTrigger(watchStatus),
        conditions: [{ expression: "@equals(triggerOutputs()?['body/status'], 'open')" }],
      },
      connectionReferences,
      actions: { Check: isOpen },
    },
    check(subject, report) {
      const [trigger, ...others] = subject.flow.triggers
      if (trigger === undefined || others.length > 0) return
      if (!isAutomated(subject, trigger) || hasConditions(trigger)) return
      const work = subject.flow.root.actions.filter(({ type }) => type !== 'InitializeVariable')
      const first = work.find((action) => subject.order.predecessors(action).every(isDeclaration))
      if (first?.type !== 'If' || !asksOnlyTrigger(subject, first)) return
      const isGate =
        work.length === 1
          ? first.blocks.some(({ actions }) => actions.length === 0)
          : first.blocks.some(({ actions }) => endsRun(actions)) &&
            work.every((action) => action === first || subject.order.precedes(first, action))
      if (isGate || (work.length === 1 && first.blocks.some(({ actions }) => endsRun(actions))))
        report(first, {
          message: `${quoted(first.name)} asks about trigger data alone, and on one side the run is over: ${quoted(trigger.name)} could ask that itself.`,
        })
    },
  }),
  flowRule({
    id: 'PERF315',
    title: 'A Dataverse trigger names the columns it waits for',
    severity: 'warning',
    category: 'performance',
    detects:
      'A Dataverse trigger starts on modified rows and has no column filter, no row filter and no trigger condition.',
    why: 'Every change of every column starts a run, also changes that other flows and jobs make.',
    fix: 'Fill in "Select columns", and "Filter rows" where only some rows matter.',
    bad: { trigger: rowTrigger({}), connectionReferences, actions: { Send: send } },
    good: { trigger: rowTrigger(watchStatus), connectionReferences, actions: { Send: send } },
    check(subject, report) {
      for (const trigger of subject.flow.triggers) {
        const watched = watchedRows(subject, trigger)
        if (watched === undefined || !watched.table.startsWith('dataverse ')) continue
        if (!watched.changes.has('update') || watched.columns !== undefined || watched.isFiltered) continue
        if (!hasConditions(trigger))
          report(trigger, { message: `${quoted(trigger.name)} starts a run for every change of a row.` })
      }
    },
  }),
  flowRule({
    id: 'PERF319',
    title: 'Concurrency of a trigger is limited knowingly',
    severity: 'info',
    category: 'performance',
    detects: 'The trigger of a flow with at least `minActions` actions limits how many runs go on at once.',
    why: 'The setting cannot be taken back, runs beyond it wait and then are refused, and a trigger that splits a list takes 100 items at most.',
    fix: 'Check that runs must not overlap; if not, make the trigger anew without the limit, or move the critical part into a child flow.',
    settings: { minActions: 30 },
    bad: {
      trigger: { type: 'Request', kind: 'Http', runtimeConfiguration: { concurrency: { runs: 5 } } },
      actions: Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`Part_${index}`, { type: 'Compose', inputs: index }]),
      ),
    },
    good: {
      trigger: { type: 'Request', kind: 'Http', runtimeConfiguration: { concurrency: { runs: 5 } } },
      actions: { Part: { type: 'Compose', inputs: 1 } },
    },
    check({ flow, actions }, report, { minActions }) {
      for (const trigger of flow.triggers) {
        const runs = memberAt(trigger.raw, 'runtimeConfiguration', 'concurrency', 'runs')
        if (runs !== undefined && actions.length >= minActions)
          report(inside(trigger, 'runtimeConfiguration', 'concurrency'), {
            message: `${quoted(trigger.name)} lets ${quoted(runs)} runs of ${actions.length} actions go on at once.`,
          })
      }
    },
  }),
  flowRule({
    id: 'PERF320',
    title: 'A trigger that gives a list splits it itself',
    severity: 'info',
    category: 'performance',
    detects:
      'An automated trigger without splitOn, and all the flow does, besides declaring variables that the loop does not use to collect, is one Foreach straight over the list that the trigger gives.',
    why: 'One run handles all items: it lasts longer, its history is harder to read, and one bad item fails the run for all.',
    fix: 'Switch on "Split on" for the trigger, so that each item gets a run, and remove the loop.',
    bad: {
      trigger: {
        type: 'ApiConnection',
        inputs: {
          host: { connection: { referenceName: 'office365' } },
          method: 'get',
          path: '/Mail/OnNewEmail',
        },
      },
      actions: { Each: { type: 'Foreach', foreach: "@triggerBody()?['value']", actions: { Send: send } } },
    },
    good: {
      trigger: {
        type: 'ApiConnection',
        splitOn: "@triggerBody()?['value']",
        inputs: {
          host: { connection: { referenceName: 'office365' } },
          method: 'get',
          path: '/Mail/OnNewEmail',
        },
      },
      actions: {
        Each: { type: 'Foreach', foreach: "@triggerBody()?['attachments']", actions: { Send: send } },
      },
    },
    check(subject, report) {
      const [trigger, ...others] = subject.flow.triggers
      if (trigger === undefined || others.length > 0 || !isAutomated(subject, trigger)) return
      if (member(trigger.raw, 'splitOn') !== undefined) return
      const [loop, ...rest] = subject.flow.root.actions.filter(({ type }) => type !== 'InitializeVariable')
      if (loop?.type !== 'Foreach' || rest.length > 0) return
      const [list] = expressionsAt(subject, loop, 'foreach')
      const [only] = list?.references ?? []
      const path = only?.path.join('/')
      const isTriggerList =
        (only?.fn === 'triggerBody' && path === 'value') ||
        (only?.fn === 'triggerOutputs' && path === 'body/value')
      if (isTriggerList)
        report(inside(loop, 'foreach'), {
          message: `All that the flow does is ${quoted(loop.name)}, over the list of ${quoted(trigger.name)}.`,
        })
    },
  }),
]

/** Whether another system starts the flow, and not a person, a caller or a clock. */
function isAutomated({ flow }: Subject, trigger: TriggerDefinition): boolean {
  return trigger.type !== 'Request' && connectorCallOf(flow, trigger) !== undefined
}

function hasConditions({ raw }: TriggerDefinition): boolean {
  const conditions = member(raw, 'conditions')
  return Array.isArray(conditions) && conditions.length > 0
}

function isDeclaration({ type }: ActionDefinition): boolean {
  return type === 'InitializeVariable'
}

function asksOnlyTrigger(subject: Subject, condition: ActionDefinition): boolean {
  const expressions = expressionsAt(subject, condition, 'expression')
  const read = expressions.flatMap(({ references }) => references)
  return (
    expressions.every(({ template }) => template !== undefined) &&
    read.some(({ fn }) => fn !== 'parameters') &&
    read.every(({ fn }) => fn === 'triggerBody' || fn === 'triggerOutputs' || fn === 'parameters')
  )
}

/** Whether a branch is nothing but the end of a run that went as it should. */
function endsRun(actions: readonly ActionDefinition[]): boolean {
  const [only, ...others] = actions
  return (
    only?.type === 'Terminate' &&
    others.length === 0 &&
    textMember(only.inputs, 'runStatus')?.toLowerCase() !== 'failed'
  )
}
