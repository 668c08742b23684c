/** People. A profile is *offline* (known to the organisation only) or a Vome user. */
import { containsPattern, invalid } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { deleteSubmissions } from '../forms/submission-store.ts'
import { checkedTimeZone } from '../organization/time-zone.ts'
import { deleteReservations } from '../reservations/reservation-store.ts'
import { day, flag, instant, integer, json, oneOf, text, times } from '../resource/column.ts'
import type { Resource } from '../resource/resource.ts'
import { deleteAssignments } from '../sequences/assignment-store.ts'
import { profilePayload } from './profile-payload.ts'

const texts = { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 50 }
const decimal = '^-?\\d{1,3}(\\.\\d{1,14})?$'
const isTextOf = (maxLength: number) => ({ type: 'string', maxLength })

/** The resource behind `/profiles`. */
export const profiles: Resource = {
  name: 'profile',
  plural: 'profiles',
  table: 'profiles',
  description: 'A volunteer.',
  columns: {
    first_name: text(100, { input: 'required' }),
    last_name: text(100, { input: 'required' }),
    email: {
      ...text(200, { input: 'required' }),
      schema: { type: 'string', format: 'email', maxLength: 200 },
    },
    phone_number: text(50, { description: 'As typed.' }),
    date_of_birth: day(),
    gender: integer(0, 3, { initial: 3, description: '0 male, 1 female, 2 other, 3 rather not say.' }),
    gender_text: text(100, { description: 'In own words; only with gender 2.' }),
    occupation: oneOf(['', '0', '1', '2', '3'], {
      description: '0 student, 1 professional, 2 retiree, 3 other; empty when unknown.',
    }),
    occupation_institution_name: text(200, { description: 'For students and professionals.' }),
    skills: json(texts, []),
    languages: json(texts, []),
    address: text(500),
    address_coordinates: json(
      {
        oneOf: [
          { type: 'array', maxItems: 0 },
          { type: 'array', minItems: 2, maxItems: 2, items: { type: 'string', pattern: decimal } },
        ],
      },
      [],
      { description: 'Longitude and latitude as decimal texts, or empty.' },
    ),
    timezone: {
      ...text(100, {
        initial: null,
        description: 'IANA or Windows name, kept as IANA name; null for the organisation’s.',
      }),
      schema: { type: ['string', 'null'], maxLength: 100 },
    },
    profile_image: text(2000, { description: 'Address of the picture.' }),
    is_offline: flag(1, { description: 'False for a Vome user.' }),
    is_following: flag(0),
    off_vome_hours: integer(0, 1_000_000, { description: 'Hours served elsewhere; part of the total.' }),
    emergency_contact: json(
      {
        type: 'object',
        properties: { name: isTextOf(200), relationship: isTextOf(100), phone_number: isTextOf(50) },
        required: ['name', 'relationship', 'phone_number'],
        additionalProperties: false,
      },
      { name: '', relationship: '', phone_number: '' },
      { description: 'Whom to call in an emergency.' },
    ),
    medical_information: json(
      {
        type: 'object',
        properties: { description: isTextOf(2000), has_medical_info: { type: 'boolean' } },
        required: ['description', 'has_medical_info'],
        additionalProperties: false,
      },
      { description: '', has_medical_info: false },
      { description: 'A description needs has_medical_info.' },
    ),
    archived_at: instant({ input: 'none' }),
    ...times,
  },
  filters: {
    email: {
      schema: { type: 'string' },
      description: 'Exactly this address.',
      sql: 'email = ? COLLATE NOCASE',
    },
    name: {
      schema: { type: 'string' },
      description: 'First and last name contain this.',
      sql: String.raw`first_name || ' ' || last_name LIKE ? ESCAPE '\'`,
      bind: containsPattern,
    },
    archived: {
      schema: { enum: ['true', 'false'] },
      description: 'Only archived ones, or only the others.',
      sql: '(archived_at IS NOT NULL) = ?',
      bind: (value) => (value === 'true' ? 1 : 0),
    },
    tag_id: {
      schema: { type: 'string' },
      description: 'Only with this tag.',
      sql: 'id IN (SELECT profile_id FROM profile_tags WHERE tag_id = ?)',
    },
  },
  rules: {
    onCreate: (context, row) => checkProfile(context, row, {}),
    onUpdate: checkProfile,
    onDelete: deleteProfile,
    changed: ({ changes }, row, how) => {
      if (how === 'created') changes.created('profile', row.id as string)
      if (how === 'updated') changes.updated('profile', row.id as string)
    },
  },
}

function checkProfile({ db }: VomeContext, row: Row, before: Row): void {
  if (typeof row.timezone === 'string' && row.timezone !== before.timezone) {
    row.timezone = checkedTimeZone(row.timezone)
  }
  const owner = db.prepare('SELECT id FROM profiles WHERE email = ? COLLATE NOCASE').get(row.email ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'email', 'Another profile has this "email".')
  }
  checkDependents(row, before)
}

/** Members that mean something only beside another one; they are cleared when the other one changes. */
function checkDependents(row: Row, before: Row): void {
  const isProfession = row.occupation === '0' || row.occupation === '1'
  const rules = [
    { field: 'gender_text', isFitting: row.gender === 2, needs: '"gender" to be 2' },
    { field: 'occupation_institution_name', isFitting: isProfession, needs: '"occupation" to be 0 or 1' },
  ]
  for (const { field, isFitting, needs } of rules) {
    if (isFitting || row[field] === '') continue
    if (row[field] !== before[field]) {
      throw invalid([{ field, rule: 'onlyWith', message: `"${field}" needs ${needs}.` }])
    }
    row[field] = ''
  }
  const medical = JSON.parse(row.medical_information as string) as Record<string, unknown>
  if (medical.has_medical_info === false && medical.description !== '') {
    const message = '"medical_information.description" needs "has_medical_info" to be true.'
    throw invalid([{ field: 'medical_information.description', rule: 'onlyWith', message }])
  }
}

/** Everything of an offline profile goes with it, each child with its own event before the profile's. */
function deleteProfile(context: VomeContext, row: Row): void {
  const id = row.id as string
  if (row.is_offline !== 1) {
    const message = 'Only an offline profile can be deleted; archive a Vome user instead.'
    throw conflict(vomeErrors.wrongState, 'id', message)
  }
  const payload = profilePayload(context, id)
  deleteReservations(context, 'profile_id', id)
  deleteAssignments(context, id)
  deleteSubmissions(context, id)
  for (const table of ['approvals', 'profile_tags', 'custom_field_values', 'notices']) {
    context.db.prepare(`DELETE FROM ${table} WHERE profile_id = ?`).run(id)
  }
  context.changes.deleted('profile', id, payload)
}
