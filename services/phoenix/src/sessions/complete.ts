import { type Handler, ok } from '@flowstead/service-kit'
import { conflict, phoenixErrors } from '../errors.ts'
import { writeEvent } from '../events/write-event.ts'
import { changeAppointment, plannedAppointment, shownAppointment } from './appointment-store.ts'

/** Handler of `POST /appointments/{id}/complete`: the session has taken place. */
export const complete: Handler = (call) => {
  const session = plannedAppointment(call)
  if (session.start_date > call.now()) {
    throw conflict(phoenixErrors.notStarted, 'startDate', 'This session has not started yet.')
  }
  const { userId = null } = (call.body ?? {}) as { userId?: string | null }
  const done = changeAppointment(call, session, { status: 'DONE' })
  writeEvent(call, { event: 'VCSessionDoneEvent', appointment: done, userId })
  return ok(shownAppointment(call.db, done))
}
