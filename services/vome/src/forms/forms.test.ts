import { describe, expect, test } from 'vitest'
import { makeWorld, openVome } from '../vome.testing.ts'

const kinds = [
  ['short_text', { answer: 'Ж'.repeat(500) }, { answer: 'x'.repeat(501) }],
  ['long_text', { answer: 'はい\n' }, { options: ['a'] }],
  ['number', { answer: '-3.5' }, { answer: '3,5' }],
  ['date', { answer: '2028-02-29' }, { answer: '2027-02-29' }],
  ['single_choice', { options: ['a'] }, { options: ['a', 'b'] }],
  ['multiple_choice', { options: ['b', 'a'] }, { options: ['c'] }],
  ['dropdown', { options: ['b'] }, { answer: 'b' }],
  ['checkbox', { options: ['a', 'b'] }, { options: ['A'] }],
  ['file', { answer: 'https://example.org/cv.pdf' }, { answer: 'cv' }],
  ['rating', { answer: '5' }, { answer: '6' }],
] as const

function scene(question_type = 'short_text', more: object = {}) {
  const vome = openVome()
  const world = makeWorld(vome)
  const folder_id = vome.must('createFolder', { body: { name: 'New' } }).id
  const form_id = vome.must('createForm', { body: { title: 'Form', folder_id } }).id
  const options = /choice|dropdown|checkbox/.test(question_type) ? { options: ['a', 'b'] } : {}
  const body = { form_id, title: 'Question?', question_type, ...options, ...more }
  const question_id = vome.must('createQuestion', { body }).id
  const submit = (given: object) =>
    vome.call<Record<string, unknown> & { id: string }>('createFormSubmission', {
      body: { form_id, profile_id: world.profile_id, ...given },
    })
  return { vome, ...world, folder_id, form_id, question_id, submit }
}

describe('answers', () => {
  test.each(kinds)('%s takes %j and refuses %j', (kind, right, wrong) => {
    const { question_id, submit } = scene(kind)
    const taken = submit({ answers: [{ question_id, ...right }] })
    const chosen = 'options' in right ? right.options.join(', ') : right.answer
    expect(taken.body.questions).toMatchObject([{ answer: chosen, responded: true }])
    const refused = submit({ answers: [{ question_id, ...wrong }] })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      fields: [{ field: expect.stringMatching(/^answers\.0\./), rule: 'questionType' }],
    })
  })

  test('a skipped question is there as not responded, a required one is missed', () => {
    expect(scene().submit({}).body.questions).toMatchObject([{ answer: '', options: [], responded: false }])
    const required = scene('short_text', { is_required: true })
    expect(required.submit({}).body).toMatchObject({ fields: [{ field: 'answers', rule: 'required' }] })
    const { question_id } = required
    expect(required.submit({ answers: [{ question_id, answer: '' }] }).status).toBe(400)
  })

  test('of no question, or twice of the same, are refused', () => {
    const { question_id, submit } = scene()
    const answer = { question_id, answer: 'a' }
    expect(submit({ answers: [{ question_id: 'none', answer: 'a' }] }).body).toMatchObject({
      fields: [{ field: 'answers.0.question_id', rule: 'exists' }],
    })
    expect(submit({ answers: [answer, answer] }).body).toMatchObject({
      fields: [{ field: 'answers.1.question_id', rule: 'unique' }],
    })
  })

  test('an edit changes the given ones and keeps their ids', () => {
    const { question_id, submit, vome } = scene()
    const { body } = submit({ answers: [{ question_id, answer: 'first' }] })
    const [before] = body.questions as { id: string }[]
    const answers = [{ question_id, answer: 'second' }]
    const after = vome.must('updateFormSubmission', { id: body.id, body: { answers } })
    expect(after.questions).toMatchObject([{ id: before?.id, answer: 'second' }])
  })

  test('a question needs options exactly when there is a choice, and stays while it is answered', () => {
    const { form_id, question_id, submit, vome } = scene()
    const question = { form_id, title: 'Q', question_type: 'dropdown' }
    expect(vome.call('createQuestion', { body: question }).body).toMatchObject({
      fields: [{ field: 'options' }],
    })
    const text = { ...question, question_type: 'number', options: ['a'] }
    expect(vome.call('createQuestion', { body: text }).body).toMatchObject({ fields: [{ field: 'options' }] })
    submit({})
    expect(vome.call('deleteQuestion', { id: question_id }).status).toBe(409)
  })
})

