/**
 * Which data a field of a job may hold: field type, data type and section decide. Every combination that is
 * not a row of the table is invalid.
 */
import type { FieldProblem, Schema } from '@flowstead/service-kit'
import { problem } from './errors.ts'

/** `custom_fields` are filled by the dispatcher, `report_fields` by the assignee. */
export type Section = 'custom_fields' | 'report_fields'

export interface MatrixRow {
  readonly fieldType: string
  readonly dataType: string
  readonly sections: readonly Section[]
  readonly value: ValueKind
  readonly description: string
}

type ValueKind = 'text' | 'boolean' | 'url' | 'urls' | 'dictionary value'

const both: readonly Section[] = ['custom_fields', 'report_fields']
const jobOnly: readonly Section[] = ['custom_fields']
const reportOnly: readonly Section[] = ['report_fields']

function row(
  fieldType: string,
  dataType: string,
  sections: readonly Section[],
  value: ValueKind,
  description: string,
): MatrixRow {
  return { fieldType, dataType, sections, value, description }
}

/** The eight combinations there are. */
export const valueMatrix: readonly MatrixRow[] = [
  row('input', 'string', both, 'text', 'One line of text.'),
  row('textarea', 'string', reportOnly, 'text', 'Lines of text.'),
  row('action', 'boolean', reportOnly, 'boolean', 'A button that was pressed.'),
  row('checkbox', 'boolean', reportOnly, 'boolean', 'Yes or no.'),
  row('barcode', 'string', reportOnly, 'text', 'A barcode or QR code.'),
  row('file', 'attachment', jobOnly, 'url', 'A file.'),
  row('image', 'attachment', reportOnly, 'urls', 'Up to ten images.'),
  row('dictionary', 'dictionary', both, 'dictionary value', 'An entry of a pick list.'),
]

export const fieldTypes = valueMatrix.map(({ fieldType }) => fieldType)
export const dataTypes = [...new Set(valueMatrix.map(({ dataType }) => dataType))]

/** Photos one field holds at most. */
const maxImages = 10
const maxUrlLength = 2048

/** The row of a field type; `undefined` for none of ours. */
export function rowOf(fieldType: string): MatrixRow | undefined {
  return valueMatrix.find((one) => one.fieldType === fieldType)
}

/** Why a field of these types cannot stand in this section; `undefined` when it can. */
export function combinationProblem(
  section: Section,
  field: { readonly field_type: string; readonly data_type: string },
  path: string,
): FieldProblem | undefined {
  const found = rowOf(field.field_type)
  if (found?.dataType !== field.data_type) {
    const message = `"${path}.data_type" of a field of type ${field.field_type} must be ${found?.dataType ?? 'that of a known type'}.`
    return problem(`${path}.data_type`, 'matrix', message)
  }
  if (found.sections.includes(section)) return undefined
  const message = `"${path}.field_type" ${field.field_type} cannot stand among ${section}.`
  return problem(`${path}.field_type`, 'matrix', message)
}

/** Whether a value fits the row; that an entry of a pick list exists is checked elsewhere. */
export function fits({ value: kind }: MatrixRow, value: unknown): boolean {
  if (kind === 'urls') return Array.isArray(value) && value.length <= maxImages && value.every(isUrl)
  if (value === null) return true
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'boolean') return typeof value === 'boolean'
  if (kind === 'url') return isUrl(value)
  return typeof value === 'object' && !Array.isArray(value)
}

/** What a value must be, to follow "must be". */
export function demandOf({ value: kind }: MatrixRow): string {
  if (kind === 'urls') return `a list of at most ${maxImages} URLs of images`
  if (kind === 'text') return 'text or null'
  if (kind === 'boolean') return 'true, false or null'
  if (kind === 'url') return 'the URL of a file or null'
  return 'an entry of the field’s pick list, as {"uuid"} or {"name"}, or null'
}

/** The value of a field nobody has filled: a list of images is never null. */
export function emptyValue({ value: kind }: MatrixRow): unknown {
  return kind === 'urls' ? [] : null
}

/** Whether a value counts as filled in. */
export function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return !Array.isArray(value) || value.length > 0
}

/** All values that fields can have. */
export const valueSchema: Schema = {
  type: ['string', 'boolean', 'array', 'object', 'null'],
  items: { type: 'string' },
}

function isUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > maxUrlLength || !URL.canParse(value)) return false
  const { password, protocol, username } = new URL(value)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}
