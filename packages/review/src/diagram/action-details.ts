import {
  type ActionDefinition,
  connectorCallOf,
  type Flow,
  memberAt,
  type PlacedAction,
  type TriggerDefinition,
} from '@flowstead/definition'
import { printJson, type Value } from '@flowstead/expressions'
import { shortened } from '../counted.ts'

/** Title and value of one fact about a trigger or an action. */
export type Fact = readonly [title: string, value: string]

/** What is known of an action, without what is empty. @param index 1-based, in the order of the definition. */
export function actionFacts(flow: Flow, { action, owners }: PlacedAction, index: number): Fact[] {
  const { raw, runAfter, type } = action
  const call = connectorCallOf(flow, action)
  return told([
    ['Name', action.name],
    ['Id', memberAt(raw, 'metadata', 'operationMetadataId')],
    ['Type', type],
    ['Operation', call?.operation],
    ['Connector', call?.api],
    ['Connection', call?.connection],
    ['Index', index],
    ['Inside', owners.at(-1)?.name],
    [
      'Runs after',
      runAfter.map(({ action: name, statuses }) => `${name}: ${statuses.join(', ')}`).join('; '),
    ],
    ...detailFacts(action),
    ...policyFacts(raw),
    ['Notes', memberAt(raw, 'description')],
  ])
}

function detailFacts({ raw, inputs }: ActionDefinition): [string, Value | undefined][] {
  return [
    ['Expression', memberAt(raw, 'expression')],
    ['For each', memberAt(raw, 'foreach')],
    ['Inputs', inputs],
    ['Filter', memberAt(inputs, 'parameters', '$filter') ?? memberAt(inputs, 'queries', '$filter')],
  ]
}

function policyFacts(raw: ActionDefinition['raw']): [string, Value | undefined][] {
  const retry = memberAt(raw, 'inputs', 'retryPolicy') ?? memberAt(raw, 'retryPolicy')
  return [
    ['Pagination', memberAt(raw, 'runtimeConfiguration', 'paginationPolicy', 'minimumItemCount')],
    ['Secure', memberAt(raw, 'runtimeConfiguration', 'secureData', 'properties')],
    ['Concurrency', memberAt(raw, 'runtimeConfiguration', 'concurrency', 'repetitions')],
    ['Retry', memberAt(retry, 'type') ?? retry],
    ['Timeout', memberAt(raw, 'limit', 'timeout')],
    ['Limit', memberAt(raw, 'limit', 'count')],
  ]
}

/** What is known of a trigger, without what is empty. */
export function triggerFacts(flow: Flow, trigger: TriggerDefinition): Fact[] {
  const { raw } = trigger
  const call = connectorCallOf(flow, trigger)
  return told([
    ['Name', trigger.name],
    ['Type', trigger.type],
    ['Kind', trigger.kind],
    ['Operation', call?.operation],
    ['Connector', call?.api],
    ['Connection', call?.connection],
    ['Parameters', memberAt(raw, 'inputs', 'parameters')],
    ['Configuration', memberAt(raw, 'runtimeConfiguration')],
    ['Expressions', memberAt(raw, 'conditions')],
    ['Inputs', memberAt(raw, 'inputs', 'schema', 'properties') ?? memberAt(raw, 'inputs')],
    ['Recurrence', memberAt(raw, 'recurrence')],
    ['Notes', memberAt(raw, 'description')],
  ])
}

function told(facts: readonly (readonly [string, Value | undefined])[]): Fact[] {
  return facts.flatMap(([title, value]) => {
    if (value === undefined || value === null || value === '') return []
    const text = typeof value === 'string' ? value : printJson(value)
    return text === '{}' || text === '[]' ? [] : [[title, shortened(text)]]
  })
}
