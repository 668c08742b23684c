/**
 * Writes jobs. Invariants:
 * 1. Every change raises `version` by one, adds one entry to the job's history and one to the outbox, all in
 *    the transaction of the change.
 * 2. A write that changes nothing does none of that.
 */
import { randomUUID } from 'node:crypto'
import { insertRow, type ServiceContext, updateRow } from '@flowstead/service-kit'
import { assignedWorkerIds } from './assignee.ts'
import { type Actor, changeContext, type EventType, publishChange } from './changes.ts'
import type { Job, JobChanges, Status } from './job.ts'
import { showJob } from './show-job.ts'

export interface JobEvent {
  readonly type: EventType
  readonly payload: Readonly<Record<string, unknown>>
  readonly actor: Actor
}

/** Events of status changes; a started job that was suspended is resumed. */
const eventOfStatus: Readonly<Partial<Record<Status, EventType>>> = {
  scheduled: 'job_scheduled',
  published: 'job_scheduled',
  en_route: 'job_en_route',
  started: 'job_started',
  suspended: 'job_suspended',
  finished: 'job_finished',
  canceled: 'job_canceled',
}

/** The event that a change makes: that of the status entered, else an update. */
function eventTypeOf(before: Job, status: Status): EventType {
  if (before.status === status) return 'job_updated'
  if (before.status === 'suspended' && status === 'started') return 'job_resumed'
  return eventOfStatus[status] ?? 'job_updated'
}

/** Adds a job. */
export function insertJob(context: ServiceContext, job: Job, actor: Actor): void {
  insertRow(context.db, 'jobs', job)
  const event: JobEvent = { type: 'job_created', payload: { status: job.status }, actor }
  record(context, job, event)
  publishChange(context, { entity: 'job', type: event.type, snapshot: showJob(context, job), actor })
}

/** Changes a job; answers it as it is now. */
export function changeJob(context: ServiceContext, before: Job, changes: JobChanges, actor: Actor): Job {
  const changed = Object.keys(changes).filter((name) => before[name] !== changes[name])
  if (changed.length === 0) return before
  const job: Job = { ...before, ...changes, version: before.version + 1, updated_at: context.now() }
  const previous = showJob(context, before)
  updateRow(context.db, 'jobs', job.id, {
    ...(changes as Record<string, string | number | null>),
    version: job.version,
    updated_at: job.updated_at,
  })
  const type = eventTypeOf(before, job.status)
  const isMove = before.status !== job.status
  const payload = { changed, ...(isMove ? { from: before.status, to: job.status } : {}) }
  record(context, job, { type, payload, actor })
  publishChange(context, { entity: 'job', type, snapshot: showJob(context, job), previous, actor })
  return job
}

/** Removes a job and its history; the last event tells of it. */
export function removeJob(context: ServiceContext, job: Job, actor: Actor): void {
  const snapshot = { ...showJob(context, job), version: job.version + 1 }
  context.db.prepare('DELETE FROM job_events WHERE job_id = ?').run(job.id)
  context.db.prepare('DELETE FROM jobs WHERE id = ?').run(job.id)
  publishChange(context, { entity: 'job', type: 'job_deleted', snapshot, actor })
}

function record(context: ServiceContext, job: Job, { actor, payload, type }: JobEvent): void {
  insertRow(context.db, 'job_events', {
    job_id: job.id,
    version: job.version,
    id: randomUUID(),
    type,
    payload: JSON.stringify(payload),
    context: JSON.stringify(changeContext(context, actor)),
  })
  if (actor.notifies && actor.source !== 'mobile') notify(context, job, type)
}

/** Tells the workers of a job that they can see. */
function notify({ db, now }: ServiceContext, job: Job, type: EventType): void {
  if (job.status === 'posted' || job.status === 'scheduled') return
  for (const userId of assignedWorkerIds(db, job)) {
    const row = { id: randomUUID(), user_id: userId, job_id: job.id, event_type: type, created_at: now() }
    insertRow(db, 'notifications', row)
  }
}
