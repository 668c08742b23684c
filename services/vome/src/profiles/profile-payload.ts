/** What the four profile events carry; hours and shifts are counted from the reservations. */
import { isoTime } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { derivedId } from '../derived-id.ts'
import { yearsBetween } from '../organization/local-date.ts'
import { today } from '../organization/organization.ts'
import { minutesLoggedSql, states } from '../reservations/reservation-state.ts'

/** What a payload is made from. */
export interface PayloadSource {
  readonly db: Database
  now(): number
}

/** The payload as the profile stands now. */
export function profilePayload(source: PayloadSource, id: string): Record<string, unknown> {
  const { db } = source
  const row = db.prepare('SELECT * FROM profiles WHERE id = ?').get(id) as Row
  const record = serviceRecord(db, id)
  return {
    id,
    logged_hours: record.loggedHours,
    is_offline: row.is_offline === 1,
    is_following: row.is_following === 1,
    emergency_contact: JSON.parse(row.emergency_contact as string) as unknown,
    medical_information: JSON.parse(row.medical_information as string) as unknown,
    profile_details: details(row, today(source)),
    opportunities: approved(db, id),
    most_recent_shift: record.mostRecentShift,
    completed_shifts: record.completedShifts,
    profile_tags: tagsOf(db, id),
    custom_fields: customFieldsOf(db, id),
  }
}

export interface ServiceRecord {
  /** Whole hours: those of shifts and claims, and those served elsewhere. */
  readonly loggedHours: number
  readonly completedShifts: number
  /** Start of the latest shift with logged hours, ISO 8601. */
  readonly mostRecentShift: string | null
}

/** What a person has done, counted from the reservations whose hours are logged. */
export function serviceRecord(db: Database, profileId: string): ServiceRecord {
  const row = db
    .prepare(
      `SELECT p.off_vome_hours, count(r.id) AS shifts, coalesce(sum(${minutesLoggedSql}), 0) AS minutes,
         max(s.shift_start_at) AS latest
       FROM profiles p LEFT JOIN reservations r ON r.profile_id = p.id AND r.status = ${states.hoursLogged}
         LEFT JOIN shifts s ON s.id = r.shift_id
       WHERE p.id = ?`,
    )
    .get(profileId) as Row
  const { latest, minutes, off_vome_hours, shifts } = row as Record<string, number | null>
  return {
    loggedHours: Math.floor((minutes ?? 0) / 60) + (off_vome_hours ?? 0),
    completedShifts: shifts ?? 0,
    mostRecentShift: latest == null ? null : isoTime(latest),
  }
}

function details(row: Row, day: string): Record<string, unknown> {
  const born = row.date_of_birth as string | null
  return {
    first_name: row.first_name,
    last_name: row.last_name,
    full_name: `${row.first_name} ${row.last_name}`,
    email: row.email,
    profile_image: row.profile_image,
    phone_number: row.phone_number,
    date_of_birth: born,
    gender: String(row.gender),
    gender_text: row.gender_text,
    occupation: row.occupation,
    occupation_institution_name: row.occupation_institution_name,
    skills: JSON.parse(row.skills as string) as unknown,
    languages: JSON.parse(row.languages as string) as unknown,
    address: row.address,
    created_at: isoTime(row.created_at as number),
    age: born === null ? null : String(yearsBetween(born, day)),
    address_coordinates: JSON.parse(row.address_coordinates as string) as unknown,
  }
}

function approved(db: Database, profileId: string): unknown[] {
  const rows = db
    .prepare(
      `SELECT a.id, o.id AS opportunity_id, o.title, c.id AS category_id, c.title AS category_title
       FROM approvals a JOIN opportunities o ON o.id = a.opportunity_id
         JOIN categories c ON c.id = o.category_id
       WHERE a.profile_id = ? ORDER BY a.seq`,
    )
    .all(profileId)
  return rows.map((row) => ({
    id: row.id,
    opportunity: {
      id: row.opportunity_id,
      title: row.title,
      category: { id: row.category_id, title: row.category_title },
    },
  }))
}

function tagsOf(db: Database, profileId: string): unknown[] {
  const rows = db
    .prepare(
      `SELECT p.id, t.id AS tag_id, t.tag_title FROM profile_tags p JOIN tags t ON t.id = p.tag_id
       WHERE p.profile_id = ? ORDER BY p.seq`,
    )
    .all(profileId)
  return rows.map(({ id, tag_id, tag_title }) => ({ id, tag: { id: tag_id, tag_title } }))
}

interface Option {
  readonly id: string
  readonly value: string
  readonly order: number
}

function customFieldsOf(db: Database, profileId: string): unknown[] {
  const rows = db
    .prepare(
      `SELECT v.id, v."values", f.id AS field_id, f.field_type, f.is_active
       FROM custom_field_values v JOIN custom_fields f ON f.id = v.custom_field_id
       WHERE v.profile_id = ? ORDER BY v.seq`,
    )
    .all(profileId)
  const optionsOf = db.prepare<Option>(
    `SELECT id, value, "order" FROM custom_field_options WHERE custom_field_id = ? ORDER BY "order", seq`,
  )
  return rows.map(({ field_id = null, field_type, id, is_active, values }) => {
    const options = optionsOf.all(field_id)
    const texts = JSON.parse(values as string) as string[]
    return {
      id,
      custom_field: { id: field_id, field_type, is_active: is_active === 1, options },
      custom_field_value: texts.map((text, n) => ({
        id: derivedId('value', String(id), text),
        value: options.find((option) => option.id === text) ?? asOption(String(id), text, n),
      })),
    }
  })
}

/** The contract knows options only, so a free text travels as one. */
function asOption(recordId: string, value: string, order: number): Option {
  return { id: derivedId('text', recordId, value), value, order }
}
