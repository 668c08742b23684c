/** People. A profile is *offline* (known to the organisation only) or a Vome user. */
import {
  containsPattern,
  type Handler,
  invalid,
  ok,
  type ServiceContext,
  updateRow,
} from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { conflict, vomeErrors } from '../errors.ts'
import { isTimeZone } from '../organization/time-zone.ts'
import { deleteReservations } from '../reservations/reservation-store.ts'
import { flag, formatted, instant, integer, json, oneOf, text } from '../resource/column.ts'
import { idOf, type Resource, rowOf, showRow } from '../resource/resource.ts'

const texts = { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 50 }
const decimal = '^-?\\d{1,3}(\\.\\d{1,14})?$'

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
    date_of_birth: formatted('date'),
    gender: integer(0, 3, { initial: 3, description: '0 male, 1 female, 2 other, 3 rather not say.' }),
    gender_text: text(100, { description: 'Only with gender 2.' }),
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
      ...text(100, { initial: null, description: 'IANA name; null for the organisation’s.' }),
      schema: { type: ['string', 'null'], maxLength: 100 },
    },
    profile_image: text(2000),
    is_offline: flag(1, { description: 'False for a Vome user.' }),
    is_following: flag(0),
    archived_at: instant({ input: 'none' }),
    created_at: instant({ input: 'none' }),
    updated_at: instant({ input: 'none' }),
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
  },
  rules: {
    onCreate: (context, row) => checkProfile(context, row, {}),
    onUpdate: checkProfile,
    onDelete: (context, row) => {
      if (row.is_offline !== 1) {
        const message = 'Only an offline profile can be deleted; archive a Vome user instead.'
        throw conflict(vomeErrors.wrongState, 'id', message)
      }
      deleteReservations(context, 'profile_id', row.id as string)
      context.db.prepare('DELETE FROM approvals WHERE profile_id = ?').run(row.id ?? null)
    },
  },
}

function checkProfile({ db }: ServiceContext, row: Row, before: Row): void {
  const { email, timezone } = row
  if (typeof timezone === 'string' && timezone !== before.timezone && !isTimeZone(timezone)) {
    throw invalid([{ field: 'timezone', rule: 'timezone', message: '"timezone" must be an IANA time zone.' }])
  }
  const owner = db.prepare('SELECT id FROM profiles WHERE email = ? COLLATE NOCASE').get(email ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'email', 'Another profile has this "email".')
  }
}

/** Archiving and its undoing, which have no counterpart among the columns a client may write. */
export const profileHandlers: Record<string, Handler> = {
  archiveProfile: (call) => {
    const row = rowOf(call.db, profiles, idOf(call))
    call.db.prepare('DELETE FROM approvals WHERE profile_id = ?').run(idOf(call))
    return setArchived(call, row, (row.archived_at as number | null) ?? call.now())
  },
  reactivateProfile: (call) => setArchived(call, rowOf(call.db, profiles, idOf(call)), null),
}

function setArchived(context: ServiceContext, row: Row, archivedAt: number | null) {
  const changes = { archived_at: archivedAt, updated_at: context.now() }
  updateRow(context.db, 'profiles', row.id ?? null, changes)
  return ok(showRow(profiles, { ...row, ...changes }))
}
