/** Jobs over the API. */
import { type Call, type Handler, noContent, ok } from '@flowstead/service-kit'
import { assigneeInput, assigneesSchema } from './assignee.ts'
import { actorOf } from './changes.ts'
import { clientReference, referenceOrNew } from './client-reference.ts'
import { conflict } from './errors.ts'
import { type Job, statuses } from './job.ts'
import { fieldsInput } from './job-fields.ts'
import { listPage, pageSize } from './list-page.ts'
import { list, object, orNull, reference, text, time } from './openapi-parts.ts'
import { rowByPath } from './references.ts'
import { removeJob } from './save-job.ts'
import { showJob, showJobItem } from './show-job.ts'
import { siteMembers } from './sites.ts'
import { addressInput, contactsInput, duration } from './structures.ts'
import { type GivenMove, moveJob } from './transitions.ts'
import type { Members } from './versioned.ts'
import { createJob, updateJob } from './write-job.ts'

/** Members a job can be given at any time. */
export const jobUpdateMembers = {
  description: orNull(text()),
  scheduled_at: orNull(time),
  scheduled_duration: orNull(duration),
  assignee: orNull(assigneeInput),
  assignees: assigneesSchema,
  possible_resolutions: list(reference('uuid', 'name'), 100),
  address: orNull(addressInput),
  contacts: contactsInput,
  client: orNull(clientReference),
  site: orNull(referenceOrNew(siteMembers)),
  territory: orNull(reference('uuid', 'name')),
  skills: list(reference('uuid', 'name'), 200),
  custom_fields: fieldsInput,
  report_fields: fieldsInput,
}

/** Members a job can be given when it is made. */
export const jobCreateMembers = {
  template: reference('uuid', 'name'),
  job_type: reference('uuid', 'code'),
  external_id: orNull(text(500, 1)),
  external_order_id: orNull(text(500, 1)),
  completion_of: reference('uuid', 'external_id'),
  ...jobUpdateMembers,
}

/** A move as it is given. */
export const moveInput = object(
  {
    to: { type: 'string', enum: statuses },
    resolution: {
      ...object({ uuid: text(500, 1), name: text(500, 1), comment: orNull(text()) }, []),
      minProperties: 1,
    },
    report_fields: fieldsInput,
  },
  ['to'],
)

/** The job in the path. @throws 404 */
export function jobOf({ db, params }: Pick<Call, 'db' | 'params'>): Job {
  return rowByPath<Job>(db, 'jobs', String(params.id))
}

interface JobEventRow {
  readonly version: number
  readonly id: string
  readonly type: string
  readonly payload: string
  readonly context: string
}

function history(call: Call) {
  const { id } = jobOf(call)
  const { after = 0 } = call.query as { after?: number }
  const rows = call.db
    .prepare<JobEventRow>(
      `SELECT version, id, type, payload, context FROM job_events
       WHERE job_id = ? AND version > ? ORDER BY version LIMIT ${pageSize}`,
    )
    .all(id, after)
  return rows.map((row) => ({
    version: row.version,
    uuid: row.id,
    type: row.type,
    payload: JSON.parse(row.payload) as unknown,
    context: JSON.parse(row.context) as unknown,
  }))
}

/** A started job cannot be deleted: somebody is at work. @throws 409 */
function checkDeletable({ status }: Job): void {
  if (status !== 'started' && status !== 'suspended') return
  throw conflict('id', 'started', `A job that is ${status} cannot be deleted; finish or cancel it first.`)
}

/** Handlers by operationId. */
export const jobHandlers: Record<string, Handler> = {
  listJobs: (call) =>
    ok({
      jobs: listPage<Job>(call, { table: 'jobs', order: 'newest first' }).map((job) =>
        showJobItem(call.db, job),
      ),
    }),
  getJob: (call) => ok({ job: showJob(call, jobOf(call)) }),
  createJob: (call) => {
    const { id } = createJob(call, call.body as Members, actorOf(call))
    return { status: 201, headers: { location: `/v2/jobs/${id}` }, body: { job_uuid: id } }
  },
  updateJob: (call) => {
    const job = jobOf(call)
    updateJob(call, job, call.body as Members, actorOf(call))
    return ok({ job_uuid: job.id })
  },
  deleteJob: (call) => {
    const job = jobOf(call)
    checkDeletable(job)
    removeJob(call, job, actorOf(call))
    return noContent
  },
  getJobHistory: (call) => ok({ events: history(call) }),
  moveJob: (call) =>
    ok({ job: showJob(call, moveJob(call, jobOf(call), call.body as GivenMove, actorOf(call))) }),
}
