/** An example that fits a schema, made of the examples, defaults and values that the schema itself names. */
import { isRecord, type JsonSchema } from './json-schema.ts'

/** Deeper than this, recursive schemas end in null. */
const maxDepth = 12

/** @param root the document that `$ref`s point into */
export function exampleOfSchema(schema: JsonSchema, root: JsonSchema = schema, depth = 0): unknown {
  if (depth > maxDepth) return null
  if (typeof schema.$ref === 'string') return exampleOfSchema(resolveRef(root, schema.$ref), root, depth + 1)
  for (const keyword of ['example', 'const', 'default']) {
    if (Object.hasOwn(schema, keyword)) return schema[keyword]
  }
  if (Array.isArray(schema.examples)) return schema.examples[0]
  if (mayBeNull(schema)) return null
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (isRecord(schema.properties)) {
    const members = Object.entries(schema.properties).filter(([, inner]) => isRecord(inner))
    return Object.fromEntries(
      members.map(([name, inner]) => [name, exampleOfSchema(inner as JsonSchema, root, depth + 1)]),
    )
  }
  if (isRecord(schema.items)) return [exampleOfSchema(schema.items, root, depth + 1)]
  const [alternative] = [schema.allOf, schema.anyOf, schema.oneOf].find(Array.isArray) ?? []
  if (isRecord(alternative)) return exampleOfSchema(alternative, root, depth + 1)
  return exampleOfType(schema)
}

/** The schema that a local reference names; an empty one when there is none. */
export function resolveRef(root: JsonSchema, ref: string): JsonSchema {
  if (!ref.startsWith('#/')) return {}
  const names = ref
    .slice(2)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  let found: unknown = root
  for (const name of names) found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return isRecord(found) ? found : {}
}

function mayBeNull({ type }: JsonSchema): boolean {
  return Array.isArray(type) && type.includes('null')
}

const texts: ReadonlyMap<unknown, string> = new Map([
  ['date-time', '2026-05-04T08:00:00Z'],
  ['date', '2026-05-04'],
  ['email', 'somebody@example.org'],
  ['uri', 'https://example.org/'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
])

function exampleOfType({ format, minimum, type }: JsonSchema): unknown {
  if (type === 'string') return texts.get(format) ?? 'text'
  if (type === 'integer' || type === 'number') return typeof minimum === 'number' ? minimum : 1
  if (type === 'boolean') return true
  if (type === 'array') return []
  return type === 'object' ? {} : null
}
