/** Submissions of forms: made, reviewed, edited, moved to a folder, deleted. */
import { randomUUID } from 'node:crypto'
import { created, insertRow, invalid, noContent, ok, updateRow } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { runAutomations } from '../automations/run-automations.ts'
import type { VomeCall, VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { profiles } from '../profiles/profiles.ts'
import { jsonText, oneOf, optionalReference, reference, times } from '../resource/column.ts'
import {
  addRow,
  filterById,
  findRow,
  idOf,
  type Resource,
  readHandlers,
  rowOf,
} from '../resource/resource.ts'
import { ensureAssignment } from '../sequences/assignment-store.ts'
import { answersFor, type GivenAnswer, questionsOf, type StoredAnswer } from './answers.ts'
import { submissionPayload } from './submission-payload.ts'
import { arrivalSources, submissionStatuses } from './submission-schema.ts'
import { deleteSubmission } from './submission-store.ts'

/** The resource behind `/form_submissions`; lists show these columns, one submission its whole content. */
export const formSubmissions: Resource = {
  name: 'formSubmission',
  plural: 'form_submissions',
  table: 'form_submissions',
  description: 'What somebody answered in a form.',
  columns: {
    form_id: reference('forms'),
    profile_id: reference('profiles'),
    folder_id: optionalReference('folders'),
    submission_status: oneOf(submissionStatuses),
    arrival_source: oneOf(arrivalSources),
    ...times,
  },
  filters: {
    form_id: filterById('form_id'),
    profile_id: filterById('profile_id'),
    folder_id: filterById('folder_id'),
    submission_status: {
      schema: { enum: submissionStatuses },
      description: 'Only in this state.',
      sql: 'submission_status = ?',
    },
  },
}

type Document = Readonly<Record<string, unknown>>

interface Content {
  readonly answers?: readonly GivenAnswer[]
  readonly medical_info?: string
  readonly emergency_contact?: Document
  readonly digital_consent?: readonly Document[]
  readonly general_availability?: readonly Document[]
  readonly attachments?: readonly (Document & { readonly attachment_info: Document })[]
  readonly opportunity_ids?: readonly string[]
}

interface NewSubmission extends Content {
  readonly form_id: string
  readonly profile_id?: string
  readonly applicant?: Row
  readonly arrival_source?: string
}

interface ChangedSubmission extends Content {
  readonly submission_status?: string
  readonly folder_id?: string | null
}

/** Handlers by operationId. */
export const submissionHandlers: Record<string, VomeHandler> = {
  ...readHandlers(formSubmissions),
  getFormSubmission: (call) => {
    rowOf(call.db, formSubmissions, idOf(call))
    return ok(submissionPayload(call.db, idOf(call)))
  },
  createFormSubmission: (call) => {
    const given = call.body as NewSubmission
    const form = openForm(call, given.form_id)
    const answers = answersFor(questionsOf(call.db, given.form_id), given.answers ?? [], [])
    const content = contentOf(call, given)
    const profileId = submitter(call, given)
    const id = randomUUID()
    insertRow(call.db, 'form_submissions', {
      ...emptyContent(),
      ...content,
      id,
      form_id: given.form_id,
      profile_id: profileId,
      folder_id: form.folder_id ?? null,
      submission_status: 'pending',
      arrival_source: given.arrival_source ?? 'web',
      answers: jsonText(answers),
      created_at: call.now(),
      updated_at: call.now(),
    })
    call.changes.created('form_submission', id)
    automate(call, given.form_id, profileId, answers)
    return created(`/api/v1/form_submissions/${id}`, submissionPayload(call.db, id))
  },
  updateFormSubmission: (call) => {
    const id = idOf(call)
    const before = rowOf(call.db, formSubmissions, id)
    const changes = changesOf(call, before)
    const differing = Object.entries(changes).filter(([name, value]) => value !== before[name])
    if (differing.length > 0) {
      updateRow(call.db, 'form_submissions', id, { ...Object.fromEntries(differing), updated_at: call.now() })
      call.changes.updated('form_submission', id)
    }
    return ok(submissionPayload(call.db, id))
  },
  deleteFormSubmission: (call) => {
    rowOf(call.db, formSubmissions, idOf(call))
    deleteSubmission(call, idOf(call))
    return noContent
  },
}

function openForm({ db }: VomeContext, id: string): Row {
  const form = findRow(db, 'forms', id)
  if (form === undefined) throw unknown('form_id', 'forms')
  if (form.is_open === 1) return form
  throw conflict(vomeErrors.formClosed, 'form_id', 'This form is not open.')
}

function unknown(field: string, table: string) {
  return invalid([{ field, rule: 'exists', message: `"${field}" must be an id of ${table}.` }])
}

/** The profile that submits; an address that is not known yet makes one, which enters the general sequence. */
function submitter(
  context: VomeContext,
  { applicant, emergency_contact, medical_info, profile_id }: NewSubmission,
): string {
  const { db } = context
  if (profile_id !== undefined) {
    if (findRow(db, 'profiles', profile_id) === undefined) throw unknown('profile_id', 'profiles')
    return profile_id
  }
  const known = db
    .prepare<{ id: string }>('SELECT id FROM profiles WHERE email = ? COLLATE NOCASE')
    .get(applicant?.email ?? null)
  if (known !== undefined) return known.id
  const medical = { description: medical_info ?? '', has_medical_info: (medical_info ?? '') !== '' }
  const profile = addRow(context, profiles, {
    ...applicant,
    ...(emergency_contact === undefined ? {} : { emergency_contact: jsonText(emergency_contact) }),
    medical_information: jsonText(medical),
  })
  const general = db.prepare<{ id: string }>('SELECT id FROM sequences WHERE is_general = 1').get()
  if (general !== undefined) ensureAssignment(context, profile.id as string, general.id)
  return profile.id as string
}

function automate(
  call: VomeContext,
  formId: string,
  profileId: string,
  answers: readonly StoredAnswer[],
): void {
  runAutomations(call, { event: 'form_submitted', sourceId: formId }, profileId)
  for (const { answer, options, question_id, responded } of answers) {
    if (!responded) continue
    const source = {
      event: 'question_answered',
      sourceId: question_id,
      answers: [answer, ...options],
    } as const
    runAutomations(call, source, profileId)
  }
}

function changesOf(call: VomeCall, before: Row): Row {
  const given = call.body as ChangedSubmission
  const content = Object.entries(contentOf(call, given))
  const changes: Row = Object.fromEntries(content.filter(([name, value]) => !isSame(name, value, before)))
  if (given.submission_status !== undefined) changes.submission_status = given.submission_status
  if (given.folder_id !== undefined) {
    if (given.folder_id !== null && findRow(call.db, 'folders', given.folder_id) === undefined) {
      throw unknown('folder_id', 'folders')
    }
    changes.folder_id = given.folder_id
  }
  if (given.answers !== undefined) {
    const known = JSON.parse(before.answers as string) as StoredAnswer[]
    const questions = questionsOf(call.db, before.form_id as string)
    changes.answers = jsonText(answersFor(questions, given.answers, known))
  }
  return changes
}

const identified: ReadonlySet<string> = new Set([
  'emergency_contact',
  'digital_consent',
  'general_availability',
  'attachments',
])

/** Whether a part says what is stored already; its things have got new ids, which do not count. */
function isSame(column: string, value: Row[string] | undefined, before: Row): boolean {
  if (!identified.has(column)) return value === before[column]
  return withoutIds(value as string) === withoutIds(before[column] as string)
}

function withoutIds(text: string): string {
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => (name === 'id' ? undefined : value))
}

