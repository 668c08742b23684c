/** Each trigger is fired by what the reference says, and not by what comes close to it. */
import { expect, test } from 'vitest'
import { hourMs, iso, makeWorld, openVome, type TestVome, type World } from '../vome.testing.ts'

interface Scene extends World {
  readonly vome: TestVome
  readonly sequence_id: string
  readonly step_id: string
  readonly form_id: string
  readonly question_id: string
  readonly tag_id: string
}

function scene(opportunity: Record<string, unknown> = {}): Scene {
  const vome = openVome()
  const world = makeWorld(vome, { people: 2, opportunity })
  const sequence_id = vome.must('createSequence', { body: { title: 'S', sequence_status: 'published' } }).id
  const step = { sequence_id, category: 'orientation', title: 'O' }
  const step_id = vome.must('createSequenceStep', { body: step }).id
  const form_id = vome.must('createForm', { body: { title: 'F' } }).id
  const question = { form_id, title: 'Q', question_type: 'short_text' }
  const question_id = vome.must('createQuestion', { body: question }).id
  const tag_id = vome.must('createTag', { body: { tag_title: 'T' } }).id
  return { vome, ...world, sequence_id, step_id, form_id, question_id, tag_id }
}

const reserve = ({ profile_id, shift_id, vome }: Scene) =>
  vome.must('createReservation', { body: { profile_id, shift_id } }).id
const assign = ({ profile_id, sequence_id, vome }: Scene) =>
  vome.must('createSequenceAssignment', { body: { profile_id, sequence_id } }).id
const submit = ({ form_id, profile_id, vome }: Scene, more: object = {}) =>
  vome.must('createFormSubmission', { body: { form_id, profile_id, ...more } }).id
const setStatus = (scene: Scene, id: string, status: number, more: object = {}) =>
  scene.vome.call('updateReservation', { id, body: { status, ...more } })

interface Row {
  readonly what: string
  /** What must stand before; the answer goes to `work`. */
  readonly before?: (scene: Scene) => string
  readonly work: (scene: Scene, id: string) => unknown
  readonly events: readonly string[]
  readonly opportunity?: Record<string, unknown>
}

const profile = { first_name: 'A', last_name: 'B', email: 'a@example.org' }
const applicant = { first_name: 'N', last_name: 'M', email: 'new@example.org' }

