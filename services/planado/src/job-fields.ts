/**
 * The fields that templates give to jobs. Invariants:
 * 1. Types, section and value keep to a row of the value matrix.
 * 2. `filled_at` is there exactly for report fields that have a value.
 */
import { isoTime, type Schema, type ServiceContext } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { keptUrl, shownUrl } from './attachments.ts'
import { invalidField, problem, unprocessable } from './errors.ts'
import { boolean, list, object, text } from './openapi-parts.ts'
import { rowById } from './references.ts'
import {
  demandOf,
  emptyValue,
  fits,
  isFilled,
  type MatrixRow,
  rowOf,
  type Section,
  valueSchema,
} from './value-matrix.ts'

/** A field as it is kept with a job or template. */
export interface Field {
  readonly uuid: string
  readonly name: string
  readonly field_type: string
  readonly data_type: string
  readonly required: boolean
  /** Of a field with a pick list. */
  readonly dictionary_id?: string
  /** Absent where a template fills nothing in; a pick list's entry is kept by its id. */
  readonly value?: unknown
  readonly filled_at?: number
  /** A hidden field is neither shown nor required. */
  readonly hidden?: boolean
}

/** A value as it is given. */
export interface GivenField {
  readonly uuid?: string
  readonly name?: string
  readonly value?: unknown
  readonly hidden?: boolean
}

/** Values as they are given: fields are named by uuid or name. */
export const fieldsInput: Schema = list(
  object({ uuid: text(500, 1), name: text(500, 1), value: valueSchema, hidden: boolean }, []),
  200,
)

/** The fields of a new job: those of its template, with values. */
export function fieldsOfTemplate(fields: readonly Field[]): readonly Field[] {
  return fields.map((field) => ({ ...field, value: field.value ?? emptyValue(matrixRow(field)) }))
}

/** The fields with the given values put in. @throws 422 naming the member */
export function fillFields(
  db: Database,
  fields: readonly Field[],
  {
    given,
    now,
    section,
  }: { readonly given: readonly GivenField[]; readonly section: Section; readonly now: number },
): readonly Field[] {
  const filled = new Map(fields.map((field) => [field.uuid, field]))
  for (const [i, one] of given.entries()) {
    const path = `${section}.${i}`
    const field = namedField(fields, one, path)
    const next = withValue(db, filled.get(field.uuid) ?? field, one, path)
    const isChanged = JSON.stringify(next.value) !== JSON.stringify(field.value)
    filled.set(field.uuid, section === 'report_fields' && isChanged ? stamped(next, now) : next)
  }
  return [...filled.values()]
}

function namedField(fields: readonly Field[], { name, uuid }: GivenField, path: string): Field {
  if ((uuid === undefined) === (name === undefined)) {
    throw invalidField(path, 'exclusive', `"${path}" must have either "uuid" or "name".`)
  }
  const field = fields.find((one) => (uuid === undefined ? one.name === name : one.uuid === uuid))
  if (field !== undefined) return field
  const member = `${path}.${uuid === undefined ? 'name' : 'uuid'}`
  throw invalidField(member, 'exists', `"${member}" must be one of the fields of this job.`)
}

function withValue(db: Database, field: Field, { hidden, value }: GivenField, path: string): Field {
  const next = hidden === undefined ? field : { ...field, hidden }
  return value === undefined ? next : { ...next, value: readValue(db, field, value, `${path}.value`) }
}

function stamped({ filled_at: _, ...field }: Field, now: number): Field {
  return isFilled(field.value) ? { ...field, filled_at: now } : field
}

/** A value as it is kept. @throws 422 naming `path` */
export function readValue(db: Database, field: Field, value: unknown, path: string): unknown {
  const row = matrixRow(field)
  if (!fits(row, value)) throw invalidField(path, 'matrix', `"${path}" must be ${demandOf(row)}.`)
  if (value === null) return value
  if (row.value === 'url') return keptUrl(db, String(value))
  if (row.value === 'urls') return (value as string[]).map((url) => keptUrl(db, url))
  if (row.value !== 'dictionary value') return value
  const { name, uuid } = value as { name?: unknown; uuid?: unknown }
  const [column, wanted] = uuid === undefined ? ['name', name] : ['id', uuid]
  const found = db
    .prepare(`SELECT id FROM dictionary_values WHERE dictionary_id = ? AND ${column} = ?`)
    .get(field.dictionary_id ?? null, typeof wanted === 'string' ? wanted : null)
  if (found === undefined)
    throw invalidField(path, 'exists', `"${path}" must be an entry of the field’s pick list.`)
  return found.id
}

/** @throws 422 naming each required field that is empty */
export function requireFilled(fields: readonly Field[], section: Section): void {
  const empty = fields.filter(
    ({ hidden, required, value }) => required && hidden !== true && !isFilled(value),
  )
  if (empty.length === 0) return
  throw unprocessable(
    empty.map(({ name }) => problem(section, 'required', `"${section}" must fill the field "${name}".`)),
  )
}

/** Fields as jobs and templates show them. */
export function showFields(
  context: Pick<ServiceContext, 'db' | 'now'>,
  fields: readonly Field[],
): Record<string, unknown>[] {
  return fields
    .filter(({ hidden }) => hidden !== true)
    .map(({ data_type, field_type, filled_at, name, required, uuid, value }) => ({
      uuid,
      name,
      field_type,
      data_type,
      required,
      ...(value === undefined ? {} : { value: showValue(context, data_type, value) }),
      ...(filled_at === undefined ? {} : { filled_at: isoTime(filled_at) }),
    }))
}

function showValue(context: Pick<ServiceContext, 'db' | 'now'>, dataType: string, value: unknown): unknown {
  if (value === null) return value
  if (dataType === 'attachment') {
    const shown = (url: unknown) => shownUrl(context, String(url))
    return Array.isArray(value) ? value.map(shown) : shown(value)
  }
  if (dataType !== 'dictionary') return value
  const row = rowById(context.db, 'dictionary_values', String(value))
  return { uuid: value, name: row?.name }
}

function matrixRow({ field_type }: Field): MatrixRow {
  return rowOf(field_type) as MatrixRow
}
