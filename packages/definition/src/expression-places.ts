import { isObject, type Value } from '@flowstead/expressions'
import type { ActionDefinition, Flow, TriggerDefinition } from './flow.ts'
import { member, members } from './json/member.ts'
import { pointerTo } from './json/pointer.ts'

/** A string of a definition that the platform reads as a template, key or value. */
export interface ExpressionPlace {
  readonly text: string
  readonly pointer: string
}

/** Members of triggers and actions that are never evaluated: structure, notes, other actions. */
export const plainKeys: ReadonlySet<string> = new Set([
  'type',
  'kind',
  'runAfter',
  'metadata',
  'description',
  'operationOptions',
  'evaluatedRecurrence',
  'actions',
  'else',
  'cases',
  'default',
  'tools',
])

/** Types whose `inputs.schema` is a JSON schema: data, `@` in its keys included. */
export const typesWithSchema: ReadonlySet<string> = new Set(['ParseJson', 'Response', 'Request'])

/** Strings with an `@` in a trigger or in an action itself; the actions inside it are left out. */
export function expressionPlaces(
  flow: Flow,
  { raw, pointer, type }: ActionDefinition | TriggerDefinition,
): ExpressionPlace[] {
  const found: ExpressionPlace[] = []
  for (const [key, value] of members(raw)) {
    if (plainKeys.has(key) || !mayHold(value)) continue
    const at = pointerTo(pointer, key)
    if (key === 'inputs' && typesWithSchema.has(type) && isObject(value)) {
      for (const [name, input] of members(value))
        if (name !== 'schema') collect(flow, input, pointerTo(at, name), found)
    } else collect(flow, value, at, found)
  }
  return found
}

/** Strings with an `@` in the values of the definition's outputs and in the defaults of its parameters. */
export function definitionPlaces(flow: Flow): ExpressionPlace[] {
  const found: ExpressionPlace[] = []
  for (const [name, output] of members(flow.outputs)) {
    const value = member(output, 'value')
    if (value !== undefined)
      collect(flow, value, pointerTo(flow.definitionAt, 'outputs', name, 'value'), found)
  }
  return found
}

function collect(flow: Flow, value: Value, pointer: string, found: ExpressionPlace[]): void {
  if (typeof value === 'string') {
    if (value.includes('@') && !isUnresolved(flow, value)) found.push({ text: value, pointer })
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (mayHold(item)) collect(flow, item, pointerTo(pointer, index), found)
    })
  } else {
    for (const [key, inner] of members(value)) {
      const isTemplate = key.includes('@')
      if (!isTemplate && !mayHold(inner)) continue
      const at = pointerTo(pointer, key)
      if (isTemplate) found.push({ text: key, pointer: at })
      collect(flow, inner, at, found)
    }
  }
}

/** Most values are plain texts and numbers: for these no pointer is made. */
function mayHold(value: Value): boolean {
  return typeof value === 'string' ? value.includes('@') : typeof value === 'object' && value !== null
}

/** A text that a deployment computes is not an expression yet. */
export function isUnresolved(flow: Flow, text: string): boolean {
  return flow.format === 'arm-template' && text.startsWith('[') && text.endsWith(']')
}
