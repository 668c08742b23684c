import { type ActionDefinition, member, type TriggerDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import type { Subject } from '../../subject/subject.ts'
import { isSameTable, type WatchedRows, type WrittenRows, watchedRows, writtenRows } from './changed-rows.ts'

const apiId = '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps'
const trigger = {
  type: 'OpenApiConnectionWebhook',
  inputs: {
    host: { apiId, connectionName: 'dataverse', operationId: 'SubscribeWebhookTrigger' },
    parameters: {
      'subscriptionRequest/message': 3,
      'subscriptionRequest/entityname': 'contact',
      'subscriptionRequest/filteringattributes': 'emailaddress1',
    },
  },
}
const stamp = (column: string): object => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId, connectionName: 'dataverse', operationId: 'UpdateRecord' },
    parameters: {
      entityName: 'contacts',
      recordId: "@triggerOutputs()?['body/contactid']",
      [`item/${column}`]: 'ada@example.com',
    },
  },
})
const connectionReferences = { dataverse: { api: 'shared_commondataserviceforapps' } }

/** A flow that starts itself. */
export const selfTriggerRules = [
  flowRule({
    id: 'REL212',
    title: 'A flow does not start itself again',
    severity: 'warning',
    category: 'reliability',
    detects:
      'The trigger starts when rows of a Dataverse table or a SharePoint list change, an action makes just such a change in the same table, and the trigger has no condition. An update of columns that the trigger does not watch is left alone; behind a condition, a filter or on another row it is information.',
    why: 'Each run causes the next one, without end, until the platform slows the flow down or switches it off.',
    fix: 'Give the trigger a condition that is false for changes of the flow itself, or watch only columns that the flow does not write.',
    bad: { trigger, actions: { Stamp: stamp('emailaddress1') }, connectionReferences },
    good: { trigger, actions: { Stamp: stamp('description') }, connectionReferences },
    check(subject, report) {
      for (const each of subject.flow.triggers) {
        const watched = hasConditions(each) ? undefined : watchedRows(subject, each)
        if (watched === undefined) continue
        for (const { action, owners } of subject.actions) {
          const written = writtenRows(subject, action)
          if (written === undefined || !startsAgain(watched, written)) continue
          const isCertain =
            !watched.isFiltered &&
            !owners.some(({ type }) => type === 'If' || type === 'Switch') &&
            (written.change === 'create' || writesTriggerRow(subject, action))
          report(action, {
            message: `${quoted(action.name)} makes a change that starts this flow again: its trigger ${quoted(each.name)} has no condition.`,
            ...(isCertain ? {} : { severity: 'info' }),
          })
        }
      }
    },
  }),
]

function hasConditions({ raw }: TriggerDefinition): boolean {
  const conditions = member(raw, 'conditions')
  return Array.isArray(conditions) && conditions.length > 0
}

function startsAgain(watched: WatchedRows, { table, change, columns }: WrittenRows): boolean {
  if (!isSameTable(watched.table, table) || !watched.changes.has(change)) return false
  if (change !== 'update' || watched.columns === undefined || columns === undefined) return true
  return [...columns].some((column) => watched.columns?.has(column))
}

/** Whether the inputs read the row that started the run. */
function writesTriggerRow(subject: Subject, action: ActionDefinition): boolean {
  return subject
    .expressionsOf(action)
    .some(({ references }) => references.some(({ fn }) => fn === 'triggerOutputs' || fn === 'triggerBody'))
}
