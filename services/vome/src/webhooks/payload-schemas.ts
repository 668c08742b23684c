/** What events carry, as schemas. Members may be null only where a value can be unknown. */
import type { Schema } from '@flowstead/service-kit'
import type { VomeEvent } from './events.ts'

const text: Schema = { type: 'string' }
const unknownText: Schema = { type: ['string', 'null'] }
const whole: Schema = { type: 'integer' }
const flag: Schema = { type: 'boolean' }
const texts: Schema = { type: 'array', items: text }

function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function list(properties: Record<string, Schema>): Schema {
  return { type: 'array', items: object(properties) }
}

const person = (gender: Schema, coordinates: Schema): Schema =>
  object({
    id: text,
    first_name: text,
    last_name: text,
    email: text,
    gender,
    address: text,
    phone_number: text,
    date_of_birth: unknownText,
    timezone: text,
    address_coordinates: coordinates,
  })

const reservation = object({
  id: text,
  shift: object({
    id: text,
    created_at: text,
    shift_start_at: text,
    shift_end_at: text,
    spots: whole,
    shift_title: text,
    shift_description: text,
  }),
  created_at: text,
  status: whole,
  arrival_time: unknownText,
  departure_time: unknownText,
  hours_approved_by: unknownText,
  user: person(whole, texts),
  opportunity: object({
    id: text,
    status: text,
    category: object({ id: text, title: text, description: text }),
    title: text,
    description: text,
  }),
})

const formSubmission = object({
  id: text,
  user: person(text, text),
  submission_status: text,
  created_at: text,
  arrival_source: text,
  questions: list({
    id: text,
    question: object({ id: text, title: text, question_type: text, options: texts }),
    answer: text,
    options: texts,
    responded: flag,
  }),
  medical_info: text,
  emergency_contact: object({ id: text, name: text, relationship: text, phone_number: text }),
  digital_consent: list({
    id: text,
    digital_consent_info: text,
    attached_file: text,
    consent_status: whole,
  }),
  general_availability: list({ id: text, day: whole, availability: text }),
  attachments: list({
    id: text,
    document_file: text,
    notes: text,
    attachment_info: object({ id: text, title: text, description: text }),
  }),
  opportunities: list({ id: text, title: text }),
  folder: object({ name: text }),
  form: object({ id: text, title: text }),
})

const dates = { status: text, completion_on: unknownText, expiration_on: unknownText }

const sequence = object({
  id: text,
  user_info: person(whole, texts),
  sequence_info: object({
    id: text,
    title: text,
    description: text,
    sequence_status: text,
    display_status: text,
    step_info: list({
      step: whole,
      type: text,
      orientation_details: list({ title: text, description: text, user_orientation: object(dates) }),
      interview_details: list({
        title: text,
        description: text,
        user_interview: object({ interview: text, ...dates }),
      }),
    }),
  }),
  status: text,
  created_at: text,
  updated_at: text,
})

const option = { id: text, value: text, order: whole }

const profile = object({
  id: text,
  logged_hours: whole,
  is_offline: flag,
  is_following: flag,
  emergency_contact: object({ name: text, phone_number: text, relationship: text }),
  medical_information: object({ description: text, has_medical_info: flag }),
  profile_details: object({
    first_name: text,
    last_name: text,
    full_name: text,
    email: text,
    profile_image: text,
    phone_number: text,
    date_of_birth: unknownText,
    gender: text,
    gender_text: text,
    occupation: text,
    occupation_institution_name: text,
    skills: texts,
    languages: texts,
    address: text,
    created_at: text,
    age: unknownText,
    address_coordinates: texts,
  }),
  opportunities: list({
    id: text,
    opportunity: object({ id: text, title: text, category: object({ id: text, title: text }) }),
  }),
  most_recent_shift: unknownText,
  completed_shifts: whole,
  profile_tags: list({ id: text, tag: object({ id: text, tag_title: text }) }),
  custom_fields: list({
    id: text,
    custom_field: object({
      id: text,
      field_type: whole,
      is_active: flag,
      options: list(option),
    }),
    custom_field_value: list({ id: text, value: object(option) }),
  }),
})

/** By family; the name is the one under which the document keeps the schema. */
export const payloadSchemas: Readonly<
  Record<VomeEvent['family'], { readonly name: string; readonly schema: Schema }>
> = {
  reservation: { name: 'ReservationPayload', schema: reservation },
  form_submission: { name: 'FormSubmissionPayload', schema: formSubmission },
  sequence: { name: 'SequenceAssignmentPayload', schema: sequence },
  profile: { name: 'ProfilePayload', schema: profile },
}
