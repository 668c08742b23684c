/** What a client writes and reads of a submission. */
import type { Schema } from '@flowstead/service-kit'
import { daySchema } from '../resource/column.ts'

export const submissionStatuses = ['pending', 'approved', 'declined', 'waitlisted', 'withdrawn']
export const arrivalSources = ['web', 'mobile', 'kiosk', 'link', 'admin', 'import']

const text = (maxLength: number): Schema => ({ type: 'string', maxLength })
const needed = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength })
const id: Schema = { type: 'string', maxLength: 100 }

function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

function list(items: Schema, maxItems = 100): Schema {
  return { type: 'array', items, maxItems }
}

const contact = { name: text(200), relationship: text(100), phone_number: text(50) }
const consent = {
  digital_consent_info: needed(10_000),
  attached_file: text(2000),
  consent_status: {
    type: 'integer',
    minimum: 0,
    maximum: 2,
    description: '0 pending, 1 accepted, 2 declined.',
  },
}
const hours = '([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-4]):[0-5]\\d'
const availability = {
  day: { type: 'integer', minimum: 0, maximum: 6, description: '0 is Sunday.' },
  availability: {
    type: 'string',
    pattern: `^${hours}(,${hours})*$`,
    maxLength: 200,
    description: 'Such as 09:00-12:00,14:00-17:00.',
  },
}
const attachmentInfo = { title: needed(200), description: text(2000) }
const attachment = { document_file: needed(2000), notes: text(2000) }

const answer = object({ question_id: id, answer: text(10_000), options: list(needed(500), 200) }, [
  'question_id',
])

/** The part that can be changed later. */
const content: Record<string, Schema> = {
  answers: list(answer, 500),
  medical_info: text(2000),
  emergency_contact: object(contact),
  digital_consent: list(object(consent, ['digital_consent_info', 'consent_status'])),
  general_availability: list(object(availability), 50),
  attachments: list(
    object({ ...attachment, attachment_info: object(attachmentInfo) }, ['document_file', 'attachment_info']),
  ),
  opportunity_ids: { ...list(id), uniqueItems: true, description: 'Opportunities applied for.' },
}

const applicant: Schema = {
  ...object(
    {
      first_name: needed(100),
      last_name: needed(100),
      email: { type: 'string', format: 'email', maxLength: 200 },
      phone_number: text(50),
      date_of_birth: daySchema,
      timezone: { type: ['string', 'null'], maxLength: 100 },
    },
    ['first_name', 'last_name', 'email'],
  ),
  description: 'Found by address; who is not known yet gets an offline profile.',
}

/** Body of `POST /form_submissions`. */
export const newSubmission: Schema = {
  ...object(
    {
      form_id: id,
      profile_id: id,
      applicant,
      arrival_source: { enum: arrivalSources, default: 'web' },
      ...content,
    },
    ['form_id'],
  ),
  oneOf: [{ required: ['profile_id'] }, { required: ['applicant'] }],
}

/** Body of `PATCH /form_submissions/{id}`: lists replace what was there, answers only those given. */
export const changedSubmission: Schema = {
  ...object(
    {
      submission_status: { enum: submissionStatuses },
      folder_id: { type: ['string', 'null'], maxLength: 100 },
      ...content,
    },
    [],
  ),
  minProperties: 1,
}
