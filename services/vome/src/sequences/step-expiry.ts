/** Steps expire when their last day has ended where the organisation is. */
import { updateRow } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { endOfDate } from '../organization/local-date.ts'
import { organizationZone } from '../organization/organization.ts'
import { changeAssignment } from './assignment-store.ts'

const atOnce = 100

/** When a step with this status and last day expires, ms since the epoch; null when it does not. */
export function expiryOf(db: Database, status: string, expirationOn: string | null): number | null {
  if (status === 'expired' || expirationOn === null) return null
  return endOfDate(expirationOn, organizationZone(db))
}

/** Counts all days anew, after the organisation has moved to another time zone. */
export function planExpiries(db: Database): void {
  const rows = db.prepare('SELECT id, status, expiration_on FROM step_progress').all()
  for (const { expiration_on, id = null, status } of rows) {
    const expires_at = expiryOf(db, status as string, expiration_on as string | null)
    updateRow(db, 'step_progress', id, { expires_at })
  }
}

/** When the next step expires, ms since the epoch. */
export function nextExpiryAt(db: Database): number | null {
  const sql = 'SELECT min(expires_at) AS at FROM step_progress WHERE expires_at IS NOT NULL'
  return db.prepare<{ at: number | null }>(sql).get()?.at ?? null
}

/** Lets those expire that are due the longest. */
export function expireSteps(context: VomeContext): void {
  const { db, now } = context
  const rows = db
    .prepare<Row & { id: string; assignment_id: string }>(
      `SELECT id, assignment_id FROM step_progress
       WHERE expires_at = (SELECT min(expires_at) FROM step_progress WHERE expires_at <= ?) LIMIT ${atOnce}`,
    )
    .all(now())
  for (const { assignment_id, id } of rows) {
    updateRow(db, 'step_progress', id, { status: 'expired', expires_at: null })
    changeAssignment(context, assignment_id, {})
  }
}
