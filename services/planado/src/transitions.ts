/**
 * The life of a job. Invariants:
 * 1. A job moves only along the table; `finished` and `canceled` are its ends.
 * 2. Each move sets the instant that belongs to it.
 * 3. A job finishes with one of its possible resolutions; with success only when every required report field
 *    is filled, and with a comment where the resolution asks for one.
 */
import type { ServiceContext } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { Actor } from './changes.ts'
import { conflict, invalidField } from './errors.ts'
import type { Job, JobChanges, Status } from './job.ts'
import { type Field, fillFields, type GivenField, requireFilled } from './job-fields.ts'
import { findReferred, type Reference } from './references.ts'
import { changeJob } from './save-job.ts'

/** Where a job can go from each state. */
export const moves: Readonly<Record<Status, readonly Status[]>> = {
  posted: ['finished', 'canceled'],
  scheduled: ['published', 'finished', 'canceled'],
  published: ['en_route', 'started', 'finished', 'canceled'],
  en_route: ['started', 'finished', 'canceled'],
  started: ['suspended', 'finished', 'canceled'],
  suspended: ['started', 'finished', 'canceled'],
  finished: [],
  canceled: [],
}

/** States the assignee can put a job in, with the states it must come from. */
const assigneeMoves: Readonly<Partial<Record<Status, readonly Status[]>>> = {
  en_route: ['published'],
  started: ['published', 'en_route', 'suspended'],
  suspended: ['started'],
  finished: ['started', 'suspended'],
}

/** A move as it is given. */
export interface GivenMove {
  readonly to: Status
  readonly resolution?: Reference & { readonly comment?: string | null }
  readonly report_fields?: readonly GivenField[]
}

/** Moves a job; answers it as it is now. @throws 409 for a move that is not in the table, 422 */
export function moveJob(context: ServiceContext, job: Job, given: GivenMove, actor: Actor): Job {
  checkMove(job, given, actor)
  const fields = fillFields(context.db, JSON.parse(job.report_fields) as Field[], {
    given: given.report_fields ?? [],
    section: 'report_fields',
    now: context.now(),
  })
  const changes: JobChanges = {
    status: given.to,
    report_fields: JSON.stringify(fields),
    ...instantColumns(given.to, context.now(), job),
    ...(given.to === 'finished' ? outcomeOf(context, job, { given, fields }) : {}),
  }
  return changeJob(context, job, changes, actor)
}

function checkMove({ status }: Job, { resolution, to }: GivenMove, actor: Actor): void {
  const isAllowed =
    actor.source === 'mobile' ? assigneeMoves[to]?.includes(status) === true : moves[status].includes(to)
  if (!isAllowed) {
    const places = moves[status].length === 0 ? 'nowhere' : moves[status].join(', ')
    throw conflict(
      'to',
      'transition',
      `A job that is ${status} cannot become ${to}; it can become ${places}.`,
    )
  }
  if (to !== 'finished' && resolution !== undefined) {
    throw invalidField('resolution', 'exclusive', '"resolution" belongs to the move to finished.')
  }
}

function instantColumns(to: Status, now: number, job: Job): JobChanges {
  if (to === 'en_route') return { en_route_at: now }
  if (to === 'started') return { started_at: job.started_at ?? now }
  if (to === 'suspended') return { suspended_at: now }
  return to === 'finished' ? { finished_at: now } : {}
}

function outcomeOf(
  { db }: ServiceContext,
  job: Job,
  { fields, given }: { readonly given: GivenMove; readonly fields: readonly Field[] },
): JobChanges {
  if (given.resolution === undefined) {
    throw invalidField('resolution', 'required', '"resolution" is required to finish a job.')
  }
  const { comment = null, ...reference } = given.resolution
  const row = resolutionOf(job, findReferred(db, 'resolutions', reference as Reference))
  checkComment(row, comment)
  if (row.successful === 1) requireFilled(fields, 'report_fields')
  return { resolution_id: String(row.id), resolution_comment: comment }
}

function resolutionOf({ possible_resolution_ids }: Job, row: Row | undefined): Row {
  const possible = JSON.parse(possible_resolution_ids) as unknown[]
  if (row !== undefined && possible.includes(row.id)) return row
  throw invalidField(
    'resolution',
    'exists',
    '"resolution" must be one of the possible resolutions of this job.',
  )
}

function checkComment(row: Row, comment: string | null): void {
  const isEmpty = (comment ?? '').trim() === ''
  if (row.comment_required === 1 && isEmpty) {
    throw invalidField('resolution.comment', 'required', 'This resolution needs a comment.')
  }
  if (row.has_comment === 0 && comment !== null) {
    throw invalidField('resolution.comment', 'exclusive', 'This resolution takes no comment.')
  }
}
