import { type Handler, invalid, ok } from '@flowstead/service-kit'
import type { Database, SqlValue } from '@flowstead/sqlite'
import type { Appointment } from './appointment.ts'
import { appointmentOf, findAppointment, shownAppointment } from './appointment-store.ts'
import { instantOf } from './dates.ts'

/** Which sessions; instants in ms since the epoch, `from` included and `to` not. */
export interface SessionFilter {
  readonly talentId?: string | undefined
  readonly coachId?: string | undefined
  readonly status?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly includeDeleted?: boolean | undefined
  /** Goes on after this session. */
  readonly after?: Appointment | undefined
  readonly limit: number
}

/** Sessions by their start, then in the order they were made. */
export function findSessions(db: Database, filter: SessionFilter): Appointment[] {
  const conditions: [string, SqlValue | undefined][] = [
    ['talent_id = ?', filter.talentId],
    ['coach_id = ?', filter.coachId],
    ['status = ?', filter.status],
    ['start_date >= ?', filter.from],
    ['start_date < ?', filter.to],
    ['(start_date, seq) > (SELECT a.start_date, a.seq FROM appointments a WHERE a.id = ?)', filter.after?.id],
  ]
  const asked = conditions.filter(([, value]) => value !== undefined)
  const where = [filter.includeDeleted === true ? 'TRUE' : 'deleted_at IS NULL', ...asked.map(([sql]) => sql)]
  return db
    .prepare<Appointment>(
      `SELECT * FROM appointments WHERE ${where.join(' AND ')} ORDER BY start_date, seq LIMIT ?`,
    )
    .all(...asked.map(([, value]) => value as SqlValue), filter.limit)
}

interface ListQuery {
  readonly talentId?: string
  readonly coachId?: string
  readonly status?: string
  readonly from?: string
  readonly to?: string
  readonly includeDeleted?: boolean
  readonly after?: string
  readonly limit: number
}

/** Handler of `GET /appointments`. */
export const list: Handler = ({ db, query }) => {
  const { after, from, limit, to, ...rest } = query as unknown as ListQuery
  const last = after === undefined ? undefined : findAppointment(db, after)
  if (after !== undefined && last === undefined) {
    throw invalid([{ field: 'after', rule: 'exists', message: '"after" must be the id of a session.' }])
  }
  const found = findSessions(db, {
    ...rest,
    from: from === undefined ? undefined : instantOf('from', from),
    to: to === undefined ? undefined : instantOf('to', to),
    after: last,
    limit: limit + 1,
  })
  const shown = found.slice(0, limit)
  const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null
  return ok({ data: shown.map((row) => shownAppointment(db, row)), next })
}

/** Handler of `GET /appointments/{id}`; deleted sessions are shown with `deletedAt`. */
export const get: Handler = (call) => ok(shownAppointment(call.db, appointmentOf(call)))
