/** Templates: what jobs of a kind begin with, and the fields they have. */
import { randomUUID } from 'node:crypto'
import { type Call, type Handler, insertRow, isoTime, ok, type ServiceContext } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { type Assigned, assigneeInput, readAssignee, showAssignee, showAssigneeId } from './assignee.ts'
import { invalidField, notFound, unprocessable } from './errors.ts'
import { type Field, readValue, showFields } from './job-fields.ts'
import { listPage } from './list-page.ts'
import { boolean, list, object, orNull, ref, reference, text, time, uuid } from './openapi-parts.ts'
import { type Reference, referredId, rowById } from './references.ts'
import { readResolutions, showResolutions } from './resolutions.ts'
import { defaultJobTypeId } from './schema.ts'
import { duration } from './structures.ts'
import { combinationProblem, dataTypes, fieldTypes, type Section, valueSchema } from './value-matrix.ts'

const fieldMembers = {
  name: text(200, 1),
  field_type: { type: 'string', enum: fieldTypes },
  data_type: { type: 'string', enum: dataTypes },
  required: boolean,
  dictionary: reference('uuid', 'name'),
  value: valueSchema,
}

const fields = list(object(fieldMembers, ['name', 'field_type', 'data_type']), 200)

/** Members a template can be given. */
export const templateMembers = {
  name: text(200, 1),
  job_type: reference('uuid', 'code'),
  description: orNull(text()),
  scheduled_duration: orNull(duration),
  assignee: orNull(assigneeInput),
  possible_resolutions: list(reference('uuid', 'name'), 100),
  custom_fields: fields,
  report_fields: fields,
}

const shownInList = {
  uuid,
  name: text(200),
  type_uuid: uuid,
  description: orNull(text()),
  scheduled_duration: orNull(duration),
  assignee: orNull(ref('AssigneeId')),
  created_at: time,
  updated_at: time,
}

export const templateListSchema = object(shownInList)

export const templateSchema = object({
  ...shownInList,
  assignee: orNull(ref('Assignee')),
  type: object({ uuid, code: text(200) }),
  possible_resolutions: list(ref('Resolution')),
  custom_fields: list(ref('CustomField')),
  report_fields: list(ref('CustomField')),
})

/** A template as it is kept. */
export interface Template extends Row {
  id: string
  name: string
  type_id: string
  description: string | null
  duration_minutes: number | null
  team_id: string | null
  worker_id: string | null
  resolution_ids: string
  custom_fields: string
  report_fields: string
  created_at: number
  updated_at: number
}

interface GivenTemplateField {
  readonly name: string
  readonly field_type: string
  readonly data_type: string
  readonly required?: boolean
  readonly dictionary?: Reference
  readonly value?: unknown
}

interface GivenTemplate {
  readonly name: string
  readonly job_type?: Reference
  readonly description?: string | null
  readonly scheduled_duration?: { readonly minutes: number } | null
  readonly assignee?: Readonly<Record<string, unknown>> | null
  readonly possible_resolutions?: readonly Reference[]
  readonly custom_fields?: readonly GivenTemplateField[]
  readonly report_fields?: readonly GivenTemplateField[]
}

function readField(db: Database, given: GivenTemplateField, section: Section, path: string): Field {
  const odd = combinationProblem(section, given, path)
  if (odd !== undefined) throw unprocessable([odd])
  const { dictionary, value, ...types } = given
  const hasDictionary = given.field_type === 'dictionary'
  if (hasDictionary !== (dictionary !== undefined)) {
    const message = `"${path}.dictionary" belongs to fields of type dictionary, and to no others.`
    throw invalidField(`${path}.dictionary`, hasDictionary ? 'required' : 'exclusive', message)
  }
  const field: Field = {
    ...types,
    uuid: randomUUID(),
    required: given.required ?? false,
    ...(dictionary === undefined
      ? {}
      : { dictionary_id: dictionaryId(db, dictionary, `${path}.dictionary`) }),
  }
  if (value === undefined) return field
  if (section === 'report_fields') {
    throw invalidField(
      `${path}.value`,
      'prefill',
      `"${path}.value": only job fields can be filled in beforehand.`,
    )
  }
  return { ...field, value: readValue(db, field, value, `${path}.value`) }
}

