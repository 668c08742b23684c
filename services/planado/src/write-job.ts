/** Makes and changes jobs. What has started keeps its assignee and its possible resolutions. */
import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { readAssignee, readAssignees } from './assignee.ts'
import type { Actor } from './changes.ts'
import { clientIdOf, referredOrNewId } from './client-reference.ts'
import { conflict, invalidField } from './errors.ts'
import { type Job, type JobChanges, plannedStatus } from './job.ts'
import { type Field, fieldsOfTemplate, fillFields, type GivenField, requireFilled } from './job-fields.ts'
import { instantOf } from './list-page.ts'
import { checkExternalId, type Reference, referredId, referredIds, referredRow } from './references.ts'
import { readResolutions } from './resolutions.ts'
import { changeJob, insertJob } from './save-job.ts'
import { defaultJobTypeId } from './schema.ts'
import { siteKind } from './sites.ts'
import { fullAddress, fullContact } from './structures.ts'
import type { Template } from './templates.ts'
import type { Section } from './value-matrix.ts'
import type { Members } from './versioned.ts'

type Reader = (context: ServiceContext, value: never, actor: Actor) => JobChanges

/** How each member becomes columns; `null` clears. */
const readers: Readonly<Record<string, Reader>> = {
  description: (_, value: string | null) => ({ description: value }),
  scheduled_at: (_, value: string | null) => ({
    scheduled_at: value === null ? null : instantOf(value, 'scheduled_at'),
  }),
  scheduled_duration: (_, value: { minutes: number } | null) => ({
    duration_minutes: value?.minutes ?? null,
  }),
  contacts: (_, value: Members[]) => ({ contacts: JSON.stringify(value.map(fullContact)) }),
  address: (_, value: Members | null) => ({
    address: value === null ? null : JSON.stringify(fullAddress(value)),
  }),
  client: (context, value: Members | null, actor) => ({
    client_id: value === null ? null : clientIdOf(context, value, actor),
  }),
  site: (context, value: Members | null, actor) => ({
    site_id:
      value === null ? null : referredOrNewId(siteKind, context, { given: value, field: 'site', actor }),
  }),
  territory: ({ db }, value: Reference | null) => ({
    territory_id: value === null ? null : referredId(db, 'territories', value, 'territory'),
  }),
  skills: ({ db }, value: Reference[]) => ({
    skill_ids: JSON.stringify(referredIds(db, 'skills', value, 'skills')),
  }),
  possible_resolutions: ({ db }, value: Reference[]) => ({
    possible_resolution_ids: readResolutions(db, value),
  }),
}

function columnsOf(context: ServiceContext, given: Members, actor: Actor): JobChanges {
  const columns: JobChanges = {}
  for (const [name, read] of Object.entries(readers)) {
    if (given[name] !== undefined) Object.assign(columns, read(context, given[name] as never, actor))
  }
  return { ...columns, ...assigneeColumns(context.db, given) }
}

/** `assignees` wins over `assignee`. */
function assigneeColumns(db: Database, { assignee, assignees }: Members): JobChanges {
  if (assignees !== undefined) {
    return { ...readAssignees(db, assignees as Parameters<typeof readAssignees>[1]) }
  }
  if (assignee === undefined) return {}
  return { ...readAssignee(db, assignee as Parameters<typeof readAssignee>[1]) }
}

function filled(context: ServiceContext, fields: readonly Field[], given: Members, section: Section): string {
  const values = (given[section] ?? []) as readonly GivenField[]
  return JSON.stringify(fillFields(context.db, fields, { given: values, section, now: context.now() }))
}

/** Makes a job; every member may be left out. @throws 422 */
export function createJob(context: ServiceContext, given: Members, actor: Actor): Job {
  const { db, now } = context
  const template = templateOf(db, given)
  checkExternalId(db, 'jobs', given.external_id as string | null | undefined)
  const fieldsOf = (section: Section): readonly Field[] =>
    template === undefined ? [] : fieldsOfTemplate(JSON.parse(template[section]) as Field[])
  const at = now()
  const job: Job = {
    ...blank,
    ...fromTemplate(template),
    ...(given.job_type === undefined
      ? {}
      : { type_id: referredId(db, 'job_types', given.job_type as Reference, 'job_type') }),
    possible_resolution_ids: template?.resolution_ids ?? readResolutions(db, undefined),
    external_id: (given.external_id ?? null) as string | null,
    external_order_id: (given.external_order_id ?? null) as string | null,
    ...columnsOf(context, given, actor),
    ...chainOf(db, given),
    custom_fields: filled(context, fieldsOf('custom_fields'), given, 'custom_fields'),
    report_fields: filled(context, fieldsOf('report_fields'), given, 'report_fields'),
    id: randomUUID(),
    serial_no: nextSerialNo(db),
    created_at: at,
    updated_at: at,
  }
  requireFilled(JSON.parse(job.custom_fields) as Field[], 'custom_fields')
  job.status = plannedStatus(job, undefined, publishesAtOnce(db))
  insertJob(context, job, actor)
  return job
}

