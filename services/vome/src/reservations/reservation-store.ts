/** What others need to know and do about reservations. */
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { reservationPayload } from './reservation-payload.ts'
import { states, takingStates } from './reservation-state.ts'

/** SQL that counts the taken spots of the shift whose id `shiftId` (SQL) is: people and their guests, no infants. */
export function takenSpotsSql(shiftId: string): string {
  return `SELECT coalesce(sum(1 + guests), 0) FROM reservations
    WHERE shift_id = ${shiftId} AND status IN (${takingStates})`
}

/** How many spots of a shift are taken. */
export function takenSpots(db: Database, shiftId: string): number {
  const row = db.prepare<{ taken: number }>(`SELECT (${takenSpotsSql('?')}) AS taken`).get(shiftId)
  return row?.taken ?? 0
}

/** Deletes a reservation with its claims; logged hours go with it, which is a change of the profile. */
export function deleteReservation({ changes, db }: VomeContext, row: Row): void {
  const id = row.id as string
  changes.deleted('reservation', id, reservationPayload(db, id))
  db.prepare('DELETE FROM hour_claims WHERE reservation_id = ?').run(id)
  db.prepare('DELETE FROM reservations WHERE id = ?').run(id)
  if (row.status === states.hoursLogged) changes.updated('profile', row.profile_id as string)
}

/** Deletes every reservation of a shift or profile, each with its event. */
export function deleteReservations(
  context: VomeContext,
  column: 'shift_id' | 'profile_id',
  owner: string,
): void {
  const rows = context.db.prepare(`SELECT * FROM reservations WHERE ${column} = ? ORDER BY seq`).all(owner)
  for (const row of rows) deleteReservation(context, row)
}
