/** What validators will stumble over in a schema, whatever the values are. */
import { isRecord, type JsonSchema, mapSubschemas } from './json-schema.ts'

export interface SchemaFinding {
  readonly rule: 'dialect' | 'relativeId' | 'nestedId' | 'unknownFormat' | 'acceptsAnything' | 'idleDefault'
  /** JSON pointer into the schema. */
  readonly path: string
  /** A full sentence. */
  readonly message: string
}

const knownFormats: ReadonlySet<string> = new Set([
  ...[
    'date-time',
    'date',
    'time',
    'duration',
    'email',
    'idn-email',
    'hostname',
    'idn-hostname',
    'ipv4',
    'ipv6',
  ],
  ...['uri', 'uri-reference', 'uri-template', 'iri', 'iri-reference', 'uuid', 'json-pointer', 'regex'],
  'relative-json-pointer',
])

/** Lists the findings in the order of the schema's text. */
export function findingsOf(schema: JsonSchema): SchemaFinding[] {
  const dialect: SchemaFinding[] = Object.hasOwn(schema, '$schema')
    ? []
    : [{ rule: 'dialect', path: '', message: 'The schema does not say which draft it follows ("$schema").' }]
  return [...dialect, ...findingsAt(schema, '')]
}

function findingsAt(schema: JsonSchema, path: string): SchemaFinding[] {
  const inner: SchemaFinding[] = []
  for (const [name, child] of subschemasOf(schema)) inner.push(...findingsAt(child, `${path}/${name}`))
  return [...ownFindings(schema, path), ...inner]
}

function ownFindings(schema: JsonSchema, path: string): SchemaFinding[] {
  const { $id, format } = schema
  const found: SchemaFinding[] = []
  if (typeof $id === 'string' && !URL.canParse($id)) {
    found.push({ rule: 'relativeId', path, message: `"$id" is "${$id}", which is not absolute.` })
  }
  if ($id !== undefined && path !== '') {
    found.push({ rule: 'nestedId', path, message: 'A nested "$id" starts a new base for references.' })
  }
  if (typeof format === 'string' && !knownFormats.has(format)) {
    found.push({ rule: 'unknownFormat', path, message: `"${format}" is no format of JSON Schema.` })
  }
  if (Object.keys(schema).length === 0) {
    found.push({ rule: 'acceptsAnything', path, message: 'An empty schema accepts anything.' })
  }
  if (Object.hasOwn(schema, 'default') && Object.hasOwn(schema, 'anyOf')) {
    found.push({ rule: 'idleDefault', path, message: '"default" beside "anyOf" changes nothing.' })
  }
  return found
}

/** Direct subschemas with their place, keyword and all. */
function subschemasOf(schema: JsonSchema): [string, JsonSchema][] {
  const found: [string, JsonSchema][] = []
  for (const [keyword, value] of Object.entries(schema)) {
    mapSubschemas({ [keyword]: value }, (child) => {
      found.push([placeOf(keyword, value, child), child])
      return child
    })
  }
  return found
}

function placeOf(keyword: string, value: unknown, child: JsonSchema): string {
  if (value === child || !(Array.isArray(value) || isRecord(value))) return keyword
  const name = Object.entries(value).find(([, inner]) => inner === child)?.[0] ?? ''
  return `${keyword}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
