/** Jobs on the phone of a worker: those that are published and in which the worker has a part. */
import { type Call, type Handler, isoTime, ok } from '@flowstead/service-kit'
import { assignedWorkerIds } from './assignee.ts'
import { actorOf } from './changes.ts'
import { conflict, forbidden, invalidField, notFound } from './errors.ts'
import { type Job, openStatuses } from './job.ts'
import { fieldsInput } from './job-fields.ts'
import { jobOf } from './jobs.ts'
import { pageSize } from './list-page.ts'
import { list, object, time, uuid } from './openapi-parts.ts'
import { showJob } from './show-job.ts'
import { type GivenMove, moveJob } from './transitions.ts'
import type { Members } from './versioned.ts'
import { updateJob } from './write-job.ts'

/** What an assignee can write into a job. */
export const reportInput = object({ report_fields: fieldsInput })

export const notificationSchema = object({
  uuid,
  job_uuid: uuid,
  event_type: { type: 'string' },
  created_at: time,
})

export const notificationsSchema = list(notificationSchema)

/** Whether the job is seen on this user's phone. */
function isSeen({ db, userId }: Call, job: Job): boolean {
  if (job.status === 'posted' || job.status === 'scheduled' || userId === undefined) return false
  const viewers = JSON.parse(job.viewer_ids) as string[]
  const parts = [job, ...viewers.map((id) => ({ team_id: id, worker_id: null }))]
  return viewers.includes(userId) || parts.some((part) => assignedWorkerIds(db, part).includes(userId))
}

/** The job in the path. @throws 404 for one that the user cannot see */
function seenJob(call: Call): Job {
  const job = jobOf(call)
  if (!isSeen(call, job)) throw notFound('job', String(call.params.id))
  return job
}

/** The job in the path. @throws 403 unless the user is its assignee, alone or in a team */
function ownJob(call: Call): Job {
  const job = seenJob(call)
  if (!assignedWorkerIds(call.db, job).includes(String(call.userId))) throw forbidden('assignees.edit')
  return job
}

/** The report of a job that is over stays as it is. @throws 409 */
function openJob(call: Call, given: Pick<GivenMove, 'report_fields'>): Job {
  const job = ownJob(call)
  checkNothingHidden(given)
  if (openStatuses.has(job.status)) return job
  throw conflict(
    'report_fields',
    'frozen',
    `"report_fields" cannot change any more: the job is ${job.status}.`,
  )
}

/** Only dispatchers hide fields: a hidden one need not be filled. @throws 422 */
function checkNothingHidden({ report_fields = [] }: Pick<GivenMove, 'report_fields'>): void {
  const hidden = report_fields.findIndex((field) => field.hidden !== undefined)
  if (hidden === -1) return
  const field = `report_fields.${hidden}.hidden`
  throw invalidField(field, 'right', `"${field}" is not for assignees to change.`)
}

interface NotificationRow {
  readonly id: string
  readonly job_id: string
  readonly event_type: string
  readonly created_at: number
}

/** Handlers by operationId. */
export const mobileHandlers: Readonly<Record<string, Handler>> = {
  mobileListJobs: (call) => {
    const rows = call.db
      .prepare<Job>(
        `SELECT * FROM jobs WHERE status NOT IN ('posted', 'scheduled', 'canceled') ORDER BY seq DESC`,
      )
      .all()
    const seen = rows.filter((job) => isSeen(call, job)).slice(0, 5 * pageSize)
    return ok({ jobs: seen.map((job) => showJob(call, job)) })
  },
  mobileGetJob: (call) => ok({ job: showJob(call, seenJob(call)) }),
  mobileUpdateJob: (call) => {
    const given = call.body as Members & Pick<GivenMove, 'report_fields'>
    const job = updateJob(call, openJob(call, given), given, actorOf(call))
    return ok({ job: showJob(call, job) })
  },
  mobileMoveJob: (call) => {
    const given = call.body as GivenMove
    checkNothingHidden(given)
    const job = moveJob(call, ownJob(call), given, actorOf(call))
    return ok({ job: showJob(call, job) })
  },
  mobileListNotifications: ({ db, userId }) => {
    const rows = db
      .prepare<NotificationRow>(
        `SELECT * FROM notifications WHERE user_id = ? ORDER BY seq DESC LIMIT ${pageSize}`,
      )
      .all(userId ?? null)
    const shown = rows.map(({ created_at, event_type, id, job_id }) => ({
      uuid: id,
      job_uuid: job_id,
      event_type,
      created_at: isoTime(created_at),
    }))
    return ok({ notifications: shown })
  },
}