/** The given parts as they are stored, each thing with an id of its own. */
function contentOf({ db }: VomeContext, given: Content): Row {
  const row: Row = {}
  const { opportunity_ids } = given
  if (opportunity_ids?.every((id) => findRow(db, 'opportunities', id) !== undefined) === false) {
    throw unknown('opportunity_ids', 'opportunities')
  }
  if (opportunity_ids !== undefined) row.opportunity_ids = jsonText(opportunity_ids)
  if (given.medical_info !== undefined) row.medical_info = given.medical_info
  if (given.emergency_contact !== undefined) row.emergency_contact = jsonText(withId(given.emergency_contact))
  if (given.digital_consent !== undefined) {
    const consents = given.digital_consent.map((consent) => withId({ attached_file: '', ...consent }))
    row.digital_consent = jsonText(consents)
  }
  if (given.general_availability !== undefined) {
    row.general_availability = jsonText(given.general_availability.map(withId))
  }
  if (given.attachments !== undefined) {
    const attachments = given.attachments.map((attachment) =>
      withId({ notes: '', ...attachment, attachment_info: withId(attachment.attachment_info) }),
    )
    row.attachments = jsonText(attachments)
  }
  return row
}

function emptyContent(): Row {
  return {
    medical_info: '',
    emergency_contact: jsonText(withId({ name: '', relationship: '', phone_number: '' })),
    digital_consent: '[]',
    general_availability: '[]',
    attachments: '[]',
    opportunity_ids: '[]',
  }
}

function withId(document: Document): Document {
  return { ...document, id: randomUUID() }
}
