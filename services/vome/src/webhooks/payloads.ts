/** The payload of each kind of entity that has events. */

import { submissionPayload } from '../forms/submission-payload.ts'
import { type PayloadSource, profilePayload } from '../profiles/profile-payload.ts'
import { reservationPayload } from '../reservations/reservation-payload.ts'
import { assignmentPayload } from '../sequences/assignment-payload.ts'

export type EntityKind = 'reservation' | 'form_submission' | 'sequence_assignment' | 'profile'

const payloads: Readonly<Record<EntityKind, (source: PayloadSource, id: string) => Record<string, unknown>>> =
  {
    reservation: ({ db }, id) => reservationPayload(db, id),
    form_submission: ({ db }, id) => submissionPayload(db, id),
    sequence_assignment: ({ db }, id) => assignmentPayload(db, id),
    profile: profilePayload,
  }

/** What an event about this entity carries now. */
export function payloadOf(source: PayloadSource, kind: EntityKind, id: string): Record<string, unknown> {
  return payloads[kind](source, id)
}
