/** Two-part sessions: the parts share a talent block, and the second does not start before the first ends. */
import { invalid } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { conflict, phoenixErrors } from '../errors.ts'
import type { Appointment } from './appointment.ts'

type Part = Pick<Appointment, 'id' | 'appointment_type' | 'talent_block_id' | 'start_date' | 'end_date'>

/**
 * Checks a session against the other part of its block; cancelled and deleted ones do not count.
 * @throws 400 without a talent block, 409 naming the date that is out of order
 */
export function checkParts(db: Database, part: Part): void {
  if (part.appointment_type === 'STANDALONE') return
  if (part.talent_block_id === null) {
    const message = `"talentBlockId" is required for ${part.appointment_type}.`
    throw invalid([{ field: 'talentBlockId', rule: 'required', message }])
  }
  const isFirst = part.appointment_type === 'PART_ONE'
  const other = db.prepare(
    `SELECT 1 AS found FROM appointments
     WHERE talent_block_id = ? AND appointment_type = ? AND id <> ? AND status <> 'CANCELED'
       AND deleted_at IS NULL AND ${isFirst ? 'start_date < ?' : 'end_date > ?'} LIMIT 1`,
  )
  const [type, edge] = isFirst ? ['PART_TWO', part.end_date] : ['PART_ONE', part.start_date]
  if (other.get(part.talent_block_id, type as string, part.id, edge as number) === undefined) return
  const field = isFirst ? 'endDate' : 'startDate'
  const message = 'PART_TWO must not start before PART_ONE of the same talent block ends.'
  throw conflict(phoenixErrors.partOrder, field, message)
}
