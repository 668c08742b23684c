import { describe, expect, test } from 'vitest'
import { hourMs, makeWorld, openVome } from '../vome.testing.ts'

interface Payload {
  readonly status: string
  readonly sequence_info: {
    readonly display_status: string
    readonly step_info: readonly Record<string, unknown>[]
  }
}

function scene(sequence: Record<string, unknown> = {}) {
  const vome = openVome()
  const { profile_id } = makeWorld(vome)
  const body = { title: 'Onboarding', sequence_status: 'published', ...sequence }
  const sequence_id = vome.must('createSequence', { body }).id
  const steps = ['orientation', 'interview', 'fillable_pdf'].map(
    (category) => vome.must('createSequenceStep', { body: { sequence_id, category, title: category } }).id,
  )
  const assign = (more: object = {}) =>
    vome.call('createSequenceAssignment', { body: { sequence_id, profile_id, ...more } })
  const { id } = assign().body as { id: string }
  const step = (at: number, body: object) =>
    vome.call('updateStepProgress', { id, step_id: steps[at] ?? '', body })
  const change = (body: object) => vome.call('updateSequenceAssignment', { id, body })
  const payload = () => vome.must<Payload>('getSequenceAssignmentDetails', { id })
  return { vome, profile_id, sequence_id, steps, id, assign, step, change, payload }
}

describe('going through a sequence', () => {
  test('completing the current step leads on, the last one finishes', () => {
    const { payload, step } = scene()
    expect(payload()).toMatchObject({
      status: 'active',
      sequence_info: { display_status: 'Step 1 of 3: orientation' },
    })
    step(0, { status: 'complete', expiration_on: '2027-05-04' })
    step(1, { status: 'complete', completion_on: '2026-05-01', interview: 'with Jana' })
    const { display_status, step_info } = payload().sequence_info
    expect(display_status).toBe('Step 3 of 3: fillable_pdf')
    expect(step_info).toMatchObject([
      {
        step: 1,
        type: 'orientation',
        orientation_details: [
          {
            user_orientation: {
              status: 'complete',
              completion_on: '2026-05-04',
              expiration_on: '2027-05-04',
            },
          },
        ],
        interview_details: [],
      },
      {
        step: 2,
        interview_details: [{ user_interview: { interview: 'with Jana', completion_on: '2026-05-01' } }],
      },
      { step: 3, type: 'fillable_pdf', orientation_details: [], interview_details: [] },
    ])
    step(2, { status: 'signed' })
    expect(payload().status).toBe('active')
    step(2, { status: 'complete' })
    expect(payload()).toMatchObject({ status: 'finished', sequence_info: { display_status: 'Finished' } })
  })

  test('it stays where it is when the sequence does not move or finish by itself', () => {
    const { payload, step } = scene({ auto_move: false })
    step(0, { status: 'complete' })
    expect(payload().sequence_info.display_status).toBe('Step 1 of 3: orientation')
  })

  test('administrators jump to any step of the sequence, but to none of another', () => {
    const { change, payload, steps } = scene()
    change({ current_step_id: steps[2] })
    expect(payload().sequence_info.display_status).toBe('Step 3 of 3: fillable_pdf')
    const other = scene()
    expect(change({ current_step_id: other.steps[0] })).toMatchObject({
      status: 400,
      body: { fields: [{ field: 'current_step_id' }] },
    })
  })

  test('nothing can be done while it is paused', () => {
    const { change, payload, step, steps } = scene()
    change({ status: 'paused' })
    expect(payload().sequence_info.display_status).toBe('Paused. Step 1 of 3: orientation')
    expect(step(0, { status: 'complete' }).body.code).toBe('Vome.WrongState')
    expect(change({ current_step_id: steps[1] }).body.code).toBe('Vome.WrongState')
    change({ status: 'active' })
    expect(step(0, { status: 'complete' }).status).toBe(200)
  })

  test.each([
    [0, { status: 'signed' }, 'status'],
    [2, { status: 'watched' }, 'status'],
    [0, { status: 'done' }, 'status'],
    [0, { interview: 'with Jana' }, 'interview'],
    [0, { expiration_on: '2026-02-31' }, 'expiration_on'],
    [0, {}, 'body'],
  ])('step %i refuses %j', (at, body, field) => {
    expect(scene().step(at, body)).toMatchObject({ status: 400, body: { fields: [{ field }] } })
  })

  test('what was done before the assignment comes with it', () => {
    const { assign, change, steps, vome } = scene()
    change({ status: 'finished' })
    const [step_id] = steps
    const { id } = assign({ steps: [{ step_id, status: 'complete', completion_on: '2026-01-01' }] }).body as {
      id: string
    }
    expect(vome.must<Payload>('getSequenceAssignmentDetails', { id }).sequence_info.display_status).toBe(
      'Step 2 of 3: interview',
    )
    vome.must('deleteSequenceAssignment', { id })
    expect(assign({ steps: [{ step_id: 'none', status: 'complete' }] })).toMatchObject({
      status: 400,
      body: { fields: [{ field: 'steps.0.step_id' }] },
    })
  })

  test('a step that is deleted is nobody’s current one, and the others keep their order', () => {
    const { payload, steps, vome } = scene()
    vome.must('deleteSequenceStep', { id: steps[0] as string })
    expect(payload().sequence_info).toMatchObject({
      display_status: 'Step 1 of 2: interview',
      step_info: [{ step: 1 }, { step: 2 }],
    })
  })
})

