/**
 * When users work. Invariant: the shifts of a user never overlap; a new one takes the place of what it
 * covers. Between shifts nobody works.
 */
import { type Handler, insertRow, isoTime, ok, type ServiceContext } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { invalidField } from './errors.ts'
import { instantOf } from './list-page.ts'
import { boolean, list, object, orNull, ref, reference, time, uuid } from './openapi-parts.ts'
import { type Reference, referredId, rowById } from './references.ts'
import { userOf } from './users.ts'

const dayMs = 86_400_000

/** Longest span of a timeline, days. */
export const maxDays = 7

const shiftInput = object(
  {
    time_from: time,
    time_to: time,
    working: boolean,
    job_type: reference('uuid', 'code'),
    territory: reference('uuid', 'name'),
  },
  ['time_from', 'time_to'],
)

export const segmentSchema = object({
  time_from: time,
  time_to: time,
  working: boolean,
  territory: orNull(ref('Territory')),
  job_type: orNull(object({ uuid, code: { type: 'string' } })),
})

export const shiftsInput = list(shiftInput, 100)

interface GivenShift {
  readonly time_from: string
  readonly time_to: string
  readonly working?: boolean
  readonly job_type?: Reference
  readonly territory?: Reference
}

interface Shift extends Row {
  user_id: string
  time_from: number
  time_to: number
  working: number
  territory_id: string | null
  job_type_id: string | null
}

function readShift({ db }: ServiceContext, userId: string, given: GivenShift, field: string): Shift {
  const from = instantOf(given.time_from, `${field}.time_from`)
  const to = instantOf(given.time_to, `${field}.time_to`)
  if (to <= from)
    throw invalidField(`${field}.time_to`, 'order', `"${field}.time_to" must be after "time_from".`)
  const { job_type, territory } = given
  return {
    user_id: userId,
    time_from: from,
    time_to: to,
    working: given.working === false ? 0 : 1,
    territory_id:
      territory === undefined ? null : referredId(db, 'territories', territory, `${field}.territory`),
    job_type_id: job_type === undefined ? null : referredId(db, 'job_types', job_type, `${field}.job_type`),
  }
}

/** Puts a shift in the place of what it covers. */
function putShift({ db }: ServiceContext, shift: Shift): void {
  const { time_from: from, time_to: to, user_id: userId } = shift
  const covered = db
    .prepare<Shift>('SELECT * FROM shifts WHERE user_id = ? AND time_from < ? AND time_to > ?')
    .all(userId, to, from)
  db.prepare('DELETE FROM shifts WHERE user_id = ? AND time_from < ? AND time_to > ?').run(userId, to, from)
  for (const { seq: _, ...old } of covered) {
    if (old.time_from < from) insertRow(db, 'shifts', { ...old, time_to: from } as Row)
    if (old.time_to > to) insertRow(db, 'shifts', { ...old, time_from: to } as Row)
  }
  insertRow(db, 'shifts', shift)
}

/** The whole span in segments that follow each other without a gap. */
function timeline({ db }: ServiceContext, userId: string, from: number, to: number) {
  const shifts = db
    .prepare<Shift>(
      'SELECT * FROM shifts WHERE user_id = ? AND time_from < ? AND time_to > ? ORDER BY time_from',
    )
    .all(userId, to, from)
  const segments: Record<string, unknown>[] = []
  const add = (start: number, end: number, shift?: Shift) => {
    if (start >= end) return
    const territory = shift?.territory_id == null ? undefined : rowById(db, 'territories', shift.territory_id)
    const jobType = shift?.job_type_id == null ? undefined : rowById(db, 'job_types', shift.job_type_id)
    segments.push({
      time_from: isoTime(start),
      time_to: isoTime(end),
      working: shift?.working === 1,
      territory: territory === undefined ? null : { uuid: territory.id, name: territory.name },
      job_type: jobType === undefined ? null : { uuid: jobType.id, code: jobType.code },
    })
  }
  let reached = from
  for (const shift of shifts) {
    add(reached, Math.max(reached, shift.time_from))
    add(Math.max(reached, shift.time_from), Math.min(shift.time_to, to), shift)
    reached = Math.min(shift.time_to, to)
  }
  add(reached, to)
  return segments
}

/** Handlers by operationId. */
export const shiftHandlers: Record<string, Handler> = {
  getShifts: (call) => {
    const user = userOf(call)
    const { after, before } = call.query as { after: string; before: string }
    const [from, to] = [instantOf(after, 'after'), instantOf(before, 'before')]
    if (to <= from) throw invalidField('before', 'order', '"before" must be a later day than "after".')
    if (to - from > maxDays * dayMs) {
      throw invalidField('before', 'maximum', `"before" must be at most ${maxDays} days after "after".`)
    }
    return ok({ timeline: timeline(call, String(user.id), from, to) })
  },
  updateShifts: (call) => {
    const userId = String(userOf(call).id)
    const { shifts } = call.body as { shifts: readonly GivenShift[] }
    const read = shifts.map((shift, i) => readShift(call, userId, shift, `shifts.${i}`))
    for (const shift of read) putShift(call, shift)
    return ok({ user_uuid: userId })
  },
}