const blank: Job = {
  id: '',
  external_id: null,
  external_order_id: null,
  serial_no: 0,
  status: 'posted',
  scheduled_at: null,
  duration_minutes: null,
  description: null,
  team_id: null,
  worker_id: null,
  viewer_ids: '[]',
  type_id: defaultJobTypeId,
  template_id: null,
  client_id: null,
  site_id: null,
  territory_id: null,
  skill_ids: '[]',
  contacts: '[]',
  address: null,
  en_route_at: null,
  started_at: null,
  suspended_at: null,
  finished_at: null,
  possible_resolution_ids: '[]',
  custom_fields: '[]',
  report_fields: '[]',
  resolution_id: null,
  resolution_comment: null,
  initial_job_id: null,
  completion_of_id: null,
  version: 1,
  created_at: 0,
  updated_at: 0,
}

function templateOf(db: Database, { template }: Members): Template | undefined {
  if (template === undefined) return undefined
  return referredRow(db, 'templates', template as Reference, 'template') as Template
}

function fromTemplate(template: Template | undefined): JobChanges {
  if (template === undefined) return {}
  const { description, duration_minutes, id, team_id, type_id, worker_id } = template
  return { template_id: id, type_id, description, duration_minutes, team_id, worker_id }
}

/** A job that follows one that failed: it points to it and to the first of the chain. */
function chainOf(db: Database, { completion_of }: Members): JobChanges {
  if (completion_of === undefined) return {}
  const failed = referredRow(db, 'jobs', completion_of as Reference, 'completion_of') as Job
  const outcome = db
    .prepare('SELECT successful FROM resolutions WHERE id = ?')
    .get(failed.resolution_id)?.successful
  if (failed.status !== 'finished' || outcome !== 0) {
    const message = '"completion_of" must be a job that has finished without success.'
    throw invalidField('completion_of', 'failed_job', message)
  }
  return { completion_of_id: failed.id, initial_job_id: failed.initial_job_id ?? failed.id }
}

function nextSerialNo(db: Database): number {
  const serialNo = db.prepare<{ next: number }>('SELECT next FROM serial_numbers').get()?.next ?? 1
  db.prepare('UPDATE serial_numbers SET next = ?').run(serialNo + 1)
  return serialNo
}

/** Whether assignees see schedules without their being published. */
export function publishesAtOnce(db: Database): boolean {
  return db.prepare('SELECT publishes_at_once AS flag FROM settings').get()?.flag === 1
}

const frozen: Readonly<Record<string, readonly string[]>> = {
  assignee: ['team_id', 'worker_id'],
  assignees: ['team_id', 'worker_id', 'viewer_ids'],
  possible_resolutions: ['possible_resolution_ids'],
}

/** Changes a job; answers it as it is now. @throws 409 for what is frozen, 422 */
export function updateJob(context: ServiceContext, before: Job, given: Members, actor: Actor): Job {
  const columns = columnsOf(context, given, actor)
  checkFrozen(before, columns, given)
  const changes: JobChanges = { ...columns }
  for (const section of ['custom_fields', 'report_fields'] as const) {
    if (given[section] === undefined) continue
    changes[section] = filled(context, JSON.parse(before[section]) as Field[], given, section)
  }
  if (given.custom_fields !== undefined) {
    requireFilled(JSON.parse(changes.custom_fields ?? '[]') as Field[], 'custom_fields')
  }
  const status = plannedStatus({ ...before, ...changes } as Job, before, publishesAtOnce(context.db))
  if (status !== before.status) changes.status = status
  if (before.status === 'en_route' && status !== 'en_route') changes.en_route_at = null
  return changeJob(context, before, changes, actor)
}

function checkFrozen(before: Job, columns: JobChanges, given: Members): void {
  if (before.started_at === null && before.status !== 'finished' && before.status !== 'canceled') return
  for (const [member, names] of Object.entries(frozen)) {
    if (given[member] === undefined) continue
    const isChanged = names.some((name) => columns[name] !== undefined && columns[name] !== before[name])
    if (isChanged) {
      throw conflict(member, 'frozen', `"${member}" cannot change any more: the job is ${before.status}.`)
    }
  }
}
