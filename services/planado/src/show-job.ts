/** Jobs as answers show them: whole, and as items of a list. */
import { isoTime, type Schema, type ServiceContext } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { assigneesSchema, showAssignee, showAssigneeId, showAssignees } from './assignee.ts'
import { type Job, statuses } from './job.ts'
import { type Field, showFields } from './job-fields.ts'
import { list, object, orNull, ref, text, time, uuid } from './openapi-parts.ts'
import { rowById } from './references.ts'
import { showResolution, showResolutions } from './resolutions.ts'
import { duration } from './structures.ts'

const named = { uuid, name: { type: 'string' } }

const everywhere = {
  uuid,
  external_id: orNull(text(500)),
  external_order_id: orNull(text(500)),
  serial_no: { type: 'integer' },
  status: { type: 'string', enum: statuses },
  scheduled_at: orNull(time),
  scheduled_duration: orNull(duration),
  description: orNull(text()),
  contacts: list(ref('Contact')),
  assignees: assigneesSchema,
  version: { type: 'integer' },
  created_at: time,
  updated_at: time,
} satisfies Record<string, Schema>

/** A job in a list. */
export const jobItemSchema = object({
  ...everywhere,
  assignee: orNull(ref('AssigneeId')),
  type_uuid: uuid,
  template_uuid: orNull(uuid),
  client_uuid: orNull(uuid),
  site_uuid: orNull(uuid),
  territory_uuid: orNull(uuid),
  skill_uuids: list(uuid),
  initial_job_uuid: orNull(uuid),
  completion_of_uuid: orNull(uuid),
  resolution: orNull(ref('Resolution')),
})

const whole = {
  ...everywhere,
  assignee: orNull(ref('Assignee')),
  type: object({ uuid, code: { type: 'string' } }),
  template: orNull(object(named)),
  client: orNull(ref('Client')),
  site: orNull(ref('Client')),
  territory: orNull(ref('Territory')),
  skills: list(ref('Skill')),
  address: orNull(ref('Address')),
  timestamps: object({
    en_route_at: orNull(time),
    started_at: orNull(time),
    suspended_at: orNull(time),
    finished_at: orNull(time),
  }),
  possible_resolutions: list(ref('Resolution')),
  custom_fields: list(ref('CustomField')),
  report_fields: list(ref('CustomField')),
}

/** A job by itself; `resolution` is there when it is finished. */
export const jobSchema = object({ ...whole, resolution: ref('Resolution') }, Object.keys(whole))

function showEverywhere(job: Job) {
  return {
    uuid: job.id,
    external_id: job.external_id,
    external_order_id: job.external_order_id,
    serial_no: job.serial_no,
    status: job.status,
    scheduled_at: timeOrNull(job.scheduled_at),
    scheduled_duration: job.duration_minutes === null ? null : { minutes: job.duration_minutes },
    description: job.description,
    contacts: JSON.parse(job.contacts) as unknown,
    assignees: showAssignees(job),
    version: job.version,
    created_at: isoTime(job.created_at),
    updated_at: isoTime(job.updated_at),
  }
}

/** A job as an item of a list: what it refers to, by id. */
export function showJobItem(db: Database, job: Job): Record<string, unknown> {
  return {
    ...showEverywhere(job),
    assignee: showAssigneeId(job),
    type_uuid: job.type_id,
    template_uuid: job.template_id,
    client_uuid: job.client_id,
    site_uuid: job.site_id,
    territory_uuid: job.territory_id,
    skill_uuids: JSON.parse(job.skill_ids) as unknown,
    initial_job_uuid: job.initial_job_id,
    completion_of_uuid: job.completion_of_id,
    resolution: showOutcome(db, job) ?? null,
  }
}

/** A job by itself, with what it refers to. */
export function showJob(context: Pick<ServiceContext, 'db' | 'now'>, job: Job): Record<string, unknown> {
  const { db } = context
  const type = rowById(db, 'job_types', job.type_id)
  const withName = (row: Row) => ({ uuid: row.id, name: row.name })
  const withExternalId = (row: Row) => ({ uuid: row.id, external_id: row.external_id })
  const resolution = showOutcome(db, job)
  return {
    ...showEverywhere(job),
    assignee: showAssignee(db, job),
    type: { uuid: job.type_id, code: type?.code },
    template: referred(db, 'templates', job.template_id, withName),
    client: referred(db, 'clients', job.client_id, withExternalId),
    site: referred(db, 'sites', job.site_id, withExternalId),
    territory: referred(db, 'territories', job.territory_id, withName),
    skills: (JSON.parse(job.skill_ids) as string[]).map((id) => referred(db, 'skills', id, withName)),
    address: job.address === null ? null : (JSON.parse(job.address) as unknown),
    timestamps: {
      en_route_at: timeOrNull(job.en_route_at),
      started_at: timeOrNull(job.started_at),
      suspended_at: timeOrNull(job.suspended_at),
      finished_at: timeOrNull(job.finished_at),
    },
    possible_resolutions: showResolutions(db, job.possible_resolution_ids),
    custom_fields: showFields(context, JSON.parse(job.custom_fields) as Field[]),
    report_fields: showFields(context, JSON.parse(job.report_fields) as Field[]),
    ...(resolution === undefined ? {} : { resolution }),
  }
}

function referred(db: Database, table: string, id: string | null, show: (row: Row) => unknown): unknown {
  const row = id === null ? undefined : rowById(db, table, id)
  return row === undefined ? null : show(row)
}

/** How a finished job ended; the comment is there even when it is null. */
function showOutcome(db: Database, { resolution_comment, resolution_id }: Job) {
  if (resolution_id === null) return undefined
  const row = rowById(db, 'resolutions', resolution_id) as Row
  return { ...showResolution(row), comment: resolution_comment }
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at)
}