function dictionaryId(db: Database, given: Reference, field: string): string {
  const [column, wanted] = given.uuid === undefined ? ['name', given.name] : ['id', given.uuid]
  const found = db.prepare(`SELECT id FROM dictionaries WHERE ${column} = ?`).get(wanted ?? null)
  if (found === undefined) throw invalidField(field, 'exists', `"${field}" must be one of the dictionaries.`)
  return String(found.id)
}

function readFields(db: Database, given: readonly GivenTemplateField[], section: Section): readonly Field[] {
  const read = given.map((field, i) => readField(db, field, section, `${section}.${i}`))
  const double = read.findIndex(({ name }, i) => read.findIndex((other) => other.name === name) !== i)
  if (double === -1) return read
  throw invalidField(`${section}.${double}.name`, 'unique', `"${section}" has two fields of this name.`)
}

/** Adds a template; answers its id. @throws 422 */
export function addTemplate({ db, now }: ServiceContext, given: GivenTemplate): string {
  if (db.prepare('SELECT 1 FROM templates WHERE name = ?').get(given.name) !== undefined) {
    throw invalidField('name', 'unique', 'Another template has this "name".')
  }
  const { job_type } = given
  const at = now()
  const row: Template = {
    id: randomUUID(),
    name: given.name,
    type_id: job_type === undefined ? defaultJobTypeId : referredId(db, 'job_types', job_type, 'job_type'),
    description: given.description ?? null,
    duration_minutes: given.scheduled_duration?.minutes ?? null,
    ...readAssignee(db, given.assignee ?? null),
    resolution_ids: readResolutions(db, given.possible_resolutions),
    custom_fields: JSON.stringify(readFields(db, given.custom_fields ?? [], 'custom_fields')),
    report_fields: JSON.stringify(readFields(db, given.report_fields ?? [], 'report_fields')),
    created_at: at,
    updated_at: at,
  }
  insertRow(db, 'templates', row)
  return row.id
}

function showListed(template: Template) {
  const { created_at, description, duration_minutes, id, name, type_id, updated_at } = template
  return {
    uuid: id,
    name,
    type_uuid: type_id,
    description,
    scheduled_duration: duration_minutes === null ? null : { minutes: duration_minutes },
    assignee: showAssigneeId(template as Assigned),
    created_at: isoTime(created_at),
    updated_at: isoTime(updated_at),
  }
}

function showTemplate(context: ServiceContext, template: Template) {
  const { db } = context
  const type = rowById(db, 'job_types', template.type_id)
  return {
    ...showListed(template),
    assignee: showAssignee(db, template),
    type: { uuid: template.type_id, code: type?.code },
    possible_resolutions: showResolutions(db, template.resolution_ids),
    custom_fields: showFields(context, JSON.parse(template.custom_fields) as Field[]),
    report_fields: showFields(context, JSON.parse(template.report_fields) as Field[]),
  }
}

function templateOf({ db, params }: Call): Template {
  const id = String(params.id)
  const row = rowById<Template>(db, 'templates', id)
  if (row === undefined) throw notFound('template', id)
  return row
}

/** Handlers by operationId. */
export const templateHandlers: Record<string, Handler> = {
  listTemplates: (call) =>
    ok({
      templates: listPage<Template>(call, { table: 'templates', order: 'oldest first' }).map(showListed),
    }),
  getTemplate: (call) => ok({ template: showTemplate(call, templateOf(call)) }),
  createTemplate: (call) => ({
    status: 201,
    body: { template_uuid: addTemplate(call, call.body as GivenTemplate) },
  }),
}