describe('a submission', () => {
  test.each([
    [
      { digital_consent: [{ digital_consent_info: 'x', consent_status: 3 }] },
      'digital_consent.0.consent_status',
    ],
    [{ general_availability: [{ day: 7, availability: '09:00-12:00' }] }, 'general_availability.0.day'],
    [{ general_availability: [{ day: 1, availability: '9-12' }] }, 'general_availability.0.availability'],
    [{ attachments: [{ document_file: 'a' }] }, 'attachments.0.attachment_info'],
    [{ emergency_contact: { name: 'x' } }, 'emergency_contact.relationship'],
    [{ opportunity_ids: ['none'] }, 'opportunity_ids'],
    [{ arrival_source: 'fax' }, 'arrival_source'],
    [{ profile_id: 'none' }, 'profile_id'],
    [{ form_id: 'none' }, 'form_id'],
    [{ submission_status: 'approved' }, 'submission_status'],
  ])('with %j is refused', (given, field) => {
    const { submit, vome } = scene()
    const known = vome.events.length
    const { body, status } = submit(given)
    expect([status, (body.fields as { field: string }[]).map((problem) => problem.field)]).toEqual([
      400,
      expect.arrayContaining([field]),
    ])
    expect(vome.events).toHaveLength(known)
  })

  test('starts in the folder of the form and can be moved', () => {
    const { submit, vome } = scene()
    const { body } = submit({})
    expect(body.folder).toEqual({ name: 'New' })
    const { id: folder_id } = vome.must('createFolder', { body: { name: 'Done' } })
    const moved = vome.must('updateFormSubmission', { id: body.id, body: { folder_id } })
    expect(moved.folder).toEqual({ name: 'Done' })
    const out = vome.must('updateFormSubmission', { id: body.id, body: { folder_id: null } })
    expect(out.folder).toEqual({ name: '' })
  })

  test('of an applicant who is new makes a profile that enters the general sequence', () => {
    const { form_id, vome } = scene()
    vome.must('createSequence', { body: { title: 'G', sequence_status: 'published', is_general: true } })
    const applicant = {
      first_name: 'Élodie',
      last_name: 'Кузнецова',
      email: 'e@example.org',
      timezone: 'W. Europe Standard Time',
    }
    const body = { form_id, applicant, medical_info: 'asthme', arrival_source: 'kiosk' }
    const told = vome.eventsOf(() => vome.must('createFormSubmission', { body }))
    expect(told).toEqual(['profile.created', 'sequence_assignment.created', 'form_submission.created'])
    expect(vome.events.at(-1)?.payload).toMatchObject({
      arrival_source: 'kiosk',
      user: { first_name: 'Élodie', timezone: 'Europe/Berlin', gender: '3', address_coordinates: '' },
    })
    const profile = vome.events.at(-3)?.payload
    expect(profile).toMatchObject({ medical_information: { description: 'asthme', has_medical_info: true } })
  })
})

describe('automations', () => {
  function automated(event: string, action: string, answer = '') {
    const made = scene('single_choice')
    const { form_id, opportunity_id, question_id, vome } = made
    const sequence_id = vome.must('createSequence', { body: { title: 'S', sequence_status: 'published' } }).id
    const tag_id = vome.must('createTag', { body: { tag_title: 'T' } }).id
    const sources: Record<string, string> = { form_submitted: form_id, question_answered: question_id }
    const targets: Record<string, string> = {
      assign_sequence: sequence_id,
      add_tag: tag_id,
      approve_opportunity: opportunity_id,
    }
    const body = { event, source_id: sources[event], action, target_id: targets[action], answer }
    vome.must('createAutomation', { body })
    const told = (options: string[]) =>
      vome.eventsOf(() => made.submit({ answers: options.length === 0 ? [] : [{ question_id, options }] }))
    return { ...made, sequence_id, told }
  }

  test('a form assigns a sequence, once', () => {
    const { told } = automated('form_submitted', 'assign_sequence')
    expect(told([])).toEqual(['form_submission.created', 'sequence_assignment.created'])
    expect(told([])).toEqual(['form_submission.created'])
  })

  test('a form tags and approves', () => {
    expect(automated('form_submitted', 'add_tag').told([])).toEqual([
      'form_submission.created',
      'profile.updated',
    ])
    expect(automated('form_submitted', 'approve_opportunity').told([])).toEqual(['form_submission.created'])
  })

  test('an answer assigns a sequence, another answer does not', () => {
    expect(automated('question_answered', 'assign_sequence', 'a').told(['b'])).toHaveLength(1)
    expect(automated('question_answered', 'assign_sequence', 'a').told(['a'])).toHaveLength(2)
    expect(automated('question_answered', 'assign_sequence').told(['b'])).toHaveLength(2)
    expect(automated('question_answered', 'assign_sequence').told([])).toHaveLength(1)
  })

  test('a sequence that is not published is passed over, an archived person too', () => {
    const draft = automated('form_submitted', 'assign_sequence')
    draft.vome.must('updateSequence', { id: draft.sequence_id, body: { sequence_status: 'draft' } })
    expect(draft.told([])).toEqual(['form_submission.created'])
    const archived = automated('form_submitted', 'assign_sequence')
    archived.vome.must('archiveProfile', { id: archived.profile_id })
    expect(archived.told([])).toEqual(['form_submission.created'])
  })

  test('a finished sequence starts another one and gives a tag', () => {
    const { profile_id, vome } = scene()
    const sequence = (title: string) =>
      vome.must('createSequence', { body: { title, sequence_status: 'published' } }).id
    const [first, second] = [sequence('1'), sequence('2')]
    const tag_id = vome.must('createTag', { body: { tag_title: 'done' } }).id
    const step_id = vome.must('createSequenceStep', {
      body: { sequence_id: first, category: 'video', title: 'V' },
    }).id
    const add = (event: string, source_id: string, action: string, target_id: string) =>
      vome.must('createAutomation', { body: { event, source_id, action, target_id } })
    add('sequence_finished', first, 'assign_sequence', second)
    add('step_completed', step_id, 'add_tag', tag_id)
    const { id } = vome.must('createSequenceAssignment', { body: { sequence_id: first, profile_id } })
    const told = vome.eventsOf(() =>
      vome.must('updateStepProgress', { id, step_id, body: { status: 'complete' } }),
    )
    expect(told).toEqual(['sequence_assignment.updated', 'profile.updated', 'sequence_assignment.created'])
  })

  test('needs a source and a target that fit', () => {
    const { form_id, vome } = scene()
    const body = {
      event: 'step_completed',
      source_id: form_id,
      action: 'add_tag',
      target_id: form_id,
      answer: 'x',
    }
    expect(vome.call('createAutomation', { body }).body).toMatchObject({
      fields: [{ field: 'source_id' }, { field: 'target_id' }, { field: 'answer' }],
    })
  })
})
