/**
 * What the clock does to reservations. `due_at` is the instant of the next step of each, kept up to date
 * whenever the reservation, its shift or its opportunity changes; null when the clock will not touch it.
 */
import { updateRow } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { states } from './reservation-state.ts'

const conditions = {
  reservation: 'id = ?',
  shift: 'shift_id = ?',
  opportunity: 'shift_id IN (SELECT id FROM shifts WHERE opportunity_id = ?)',
} as const

const atOnce = 100

/** Sets `due_at` of one reservation, or of all of a shift or opportunity. */
export function planDueTimes(db: Database, scope: keyof typeof conditions, id: string): void {
  db.prepare(
    `UPDATE reservations SET due_at = (
       SELECT CASE
         WHEN reservations.status IN (1, 2) AND o.auto_check_in_out = 1 THEN s.shift_start_at
         WHEN reservations.status IN (1, 2) THEN s.shift_end_at
         WHEN reservations.status = 3 AND o.auto_check_in_out = 1 THEN s.shift_end_at
       END
       FROM shifts s JOIN opportunities o ON o.id = s.opportunity_id WHERE s.id = reservations.shift_id)
     WHERE ${conditions[scope]}`,
  ).run(id)
}

/** When the clock has something to do with a reservation next, ms since the epoch. */
export function nextReservationAt(db: Database): number | null {
  const sql = 'SELECT min(due_at) AS at FROM reservations WHERE due_at IS NOT NULL'
  return db.prepare<{ at: number | null }>(sql).get()?.at ?? null
}

/** Moves those due the longest: checked in at the start, out at the end, or not logged. */
export function moveDueReservations(context: VomeContext): void {
  const rows = context.db
    .prepare(
      `SELECT r.*, s.shift_start_at, s.shift_end_at, o.auto_check_in_out
       FROM reservations r JOIN shifts s ON s.id = r.shift_id JOIN opportunities o ON o.id = s.opportunity_id
       WHERE r.due_at = (SELECT min(due_at) FROM reservations WHERE due_at <= ?) ORDER BY r.seq LIMIT ${atOnce}`,
    )
    .all(context.now())
  for (const row of rows) moveDue(context, row)
}

function moveDue({ changes, db, now }: VomeContext, row: Row): void {
  const id = row.id as string
  const move = dueMove(row)
  updateRow(db, 'reservations', id, { ...move, updated_at: now() })
  planDueTimes(db, 'reservation', id)
  changes.updated('reservation', id)
  if (move.status === states.hoursLogged) changes.updated('profile', row.profile_id as string)
}

function dueMove(row: Row): Row {
  if (row.status === states.checkedIn) {
    return { status: states.hoursLogged, departure_time: row.shift_end_at ?? null }
  }
  if (row.auto_check_in_out !== 1) return { status: states.notLogged }
  return { status: states.checkedIn, arrival_time: row.shift_start_at ?? null }
}
