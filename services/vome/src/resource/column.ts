/** Columns of the resources: how a member is written, stored and shown. */
import type { Schema } from '@flowstead/service-kit'
import { isoTime } from '@flowstead/service-kit'
import type { SqlValue } from '@flowstead/sqlite'

export interface Column {
  readonly kind: 'text' | 'integer' | 'boolean' | 'json' | 'instant'
  /** Of the member in JSON. */
  readonly schema: Schema
  /** `required` when making one, `optional`, or only shown. */
  readonly input: 'required' | 'optional' | 'none'
  /** Stored when the client gives none. */
  readonly initial: SqlValue
  /** Table whose `id` the value must be. */
  readonly references?: string
}

type Options = Partial<Pick<Column, 'input' | 'initial'>> & { readonly description?: string }

function column(kind: Column['kind'], schema: Schema, initial: SqlValue, options: Options): Column {
  const { description, input = 'optional' } = options
  return {
    kind,
    schema: description === undefined ? schema : { ...schema, description },
    input,
    initial: options.initial === undefined ? initial : options.initial,
  }
}

/** Text of at most `maxLength` characters; required text is not empty. */
export function text(maxLength: number, options: Options = {}): Column {
  const minLength = options.input === 'required' ? 1 : 0
  return column('text', { type: 'string', minLength, maxLength }, '', options)
}

/** Text of one of these. */
export function oneOf(values: readonly string[], options: Options = {}): Column {
  return column('text', { enum: values }, values[0] ?? '', options)
}

/** ISO 8601 with offset, of the years 1000 to 2999 and without leap seconds, which `Date` does not know. */
export const instantSchema: Schema = {
  type: 'string',
  format: 'date-time',
  pattern: '^[12]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$',
}

/** A day, `YYYY-MM-DD`, of the years 1000 to 2999, or null. */
export const daySchema: Schema = { type: ['string', 'null'], format: 'date', pattern: '^[12]\\d{3}-' }

export function integer(minimum: number, maximum: number, options: Options = {}): Column {
  return column('integer', { type: 'integer', minimum, maximum }, minimum, options)
}

export function flag(initial: 0 | 1, options: Options = {}): Column {
  return column('boolean', { type: 'boolean' }, initial, options)
}

/** An instant: ISO 8601 with offset in, UTC with `Z` out; null when unknown. */
export function instant(options: Options = {}): Column {
  const type = options.input === 'required' ? 'string' : ['string', 'null']
  return column('instant', { ...instantSchema, type }, null, options)
}

/** A JSON value; the order of members does not count. */
export function json(schema: Schema, initial: unknown, options: Options = {}): Column {
  return column('json', schema, jsonText(initial), options)
}

/** A day, `YYYY-MM-DD`, or null. */
export function day(options: Options = {}): Column {
  return column('text', daySchema, null, options)
}

/** The id of a row of `table`. */
export function reference(table: string, options: Options = {}): Column {
  const base = column('text', { type: 'string', maxLength: 100 }, null, { input: 'required', ...options })
  return { ...base, references: table }
}

/** The id of a row of `table`, or null. */
export function optionalReference(table: string, options: Options = {}): Column {
  const schema = { type: ['string', 'null'], maxLength: 100 }
  return { ...column('text', schema, null, options), references: table }
}

/** Ids of rows of `table`, each once. */
export function references(table: string, options: Options = {}): Column {
  const items = { type: 'string', maxLength: 100 }
  return {
    ...json({ type: 'array', items, uniqueItems: true, maxItems: 100 }, [], options),
    references: table,
  }
}

/** When a row was made and last changed. */
export const times = { created_at: instant({ input: 'none' }), updated_at: instant({ input: 'none' }) }

/** JSON text that is the same for equal values: members are in the order of their names. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** A member of a request as it is stored. */
export function store({ kind }: Column, value: unknown): SqlValue {
  if (value === null) return null
  if (kind === 'boolean') return value === true ? 1 : 0
  if (kind === 'json') return jsonText(value)
  if (kind === 'instant') return Date.parse(value as string)
  return value as SqlValue
}

/** A stored value as an answer shows it. */
export function show({ kind }: Column, value: SqlValue): unknown {
  if (value === null) return null
  if (kind === 'boolean') return value === 1
  if (kind === 'json') return JSON.parse(value as string)
  if (kind === 'instant') return isoTime(value as number)
  return value
}
