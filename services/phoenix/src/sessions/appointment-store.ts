import { type Call, insertRow, isoTime, type ServiceContext, updateRow } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import { conflict, notFound, phoenixErrors } from '../errors.ts'
import { type Appointment, appointmentPayload } from './appointment.ts'

/** The session with this id, deleted ones too. */
export function findAppointment(db: Database, id: string): Appointment | undefined {
  return db.prepare<Appointment>('SELECT * FROM appointments WHERE id = ?').get(id)
}

/** @throws 404 */
export function appointmentOf({ db, params }: Call): Appointment {
  const id = String(params.id)
  const found = findAppointment(db, id)
  if (found === undefined) throw notFound('session', 'id', id)
  return found
}

/** The session of the path, for a command. @throws 404, 409 when it is deleted */
export function changeableAppointment(call: Call): Appointment {
  const found = appointmentOf(call)
  if (found.deleted_at === null) return found
  throw conflict(phoenixErrors.deleted, 'id', 'This session has been deleted.')
}

/** As `changeableAppointment`. @throws 409 also when the session is not planned any more */
export function plannedAppointment(call: Call): Appointment {
  const found = changeableAppointment(call)
  if (found.status === 'PLANNED') return found
  throw conflict(phoenixErrors.notPlanned, 'status', `This session is ${found.status}, which is final.`)
}

/** Writes a new session. */
export function insertAppointment({ db }: ServiceContext, row: Appointment): void {
  insertRow(db, 'appointments', row)
}

/** Writes the changes and the time of the change; answers the session as it is then. */
export function changeAppointment(
  { db, now }: ServiceContext,
  before: Appointment,
  changes: Partial<Appointment>,
): Appointment {
  const written = { ...changes, updated_at: now() }
  updateRow(db, 'appointments', before.id, written)
  return { ...before, ...written } as Appointment
}

interface UpdateDetail {
  readonly id: string
  readonly at: number
  readonly user_id: string | null
  readonly previous_start: number
  readonly previous_end: number
  readonly start_date: number
  readonly end_date: number
}

function updateDetails(db: Database, id: string): UpdateDetail[] {
  return db
    .prepare<UpdateDetail>('SELECT * FROM update_details WHERE appointment_id = ? ORDER BY seq')
    .all(id)
}

/** Ids of the changes of a session's dates, oldest first. */
export function updateDetailsIds(db: Database, id: string): string[] {
  return updateDetails(db, id).map((detail) => detail.id)
}

/** A session as the API shows it: its members and the history of its dates. */
export function shownAppointment(db: Database, row: Appointment): Record<string, unknown> {
  const details = updateDetails(db, row.id)
  return {
    ...appointmentPayload(row),
    updateDetails: details.map((detail) => ({
      id: detail.id,
      at: isoTime(detail.at),
      userId: detail.user_id,
      previousStartDate: isoTime(detail.previous_start),
      previousEndDate: isoTime(detail.previous_end),
      startDate: isoTime(detail.start_date),
      endDate: isoTime(detail.end_date),
    })),
    updateDetailsIds: details.map(({ id }) => id),
  }
}
