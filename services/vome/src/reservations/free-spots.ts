/** Who hears that a full shift has a free spot. There is no waiting list: whoever reserves first has it. */
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { reference, times } from '../resource/column.ts'
import { addRow, filterById, findRow, type Resource } from '../resource/resource.ts'
import { takenSpots } from './reservation-store.ts'

/** The resource behind `/notices`, which is only read. */
export const notices: Resource = {
  name: 'notice',
  plural: 'notices',
  table: 'notices',
  description: 'Word to a volunteer that a full shift has a free spot.',
  columns: { profile_id: reference('profiles'), shift_id: reference('shifts'), ...times },
  filters: { profile_id: filterById('profile_id'), shift_id: filterById('shift_id') },
}

/** Performs the work; when it frees a spot of a full coming shift, everybody who could take it gets a notice. */
export function noticingFreeSpots<T>(context: VomeContext, shift: Row, work: () => T): T {
  const { db, now } = context
  const shiftId = shift.id as string
  const spots = shift.spots as number
  const wasFull = takenSpots(db, shiftId) >= spots
  const result = work()
  const isWanted = findRow(db, 'opportunities', shift.opportunity_id as string)?.notify_free_spot === 1
  if (!wasFull || !isWanted || (shift.shift_start_at as number) <= now()) return result
  if (takenSpots(db, shiftId) >= spots) return result
  const people = db
    .prepare<{ profile_id: string }>(
      `SELECT a.profile_id FROM approvals a JOIN profiles p ON p.id = a.profile_id
       WHERE a.opportunity_id = ?1 AND p.archived_at IS NULL AND NOT EXISTS
         (SELECT 1 FROM reservations r WHERE r.shift_id = ?2 AND r.profile_id = a.profile_id)
       ORDER BY a.seq`,
    )
    .all(shift.opportunity_id ?? null, shiftId)
  for (const { profile_id } of people) addRow(context, notices, { profile_id, shift_id: shiftId })
  return result
}
