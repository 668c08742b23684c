/** What others need to know and do about reservations. */
import type { ServiceContext } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { reservationPayload } from './reservation-payload.ts'
import { takingStates } from './reservation-state.ts'

export type ReservationEvent = 'reservation.created' | 'reservation.updated' | 'reservation.deleted'

/** SQL that counts the taken spots of the shift whose id `shiftId` (SQL) is. */
export function takenSpotsSql(shiftId: string): string {
  return `SELECT count(*) FROM reservations WHERE shift_id = ${shiftId} AND status IN (${takingStates})`
}

/** How many spots of a shift are taken. */
export function takenSpots(db: Database, shiftId: string): number {
  const row = db.prepare<{ taken: number }>(`SELECT (${takenSpotsSql('?')}) AS taken`).get(shiftId)
  return row?.taken ?? 0
}

/** Publishes the event with the reservation as it stands. */
export function publishReservation(context: ServiceContext, event: ReservationEvent, id: string): void {
  context.publish({ event, entity: id, payload: reservationPayload(context.db, id) })
}

/** Deletes every reservation of a shift or profile, each with its event. */
export function deleteReservations(
  context: ServiceContext,
  column: 'shift_id' | 'profile_id',
  owner: string,
): void {
  const { db } = context
  const rows = db
    .prepare<{ id: string }>(`SELECT id FROM reservations WHERE ${column} = ? ORDER BY seq`)
    .all(owner)
  for (const { id } of rows) {
    publishReservation(context, 'reservation.deleted', id)
    db.prepare('DELETE FROM reservations WHERE id = ?').run(id)
  }
}
