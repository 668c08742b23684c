import { randomUUID } from 'node:crypto'
import { created, type Handler, type ServiceContext } from '@flowstead/service-kit'
import { writeEvent } from '../events/write-event.ts'
import type { Appointment, AppointmentType } from './appointment.ts'
import { insertAppointment, shownAppointment } from './appointment-store.ts'
import { checkOrder, instantOf } from './dates.ts'
import { checkParts } from './part-rules.ts'

/** What scheduling a session needs to know; `id` is for sample data. */
export interface NewSession {
  readonly id?: string
  readonly title: string
  readonly description?: string | null
  readonly startDate: string
  readonly endDate: string
  readonly coachId: string
  readonly talentId: string
  readonly appointmentType?: AppointmentType
  readonly talentBlockId?: string | null
  readonly subphaseId?: string | null
  readonly userId?: string | null
}

/**
 * Schedules a session and writes its event.
 * @throws 400 for dates out of order or a part without block, 409 for parts out of order
 */
export function scheduleSession(context: ServiceContext, wanted: NewSession): Appointment {
  const at = context.now()
  const session: Appointment = {
    id: wanted.id ?? randomUUID(),
    title: wanted.title,
    description: wanted.description ?? null,
    status: 'PLANNED',
    appointment_type: wanted.appointmentType ?? 'STANDALONE',
    start_date: instantOf('startDate', wanted.startDate),
    end_date: instantOf('endDate', wanted.endDate),
    coach_id: wanted.coachId,
    talent_id: wanted.talentId,
    talent_block_id: wanted.talentBlockId ?? null,
    subphase_id: wanted.subphaseId ?? null,
    cancelation_reason: null,
    cancelation_explanation: null,
    canceled_by: null,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  checkOrder(session.start_date, session.end_date)
  checkParts(context.db, session)
  insertAppointment(context, session)
  writeEvent(context, {
    event: 'VCSessionScheduledEvent',
    appointment: session,
    userId: wanted.userId ?? null,
  })
  return session
}

/** Handler of `POST /appointments`. */
export const schedule: Handler = (call) => {
  const session = scheduleSession(call, call.body as NewSession)
  return created(`/api/v1/appointments/${session.id}`, shownAppointment(call.db, session))
}
