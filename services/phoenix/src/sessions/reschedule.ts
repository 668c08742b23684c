import { randomUUID } from 'node:crypto'
import { type Handler, insertRow, isoTime, ok, type ServiceContext } from '@flowstead/service-kit'
import { writeEvent } from '../events/write-event.ts'
import type { Appointment } from './appointment.ts'
import { changeAppointment, plannedAppointment, shownAppointment } from './appointment-store.ts'
import { checkOrder, instantOf } from './dates.ts'
import { checkParts } from './part-rules.ts'

/** New dates; what is left out stays. */
export interface NewDates {
  readonly startDate?: string
  readonly endDate?: string
  readonly userId?: string | null
}

/**
 * Moves a planned session: one entry more in its history, and an event that tells the dates before. Dates
 * that are the same change nothing and tell nothing.
 * @throws 400 for dates out of order, 409 for parts out of order
 */
function rescheduleSession(
  context: ServiceContext,
  session: Appointment,
  { endDate, startDate, userId = null }: NewDates,
): Appointment {
  const start = startDate === undefined ? session.start_date : instantOf('startDate', startDate)
  const end = endDate === undefined ? session.end_date : instantOf('endDate', endDate)
  checkOrder(start, end)
  if (start === session.start_date && end === session.end_date) return session
  const dates = { start_date: start, end_date: end }
  checkParts(context.db, { ...session, ...dates })
  insertRow(context.db, 'update_details', {
    id: randomUUID(),
    appointment_id: session.id,
    at: context.now(),
    user_id: userId,
    previous_start: session.start_date,
    previous_end: session.end_date,
    ...dates,
  })
  const moved = changeAppointment(context, session, dates)
  const previousDates = { startDate: isoTime(session.start_date), endDate: isoTime(session.end_date) }
  writeEvent(context, {
    event: 'VCSessionRescheduledEvent',
    appointment: moved,
    userId,
    payload: { previousDates },
  })
  return moved
}

/** Handler of `POST /appointments/{id}/reschedule`. */
export const reschedule: Handler = (call) => {
  const session = rescheduleSession(call, plannedAppointment(call), call.body as NewDates)
  return ok(shownAppointment(call.db, session))
}
