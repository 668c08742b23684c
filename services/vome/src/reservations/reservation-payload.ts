/** What the three reservation events carry; every member of the contract, in its order and with its type. */
import { isoTime } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { personColumns, personPayload } from '../profiles/person-payload.ts'

const sql = `
  SELECT r.id, r.created_at, r.status, r.arrival_time, r.departure_time, r.hours_approved_by,
    s.id AS shift_id, s.created_at AS shift_created_at, s.shift_start_at, s.shift_end_at, s.spots,
    s.shift_title, s.shift_description,
    ${personColumns},
    o.id AS opportunity_id, o.status AS opportunity_status, o.title, o.description,
    c.id AS category_id, c.title AS category_title, c.description AS category_description
  FROM reservations r JOIN shifts s ON s.id = r.shift_id JOIN profiles p ON p.id = r.profile_id
    JOIN opportunities o ON o.id = s.opportunity_id JOIN categories c ON c.id = o.category_id
    CROSS JOIN organization g
  WHERE r.id = ?`

/** The payload as the reservation stands now. */
export function reservationPayload(db: Database, id: string): Record<string, unknown> {
  return payloadOf(db.prepare(sql).get(id) as Row)
}

function payloadOf(row: Row): Record<string, unknown> {
  return {
    id: row.id,
    shift: {
      id: row.shift_id,
      created_at: time(row.shift_created_at),
      shift_start_at: time(row.shift_start_at),
      shift_end_at: time(row.shift_end_at),
      spots: row.spots,
      shift_title: row.shift_title,
      shift_description: row.shift_description,
    },
    created_at: time(row.created_at),
    status: row.status,
    arrival_time: time(row.arrival_time),
    departure_time: time(row.departure_time),
    hours_approved_by: row.hours_approved_by,
    user: personPayload(row, 'values'),
    opportunity: {
      id: row.opportunity_id,
      status: row.opportunity_status,
      category: {
        id: row.category_id,
        title: row.category_title,
        description: row.category_description,
      },
      title: row.title,
      description: row.description,
    },
  }
}

function time(ms: Row[string] | undefined): string | null {
  return typeof ms === 'number' ? isoTime(ms) : null
}
