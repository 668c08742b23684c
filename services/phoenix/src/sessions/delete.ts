import { type Handler, noContent } from '@flowstead/service-kit'
import { writeEvent } from '../events/write-event.ts'
import { changeAppointment, changeableAppointment } from './appointment-store.ts'

/** Handler of `DELETE /appointments/{id}`: the record stays, with the time of its deletion. */
export const remove: Handler = (call) => {
  const session = changeableAppointment(call)
  const { userId = null } = call.query as { userId?: string }
  const deleted = changeAppointment(call, session, { deleted_at: call.now() })
  writeEvent(call, { event: 'VCSessionDeletedEvent', appointment: deleted, userId })
  return noContent
}
