import { type ObjectValue, setOwn } from '@flowstead/expressions'
import { arrayAt, objectAt, textsAt } from './json.ts'
import { resolve } from './reference.ts'

/** A schema's declared properties, those of `allOf` included, and which of them are required. */
export function propertiesOf(
  document: ObjectValue,
  schema: ObjectValue,
): { readonly properties: ObjectValue; readonly required: readonly string[] } {
  const parts = arrayAt(schema, 'allOf').map((part) => resolve(document, part))
  if (parts.length === 0)
    return { properties: objectAt(schema, 'properties'), required: textsAt(schema, 'required') }
  const properties: ObjectValue = {}
  const required: string[] = []
  for (const part of [...parts, schema]) {
    for (const [name, property] of Object.entries(objectAt(part, 'properties')))
      setOwn(properties, name, property)
    required.push(...textsAt(part, 'required'))
  }
  return { properties, required }
}
