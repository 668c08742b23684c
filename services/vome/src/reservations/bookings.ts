/** Booking in one call: who is new gets a profile and is approved, and takes the next shift with a free spot. */
import { randomUUID } from 'node:crypto'
import { created, invalid } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { VomeContext, VomeHandler } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { ensureApproval } from '../opportunities/approvals.ts'
import { profiles } from '../profiles/profiles.ts'
import { addRow, findRow } from '../resource/resource.ts'
import { reservationPayload } from './reservation-payload.ts'
import { takenSpotsSql } from './reservation-store.ts'
import { type Attendance, reserve } from './reservations.ts'

interface BookingRequest {
  readonly name?: string
  readonly profile_id?: string
  readonly email?: string
  readonly shift_id?: string
  readonly attendance?: Attendance
}

/** Handler of `POST /bookings`; the answer is the reservation as its event carries it. */
export const book: VomeHandler = (call) => {
  const request = call.body as BookingRequest
  const profile = request.profile_id === undefined ? personNamed(call, request) : known(call, request)
  const shift = request.shift_id === undefined ? nextShift(call, profile) : knownShift(call, request.shift_id)
  ensureApproval(call, profile.id as string, shift.opportunity_id as string)
  const reservation = reserve(call, {
    profile_id: profile.id as string,
    shift_id: shift.id as string,
    ...(request.attendance === undefined ? {} : { attendance: request.attendance, by: 'administrator' }),
  })
  const id = reservation.id as string
  return created(`/api/v1/reservations/${id}`, reservationPayload(call.db, id))
}

function known({ db }: VomeContext, { profile_id = '' }: BookingRequest): Row {
  const row = findRow(db, 'profiles', profile_id)
  if (row !== undefined) return row
  throw invalid([{ field: 'profile_id', rule: 'exists', message: '"profile_id" must be an id of profiles.' }])
}

function knownShift({ db }: VomeContext, shiftId: string): Row {
  const row = findRow(db, 'shifts', shiftId)
  if (row !== undefined) return row
  throw invalid([{ field: 'shift_id', rule: 'exists', message: '"shift_id" must be an id of shifts.' }])
}

/** The first profile of exactly this name that is not archived, or a new one. */
function personNamed(context: VomeContext, { email, name = '' }: BookingRequest): Row {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  if (first === '') {
    throw invalid([{ field: 'name', rule: 'required', message: '"name" or "profile_id" is required.' }])
  }
  const last = rest.join(' ')
  const found = context.db
    .prepare(
      `SELECT * FROM profiles WHERE first_name = ? AND last_name = ? AND archived_at IS NULL
         AND (?3 IS NULL OR email = ?3 COLLATE NOCASE) ORDER BY seq LIMIT 1`,
    )
    .get(first, last, email ?? null)
  if (found !== undefined) return found
  const id = randomUUID()
  return addRow(context, profiles, {
    id,
    first_name: first,
    last_name: last,
    email: email ?? `volunteer-${id.slice(0, 8)}@example.org`,
  })
}

function nextShift({ db, now }: VomeContext, profile: Row): Row {
  const shift = db
    .prepare(
      `SELECT s.* FROM shifts s JOIN opportunities o ON o.id = s.opportunity_id
       WHERE s.shift_start_at > ?1 AND o.status = 'active' AND s.spots > (${takenSpotsSql('s.id')})
         AND NOT EXISTS (SELECT 1 FROM reservations r
           WHERE r.shift_id = s.id AND r.profile_id = ?2 AND r.status <> 7)
       ORDER BY s.shift_start_at, s.seq LIMIT 1`,
    )
    .get(now(), profile.id ?? null)
  if (shift !== undefined) return shift
  const message = 'No coming shift has a free spot for this person; add a shift, or the sample data again.'
  throw conflict(vomeErrors.noFreeShift, 'shift_id', message)
}
