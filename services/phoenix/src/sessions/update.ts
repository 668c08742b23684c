import { type Handler, ok } from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { writeEvent } from '../events/write-event.ts'
import { changeAppointment, changeableAppointment, shownAppointment } from './appointment-store.ts'

/** What an update may change, and where it is kept. The dates have a command of their own. */
const columns: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  coachId: 'coach_id',
  subphaseId: 'subphase_id',
}

/** Handler of `PATCH /appointments/{id}`: what is left out stays; values that are the same tell nothing. */
export const update: Handler = (call) => {
  const session = changeableAppointment(call)
  const { userId, ...wanted } = call.body as Record<string, SqlValue>
  const changes: Row = Object.fromEntries(
    Object.entries(wanted)
      .map(([member, value]) => [columns[member] as string, value] as const)
      .filter(([column, value]) => session[column] !== value),
  )
  if (Object.keys(changes).length === 0) return ok(shownAppointment(call.db, session))
  const updated = changeAppointment(call, session, changes)
  writeEvent(call, {
    event: 'VCSessionUpdatedEvent',
    appointment: updated,
    userId: (userId ?? null) as string | null,
  })
  return ok(shownAppointment(call.db, updated))
}
