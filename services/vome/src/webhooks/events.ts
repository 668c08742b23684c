/** The thirteen events a client can subscribe to, each with the title of its trigger. */
export interface VomeEvent {
  readonly name: string
  readonly title: string
  /** Events of one family carry the same payload. */
  readonly family: 'reservation' | 'form_submission' | 'sequence' | 'profile'
}

export const events: readonly VomeEvent[] = [
  { name: 'reservation.created', title: 'New Reservation', family: 'reservation' },
  { name: 'reservation.updated', title: 'Updated Reservation', family: 'reservation' },
  { name: 'reservation.deleted', title: 'Deleted Reservation', family: 'reservation' },
  { name: 'form_submission.created', title: 'New Form Submission', family: 'form_submission' },
  { name: 'form_submission.updated', title: 'Updated Form Submission', family: 'form_submission' },
  { name: 'form_submission.deleted', title: 'Deleted Form Submission', family: 'form_submission' },
  { name: 'sequence_assignment.created', title: 'New Assigned Sequence', family: 'sequence' },
  { name: 'sequence_assignment.updated', title: 'Updated Sequence', family: 'sequence' },
  { name: 'sequence_assignment.deleted', title: 'Deleted Sequence Assignment', family: 'sequence' },
  { name: 'profile.created', title: 'New Profile', family: 'profile' },
  { name: 'profile.updated', title: 'Updated Profile', family: 'profile' },
  { name: 'profile.archived', title: 'Archived Profile', family: 'profile' },
  { name: 'profile.deleted', title: 'Deleted Profile', family: 'profile' },
]

/** `New Reservation` → `NewReservation`, the operationId of the trigger. */
export function operationIdOf({ title }: VomeEvent): string {
  return title.replaceAll(' ', '')
}
