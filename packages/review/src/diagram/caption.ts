import {
  type ActionDefinition,
  connectorCallOf,
  type Flow,
  member,
  memberAt,
  type TriggerDefinition,
  textMember,
} from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'

/** What an action does, in a few words: operation and API of a connector call, else its type and what is particular. */
export function captionOf(flow: Flow, action: ActionDefinition): string {
  const detail = detailOf(action)
  return connectorCaption(flow, action) ?? (detail === undefined ? action.type : `${action.type} · ${detail}`)
}

/** What starts the flow, in a few words. */
export function captionOfTrigger(flow: Flow, trigger: TriggerDefinition): string {
  const recurrence = memberAt(trigger.raw, 'recurrence')
  const frequency = textMember(recurrence, 'frequency')
  const interval = memberAt(recurrence, 'interval')
  const every = frequency === undefined ? undefined : `every ${interval ?? 1} ${frequency.toLowerCase()}`
  const called =
    connectorCaption(flow, trigger) ??
    (trigger.kind === undefined ? trigger.type : `${trigger.type} · ${trigger.kind}`)
  return every === undefined ? called : `${called} · ${every}`
}

function connectorCaption(flow: Flow, caller: ActionDefinition | TriggerDefinition): string | undefined {
  const call = connectorCallOf(flow, caller)
  if (call === undefined) return undefined
  const api = call.api?.replace(/^shared_/, '')
  const isPath = call.operation?.includes(' /') === true
  const parts = isPath ? [api, call.operation] : [call.operation, api]
  return parts.filter((part) => part !== undefined).join(' · ') || caller.type
}

/** Where the particular of a type stands in the action. */
const details: ReadonlyMap<string, (action: ActionDefinition) => Value | undefined> = new Map([
  ['Foreach', ({ raw }) => memberAt(raw, 'foreach')],
  ['Switch', ({ raw }) => memberAt(raw, 'expression')],
  ['Until', ({ raw }) => memberAt(raw, 'expression')],
  ['If', ({ raw }) => memberAt(raw, 'expression')],
  ['Http', ({ inputs }) => memberAt(inputs, 'method')],
  ['Terminate', ({ inputs }) => memberAt(inputs, 'runStatus')],
  ['Response', ({ inputs }) => memberAt(inputs, 'statusCode')],
  ['InitializeVariable', ({ inputs }) => member(firstOf(member(inputs, 'variables')), 'name')],
  ['SetVariable', ({ inputs }) => memberAt(inputs, 'name')],
  ['IncrementVariable', ({ inputs }) => memberAt(inputs, 'name')],
  ['DecrementVariable', ({ inputs }) => memberAt(inputs, 'name')],
  ['AppendToArrayVariable', ({ inputs }) => memberAt(inputs, 'name')],
  ['AppendToStringVariable', ({ inputs }) => memberAt(inputs, 'name')],
])

function firstOf(value: Value | undefined): Value | undefined {
  return Array.isArray(value) ? (value[0] as Value | undefined) : undefined
}

function detailOf(action: ActionDefinition): string | undefined {
  const value = details.get(action.type)?.(action)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** The value a case stands for, as text. */
export function caseValue(action: ActionDefinition, key: string): string | undefined {
  const value = memberAt(action.raw, 'cases', key, 'case')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
