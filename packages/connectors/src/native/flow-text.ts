import type { Flow } from '@flowstead/definition'
import { isObject, type ObjectValue, printJson, setOwn, type Value } from '@flowstead/expressions'
import { member, objectAt, textAt } from '../library/json.ts'

/** The definition as its author wrote it, without what secure parameters hold. */
export function shownDefinition({ definition }: Flow): ObjectValue {
  const parameters = objectAt(definition, 'parameters')
  if (!Object.values(parameters).some(holdsSecret)) return definition
  const shown: ObjectValue = {}
  for (const [name, raw] of Object.entries(parameters)) setOwn(shown, name, withoutSecret(raw))
  return { ...definition, parameters: shown }
}

/** Members of a parameter that can hold its value. */
const valueMembers: readonly string[] = ['defaultValue', 'value', 'allowedValues']

function holdsSecret(raw: Value): boolean {
  const isSecure = /^secure(string|object)$/i.test(textAt(raw, 'type') ?? '')
  return isSecure && valueMembers.some((name) => !isEmpty(member(raw, name)))
}

/** `$authentication` has an empty object for its default, which tells nothing. */
function isEmpty(value: Value | undefined): boolean {
  if (isObject(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === ''
}

function withoutSecret(raw: Value): Value {
  if (!isObject(raw) || !holdsSecret(raw)) return raw
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !valueMembers.includes(name)))
}

/** A flow as the column `clientdata` keeps it: JSON as text, connection references in the form of solutions. */
export function clientData(flow: Flow): string {
  const connectionReferences: ObjectValue = {}
  for (const { key, api, runtimeSource, logicalName } of flow.connectionReferences.values()) {
    const connection: ObjectValue =
      logicalName === undefined ? {} : { connectionReferenceLogicalName: logicalName }
    setOwn(connectionReferences, key, { runtimeSource, connection, api: { name: api } })
  }
  return printJson({
    properties: { connectionReferences, definition: shownDefinition(flow) },
    schemaVersion: '1.0.0.0',
  })
}

/** What a definition says of itself. */
export function descriptionOf({ definition }: Flow): string | undefined {
  return textAt(definition, 'description')
}
