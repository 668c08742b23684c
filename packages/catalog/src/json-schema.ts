/** A JSON Schema of any draft, as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** A plain object of outside data; arrays and null are none. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own member of an object of outside data; `undefined` for anything else. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const schemaKeywords: Readonly<Record<string, 'schema' | 'list' | 'map'>> = {
  items: 'schema',
  additionalProperties: 'schema',
  not: 'schema',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  properties: 'map',
  patternProperties: 'map',
  definitions: 'map',
  $defs: 'map',
}

/** The schema with `change` applied to each of its direct subschemas. */
export function mapSubschemas(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const changed = (value: unknown) => (isRecord(value) ? change(value) : value)
  const entries = Object.entries(schema).map(([keyword, value]) => {
    const kind = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined
    if (kind === 'map' && isRecord(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, v]) => [name, changed(v)]))]
    }
    if (kind !== undefined && Array.isArray(value)) return [keyword, value.map(changed)]
    return [keyword, kind === 'schema' ? changed(value) : value]
  })
  return Object.fromEntries(entries)
}
