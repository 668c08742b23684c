import { isoTime } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'

export const appointmentStatuses = ['CANCELED', 'DONE', 'PLANNED'] as const
export const appointmentTypes = ['STANDALONE', 'PART_ONE', 'PART_TWO'] as const

export type AppointmentStatus = (typeof appointmentStatuses)[number]
export type AppointmentType = (typeof appointmentTypes)[number]

/** A session as it is kept; instants in ms since the epoch. */
export interface Appointment extends Row {
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly status: AppointmentStatus
  readonly appointment_type: AppointmentType
  readonly start_date: number
  readonly end_date: number
  readonly coach_id: string
  readonly talent_id: string
  readonly talent_block_id: string | null
  readonly subphase_id: string | null
  readonly cancelation_reason: string | null
  readonly cancelation_explanation: string | null
  readonly canceled_by: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly deleted_at: number | null
}

/** The seventeen members of a session, in the order in which they travel. */
export function appointmentPayload(row: Appointment): Record<string, string | null> {
  return {
    id: row.id,
    title: row.title,
    status: row.status,
    coachId: row.coach_id,
    endDate: isoTime(row.end_date),
    talentId: row.talent_id,
    createdAt: isoTime(row.created_at),
    deletedAt: row.deleted_at === null ? null : isoTime(row.deleted_at),
    startDate: isoTime(row.start_date),
    updatedAt: isoTime(row.updated_at),
    canceledBy: row.canceled_by,
    subphaseId: row.subphase_id,
    description: row.description,
    talentBlockId: row.talent_block_id,
    appointmentType: row.appointment_type,
    cancelationReason: row.cancelation_reason,
    cancelationExplanation: row.cancelation_explanation,
  }
}
