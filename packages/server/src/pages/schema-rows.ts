/** A JSON Schema as rows for a table. The schema is outside data; what cannot be read in it is left out. */

export interface SchemaRow {
  /** `user.first_name`, `tags[]`. */
  readonly path: string
  /** `string (date-time)`, `PLANNED or DONE`, `object or null`. */
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
}

type Schema = Readonly<Record<string, unknown>>

/** Deeper members are left to the JSON; a recursive schema ends here. */
const maxDepth = 6
const maxListed = 20

/** The members of a schema, depth first in the order of the schema. */
export function schemaRows(root: unknown): SchemaRow[] {
  return isSchema(root) ? membersOf(root, root, '', 0) : []
}

function membersOf(schema: Schema, root: Schema, path: string, depth: number): SchemaRow[] {
  const found = resolved(schema, root)
  if (depth > maxDepth) return []
  const required = Array.isArray(found.required) ? found.required : []
  const properties = isSchema(found.properties) ? found.properties : {}
  const rows = Object.entries(properties).flatMap(([name, inner]) => {
    if (!isSchema(inner)) return []
    const place = path === '' ? name : `${path}.${name}`
    const member = resolved(inner, root)
    const row: SchemaRow = {
      path: place,
      type: typeText(member, root),
      isRequired: required.includes(name),
      description: textOf(member.description) ?? textOf(member.title) ?? '',
    }
    return [row, ...membersOf(member, root, place, depth + 1)]
  })
  return isSchema(found.items) ? [...rows, ...membersOf(found.items, root, `${path}[]`, depth + 1)] : rows
}

/** One level of reference, and the one alternative that is not null. */
function resolved(schema: Schema, root: Schema): Schema {
  const target = typeof schema.$ref === 'string' ? lookUp(root, schema.$ref) : undefined
  return target === undefined ? schema : { ...target, ...schema, $ref: undefined }
}

function lookUp(root: Schema, reference: string): Schema | undefined {
  if (!reference.startsWith('#/')) return undefined
  let found: unknown = root
  for (const name of reference.slice(2).split('/'))
    found = isSchema(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return isSchema(found) ? found : undefined
}

function typeText(schema: Schema, root: Schema): string {
  const { anyOf, enum: listed, format, items, type } = schema
  if (Array.isArray(anyOf))
    return alternatives(anyOf.filter(isSchema).map((one) => typeText(resolved(one, root), root)))
  if (Object.hasOwn(schema, 'const')) return String(schema.const)
  if (Array.isArray(listed)) return alternatives(listed.map(String))
  if (type === 'array' && isSchema(items)) return `array of ${typeText(resolved(items, root), root)}`
  const name = Array.isArray(type) ? type.join(' or ') : (textOf(type) ?? 'anything')
  return textOf(format) === undefined ? name : `${name} (${textOf(format)})`
}

function alternatives(texts: readonly string[]): string {
  const shown = texts.length > maxListed ? [...texts.slice(0, maxListed), '…'] : texts
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
