/** What `POST /local/emit` sends when nothing has to change; nothing of it stands in the data. */
import { isoTime } from '@flowstead/service-kit'
import { derivedId } from '../derived-id.ts'
import type { VomeEvent } from '../webhooks/events.ts'

type Document = Record<string, unknown>

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000
const id = (...parts: string[]) => derivedId('emit', ...parts)

const makers: Readonly<Record<VomeEvent['family'], (now: number) => Document>> = {
  reservation: sampleReservation,
  form_submission: sampleSubmission,
  sequence: sampleAssignment,
  profile: sampleProfile,
}

/** A payload of the family; times stand around `now` (ms since the epoch). */
export function samplePayload(family: VomeEvent['family'], now: number): Document {
  return makers[family](now)
}

const person = {
  id: id('profile'),
  first_name: 'Žofie',
  last_name: 'Ukázková',
  email: 'sample@example.org',
  gender: 1,
  address: 'Vinohradská 12, Praha',
  phone_number: '+420 600 000 000',
  date_of_birth: '1991-04-17',
  timezone: 'Europe/Prague',
  address_coordinates: ['14.4378', '50.0755'],
}

const category = {
  id: id('category'),
  title: 'Potravinová pomoc',
  description: 'Collecting, sorting and handing out food.',
}

/** A reservation for tomorrow. */
function sampleReservation(now: number): Document {
  const start = (Math.floor(now / dayMs) + 1) * dayMs + 7 * hourMs
  return {
    id: id('reservation'),
    shift: {
      id: id('shift'),
      created_at: isoTime(now - 7 * dayMs),
      shift_start_at: isoTime(start),
      shift_end_at: isoTime(start + 4 * hourMs),
      spots: 12,
      shift_title: 'Potravinová banka: třídění',
      shift_description: 'Sorting donations in the warehouse.',
    },
    created_at: isoTime(now),
    status: 1,
    arrival_time: null,
    departure_time: null,
    hours_approved_by: null,
    user: person,
    opportunity: {
      id: id('opportunity'),
      status: 'active',
      category,
      title: 'Potravinová banka: třídění',
      description: 'Sorting donations in the warehouse.',
    },
  }
}

function sampleSubmission(now: number): Document {
  return {
    id: id('submission'),
    user: { ...person, gender: '1', address_coordinates: '14.4378,50.0755' },
    submission_status: 'pending',
    created_at: isoTime(now),
    arrival_source: 'web',
    questions: [
      {
        id: id('answer'),
        question: {
          id: id('question'),
          title: 'Kde chcete pomáhat?',
          question_type: 'single_choice',
          options: ['Sklad', 'Kuchyně'],
        },
        answer: 'Sklad',
        options: ['Sklad'],
        responded: true,
      },
    ],
    medical_info: '',
    emergency_contact: {
      id: id('contact'),
      name: 'Jan Ukázkový',
      relationship: 'bratr',
      phone_number: '+420 600 000 001',
    },
    digital_consent: [
      {
        id: id('consent'),
        digital_consent_info: 'I agree to the code of conduct.',
        attached_file: '',
        consent_status: 1,
      },
    ],
    general_availability: [{ id: id('availability'), day: 1, availability: '09:00-12:00' }],
    attachments: [
      {
        id: id('attachment'),
        document_file: 'https://example.org/zivotopis.pdf',
        notes: '',
        attachment_info: { id: id('attachment', 'info'), title: 'CV', description: 'One page.' },
      },
    ],
    opportunities: [{ id: id('opportunity'), title: 'Potravinová banka: třídění' }],
    folder: { name: 'Přihlášky' },
    form: { id: id('form'), title: 'Přihláška dobrovolníka' },
  }
}

function sampleAssignment(now: number): Document {
  const open = { status: 'pending', completion_on: null, expiration_on: null }
  return {
    id: id('assignment'),
    user_info: person,
    sequence_info: {
      id: id('sequence'),
      title: 'Uvedení dobrovolníka',
      description: 'From the first talk to the first shift.',
      sequence_status: 'published',
      display_status: 'Step 1 of 2: Úvodní schůzka',
      step_info: [
        {
          step: 1,
          type: 'orientation',
          orientation_details: [
            { title: 'Úvodní schůzka', description: 'Who we are.', user_orientation: open },
          ],
          interview_details: [],
        },
        {
          step: 2,
          type: 'interview',
          orientation_details: [],
          interview_details: [
            { title: 'Pohovor', description: 'Half an hour.', user_interview: { interview: '', ...open } },
          ],
        },
      ],
    },
    status: 'active',
    created_at: isoTime(now),
    updated_at: isoTime(now),
  }
}

function sampleProfile(now: number): Document {
  const { address, address_coordinates, date_of_birth, email, first_name, last_name, phone_number } = person
  const option = { id: id('option'), value: 'M', order: 1 }
  return {
    id: person.id,
    logged_hours: 12,
    is_offline: true,
    is_following: false,
    emergency_contact: { name: 'Jan Ukázkový', phone_number: '+420 600 000 001', relationship: 'bratr' },
    medical_information: { description: '', has_medical_info: false },
    profile_details: {
      first_name,
      last_name,
      full_name: `${first_name} ${last_name}`,
      email,
      profile_image: '',
      phone_number,
      date_of_birth,
      gender: '1',
      gender_text: '',
      occupation: '1',
      occupation_institution_name: 'Knihovna',
      skills: ['řidičský průkaz'],
      languages: ['čeština'],
      address,
      created_at: isoTime(now - 30 * dayMs),
      age: '35',
      address_coordinates,
    },
    opportunities: [
      {
        id: id('approval'),
        opportunity: {
          id: id('opportunity'),
          title: 'Potravinová banka: třídění',
          category: { id: category.id, title: category.title },
        },
      },
    ],
    most_recent_shift: isoTime(now - dayMs),
    completed_shifts: 3,
    profile_tags: [{ id: id('profile', 'tag'), tag: { id: id('tag'), tag_title: 'řidič' } }],
    custom_fields: [
      {
        id: id('custom', 'value'),
        custom_field: { id: id('custom', 'field'), field_type: 3, is_active: true, options: [option] },
        custom_field_value: [{ id: id('custom', 'choice'), value: option }],
      },
    ],
  }
}