describe('expiry', () => {
  test('a step expires when its last day has ended where the organisation is', () => {
    const { payload, step, vome } = scene()
    step(0, { expiration_on: '2026-05-05' })
    const status = () =>
      (payload().sequence_info.step_info[0] as { orientation_details: { user_orientation: object }[] })
        .orientation_details[0]?.user_orientation
    // 5 May ends in Prague at 22:00 UTC; it is 8:00 UTC on 4 May.
    vome.advance(38 * hourMs - 1)
    expect(status()).toMatchObject({ status: 'pending' })
    vome.advance(1)
    expect(status()).toMatchObject({ status: 'expired', expiration_on: '2026-05-05' })
  })

  test('moves with the organisation, whose zone may have a Windows name', () => {
    const { step, vome } = scene()
    step(0, { expiration_on: '2026-05-05' })
    const body = { timezone: 'Tokyo Standard Time' }
    expect(vome.must('updateOrganization', { body })).toMatchObject({ timezone: 'Asia/Tokyo' })
    expect(vome.eventsOf(() => vome.advance(31 * hourMs))).toEqual(['sequence_assignment.updated'])
  })
})

describe('assigning', () => {
  test('needs a published sequence, a person who is not archived, and happens once', () => {
    const { assign, change, profile_id, sequence_id, vome } = scene()
    expect(assign().body.code).toBe('Vome.AlreadyAssigned')
    change({ status: 'finished' })
    vome.must('archiveProfile', { id: profile_id })
    expect(assign().body.code).toBe('Vome.ProfileArchived')
    vome.must('reactivateProfile', { id: profile_id })
    vome.must('updateSequence', { id: sequence_id, body: { sequence_status: 'archived' } })
    expect(assign().body.code).toBe('Vome.NotPublished')
    vome.must('updateSequence', { id: sequence_id, body: { sequence_status: 'published' } })
    expect(assign().status).toBe(201)
    expect(change({ status: 'active' }).body.code).toBe('Vome.AlreadyAssigned')
  })

  test('at most one sequence is the general one', () => {
    const { vome } = scene({ is_general: true })
    const again = vome.call('createSequence', { body: { title: 'Other', is_general: true } })
    expect(again).toMatchObject({ status: 409, body: { fields: [{ field: 'is_general' }] } })
  })
})
