import { type Handler, ok, type ServiceContext } from '@flowstead/service-kit'
import { writeEvent } from '../events/write-event.ts'
import type { Appointment } from './appointment.ts'
import { changeAppointment, plannedAppointment, shownAppointment } from './appointment-store.ts'
import { type Cancelation, checkCancelation } from './cancel-rules.ts'

interface CancelRequest extends Cancelation {
  readonly userId?: string | null
}

/**
 * Cancels a planned session; when the talent gets another coach, all coming sessions of the pair with it,
 * each with its own event.
 * @throws 400 and 409 as `checkCancelation` says
 */
function cancelSession(context: ServiceContext, session: Appointment, request: CancelRequest): Appointment {
  checkCancelation(request, session.start_date - context.now())
  const cancelled = cancelOne(context, session, request)
  if (request.cancelationReason === 'TALENT_IS_DEPAIRED_OR_REPAIRED') {
    for (const other of comingSessionsOfPair(context, session)) cancelOne(context, other, request)
  }
  return cancelled
}

function cancelOne(context: ServiceContext, session: Appointment, request: CancelRequest): Appointment {
  const cancelled = changeAppointment(context, session, {
    status: 'CANCELED',
    cancelation_reason: request.cancelationReason,
    cancelation_explanation: request.cancelationExplanation ?? null,
    canceled_by: request.canceledBy,
  })
  writeEvent(context, {
    event: 'VCSessionCanceledEvent',
    appointment: cancelled,
    userId: request.userId ?? null,
  })
  return cancelled
}

/** Sessions that have started stay: they took place, or the talent did not come. */
function comingSessionsOfPair({ db, now }: ServiceContext, session: Appointment): Appointment[] {
  return db
    .prepare<Appointment>(
      `SELECT * FROM appointments WHERE coach_id = ? AND talent_id = ? AND status = 'PLANNED'
         AND deleted_at IS NULL AND start_date > ? ORDER BY start_date, seq`,
    )
    .all(session.coach_id, session.talent_id, now())
}

/** Handler of `POST /appointments/{id}/cancel`. */
export const cancel: Handler = (call) => {
  const session = cancelSession(call, plannedAppointment(call), call.body as CancelRequest)
  return ok(shownAppointment(call.db, session))
}