const rows: readonly Row[] = [
  // Reservations
  { what: 'reserving', work: reserve, events: ['reservation.created'] },
  {
    what: 'reserving when the shift is full is refused',
    before: (s) => {
      s.vome.must('updateShift', { id: s.shift_id, body: { spots: 1 } })
      return reserve(s)
    },
    work: (s) =>
      s.vome.call('createReservation', { body: { shift_id: s.shift_id, profile_id: s.profileIds[1] } }),
    events: [],
  },
  {
    what: 'approving a request',
    opportunity: { instant_book: false },
    before: reserve,
    work: (s, id) => setStatus(s, id, 1),
    events: ['reservation.updated'],
  },
  {
    what: 'confirming 48 h before',
    before: (s) => {
      const id = reserve(s)
      s.vome.advance(24 * hourMs)
      return id
    },
    work: (s, id) => setStatus(s, id, 2),
    events: ['reservation.updated'],
  },
  {
    what: 'confirming earlier is refused',
    before: reserve,
    work: (s, id) => setStatus(s, id, 2),
    events: [],
  },
  {
    what: 'setting the state it has',
    before: reserve,
    work: (s, id) => setStatus(s, id, 1),
    events: [],
  },
  {
    what: 'cancelling is an update, not a deletion',
    before: reserve,
    work: (s, id) => setStatus(s, id, 7),
    events: ['reservation.updated'],
  },
  {
    what: 'logging hours changes the profile too',
    before: reserve,
    work: (s, id) => setStatus(s, id, 4, { hours_approved_by: 'admin' }),
    events: ['reservation.updated', 'profile.updated'],
  },
  {
    what: 'the end of the shift',
    before: reserve,
    work: (s) => s.vome.advance(75 * hourMs),
    events: ['reservation.updated'],
  },
  {
    what: 'a moment before the end of the shift',
    before: reserve,
    work: (s) => s.vome.advance(75 * hourMs - 1),
    events: [],
  },
  {
    what: 'automatic check-in and check-out',
    opportunity: { auto_check_in_out: true },
    before: reserve,
    work: (s) => s.vome.advance(75 * hourMs),
    events: ['reservation.updated', 'reservation.updated', 'profile.updated'],
  },
  {
    what: 'deleting a reservation',
    before: reserve,
    work: (s, id) => s.vome.must('deleteReservation', { id }),
    events: ['reservation.deleted'],
  },
  {
    what: 'deleting a shift deletes its reservations',
    before: reserve,
    work: (s) => s.vome.must('deleteShift', { id: s.shift_id }),
    events: ['reservation.deleted'],
  },
  {
    what: 'deleting a shift without reservations',
    work: (s) => s.vome.must('deleteShift', { id: s.shift_id }),
    events: [],
  },
  {
    what: 'changing the shift or the opportunity of a reservation',
    before: reserve,
    work: (s) => {
      s.vome.must('updateShift', { id: s.shift_id, body: { shift_title: 'Other', spots: 9 } })
      s.vome.must('updateOpportunity', { id: s.opportunity_id, body: { title: 'Other' } })
    },
    events: [],
  },
  {
    what: 'claiming hours is only a wish',
    before: (s) => {
      const id = reserve(s)
      s.vome.advance(76 * hourMs)
      return id
    },
    work: (s, reservation_id) => claim(s, reservation_id),
    events: [],
  },
  {
    what: 'approving claimed hours',
    before: (s) => {
      const id = reserve(s)
      s.vome.advance(76 * hourMs)
      return claim(s, id)
    },
    work: (s, id) => s.vome.must('approveHourClaim', { id, body: { decided_by: 'admin' } }),
    events: ['reservation.updated', 'profile.updated'],
  },
  {
    what: 'declining claimed hours',
    before: (s) => {
      const id = reserve(s)
      s.vome.advance(76 * hourMs)
      return claim(s, id)
    },
    work: (s, id) => s.vome.must('declineHourClaim', { id, body: { decided_by: 'admin' } }),
    events: [],
  },
  // Sequences
  { what: 'assigning a sequence', work: assign, events: ['sequence_assignment.created'] },
  {
    what: 'assigning it twice is refused',
    before: assign,
    work: (s) =>
      s.vome.call('createSequenceAssignment', {
        body: { profile_id: s.profile_id, sequence_id: s.sequence_id },
      }),
    events: [],
  },
  {
    what: 'completing a step',
    before: assign,
    work: (s, id) =>
      s.vome.must('updateStepProgress', { id, step_id: s.step_id, body: { status: 'complete' } }),
    events: ['sequence_assignment.updated'],
  },
  {
    what: 'a due date',
    before: assign,
    work: (s, id) =>
      s.vome.must('updateStepProgress', { id, step_id: s.step_id, body: { due_on: '2026-06-01' } }),
    events: ['sequence_assignment.updated'],
  },
  {
    what: 'a step that expires',
    before: (s) => {
      const id = assign(s)
      s.vome.must('updateStepProgress', { id, step_id: s.step_id, body: { expiration_on: '2026-05-05' } })
      return id
    },
    work: (s) => s.vome.advance(48 * hourMs),
    events: ['sequence_assignment.updated'],
  },
  {
    what: 'pausing, resuming and finishing',
    before: assign,
    work: (s, id) => {
      for (const status of ['paused', 'active', 'finished']) {
        s.vome.must('updateSequenceAssignment', { id, body: { status } })
      }
    },
    events: Array(3).fill('sequence_assignment.updated'),
  },
  {
    what: 'a note about an assignment',
    before: assign,
    work: (s, id) => s.vome.must('updateSequenceAssignment', { id, body: { notes: 'late' } }),
    events: [],
  },
  {
    what: 'editing the sequence',
    before: assign,
    work: (s) => s.vome.must('updateSequence', { id: s.sequence_id, body: { title: 'Other' } }),
    events: [],
  },
  {
    what: 'editing a sequence that announces its edits',
    before: (s) => {
      s.vome.must('updateSequence', { id: s.sequence_id, body: { announce_edits: true } })
      return assign(s)
    },
    work: (s) => s.vome.must('updateSequenceStep', { id: s.step_id, body: { title: 'Other' } }),
    events: ['sequence_assignment.updated'],
  },
  {
    what: 'taking somebody out of a sequence',
    before: assign,
    work: (s, id) => s.vome.must('deleteSequenceAssignment', { id }),
    events: ['sequence_assignment.deleted'],
  },
  {
    what: 'deleting a sequence in use is refused',
    before: assign,
    work: (s) => s.vome.call('deleteSequence', { id: s.sequence_id }),
    events: [],
  },
  // Forms
  { what: 'submitting a form', work: (s) => submit(s), events: ['form_submission.created'] },
  {
    what: 'submitting a form that is closed is refused',
    before: (s) => s.vome.must('updateForm', { id: s.form_id, body: { is_open: false } }).id as string,
    work: (s) =>
      s.vome.call('createFormSubmission', { body: { form_id: s.form_id, profile_id: s.profile_id } }),
    events: [],
  },
  {
    what: 'an application of somebody new',
    work: (s) => s.vome.must('createFormSubmission', { body: { form_id: s.form_id, applicant } }),
    events: ['profile.created', 'form_submission.created'],
  },
  {
    what: 'an application of somebody known by address',
    work: (s) => {
      const known = { ...applicant, email: 'JANA0@example.org' }
      return s.vome.must('createFormSubmission', { body: { form_id: s.form_id, applicant: known } })
    },
    events: ['form_submission.created'],
  },
  {
    what: 'reviewing a submission',
    before: (s) => submit(s),
    work: (s, id) => s.vome.must('updateFormSubmission', { id, body: { submission_status: 'approved' } }),
    events: ['form_submission.updated'],
  },
  {
    what: 'sending the same content again',
    before: (s) => submit(s, { general_availability: [{ day: 1, availability: '09:00-12:00' }] }),
    work: (s, id) => {
      const body = { general_availability: [{ availability: '09:00-12:00', day: 1 }], medical_info: '' }
      return s.vome.must('updateFormSubmission', { id, body })
    },
    events: [],
  },
  {
    what: 'editing the form',
    before: (s) => submit(s),
    work: (s) => {
      s.vome.must('updateForm', { id: s.form_id, body: { title: 'Other' } })
      s.vome.must('updateQuestion', { id: s.question_id, body: { title: 'Other' } })
    },
    events: [],
  },
  {
    what: 'deleting a submission',
    before: (s) => submit(s),
    work: (s, id) => s.vome.must('deleteFormSubmission', { id }),
    events: ['form_submission.deleted'],
  },
  {
    what: 'deleting a form with submissions is refused',
    before: (s) => submit(s),
    work: (s) => s.vome.call('deleteForm', { id: s.form_id }),
    events: [],
  },
  // Profiles
  {
    what: 'making a profile',
    work: (s) => s.vome.must('createProfile', { body: profile }),
    events: ['profile.created'],
  },
  {
    what: 'an import, one event per profile',
    work: (s) => {
      const profiles = [profile, { ...profile, email: 'b@example.org' }]
      return s.vome.must('importProfiles', { body: { profiles } })
    },
    events: ['profile.created', 'profile.created'],
  },
  {
    what: 'an import with an address twice is refused as a whole',
    work: (s) => s.vome.call('importProfiles', { body: { profiles: [profile, profile] } }),
    events: [],
  },
  {
    what: 'editing a profile',
    work: (s) => s.vome.must('updateProfile', { id: s.profile_id, body: { phone_number: '1' } }),
    events: ['profile.updated'],
  },
  {
    what: 'an edit that changes nothing',
    work: (s) => s.vome.must('updateProfile', { id: s.profile_id, body: { last_name: 'Nová 0' } }),
    events: [],
  },
  {
    what: 'a tag',
    work: (s) => s.vome.must('createProfileTag', { body: { profile_id: s.profile_id, tag_id: s.tag_id } }),
    events: ['profile.updated'],
  },
  {
    what: 'a tag that nobody has',
    work: (s) => s.vome.must('updateTag', { id: s.tag_id, body: { tag_title: 'Other' } }),
    events: [],
  },
  {
    what: 'a custom field',
    before: (s) => s.vome.must('createCustomField', { body: { title: 'C', field_type: 0 } }).id,
    work: (s, custom_field_id) => {
      const body = { profile_id: s.profile_id, custom_field_id, values: ['x'] }
      return s.vome.must('createCustomFieldValue', { body })
    },
    events: ['profile.updated'],
  },
  {
    what: 'the end of an approval',
    before: (s) =>
      s.vome.must<{ data: { id: string }[] }>('listApprovals', { query: { profile_id: s.profile_id } })
        .data[0]?.id ?? '',
    work: (s, id) => s.vome.must('deleteApproval', { id }),
    events: ['profile.updated'],
  },
  {
    what: 'a claim by its person',
    work: (s) => s.vome.must('claimProfile', { id: s.profile_id, body: { email: 'jana0@EXAMPLE.org' } }),
    events: ['profile.updated'],
  },
  {
    what: 'archiving is not also an update',
    work: (s) => s.vome.must('archiveProfile', { id: s.profile_id }),
    events: ['profile.archived'],
  },
  {
    what: 'archiving again',
    before: (s) => s.vome.must('archiveProfile', { id: s.profile_id }).id,
    work: (s) => s.vome.must('archiveProfile', { id: s.profile_id }),
    events: [],
  },
  {
    what: 'reactivating',
    before: (s) => s.vome.must('archiveProfile', { id: s.profile_id }).id,
    work: (s) => s.vome.must('reactivateProfile', { id: s.profile_id }),
    events: ['profile.updated'],
  },
  {
    what: 'reactivating somebody who is not archived',
    work: (s) => s.vome.must('reactivateProfile', { id: s.profile_id }),
    events: [],
  },
  {
    what: 'deleting a profile, after all that belongs to it',
    before: (s) => {
      assign(s)
      submit(s)
      return reserve(s)
    },
    work: (s) => s.vome.must('deleteProfile', { id: s.profile_id }),
    events: [
      'reservation.deleted',
      'sequence_assignment.deleted',
      'form_submission.deleted',
      'profile.deleted',
    ],
  },
  {
    what: 'deleting a Vome user is refused',
    before: (s) =>
      s.vome.must('updateProfile', { id: s.profile_id, body: { is_offline: false } }).id as string,
    work: (s) => s.vome.call('deleteProfile', { id: s.profile_id }),
    events: [],
  },
]

function claim({ end, vome }: Scene, reservation_id: string): string {
  const body = { reservation_id, claimed_from: iso(end - 2 * hourMs), claimed_to: iso(end) }
  return vome.must('createHourClaim', { body }).id
}

test.each(rows)('$what: $events', ({ before, events, opportunity, work }) => {
  const made = scene(opportunity)
  const id = before?.(made) ?? ''
  expect(made.vome.eventsOf(() => work(made, id))).toEqual(events)
})

test('every trigger stands in a row, and so does a near miss of each family', () => {
  const fired = new Set(rows.flatMap(({ events }) => events))
  expect(fired.size).toBe(13)
  expect(rows.filter(({ events }) => events.length === 0).length).toBeGreaterThan(15)
})
