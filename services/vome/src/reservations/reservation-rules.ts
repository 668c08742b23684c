/** Who may take a place in a shift. Each check refuses by throwing 409 and names the field. */
import { invalid } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { conflict, vomeErrors } from '../errors.ts'
import { findRow } from '../resource/resource.ts'
import { takenSpots } from './reservation-store.ts'

/** Whose rules hold: a volunteer's, or an administrator's, who has more freedom. */
export type Actor = 'volunteer' | 'administrator'

export interface Wish {
  readonly db: Database
  readonly now: number
  readonly by: Actor
  readonly profileId: string
  readonly shift: Row
  readonly opportunity: Row
  readonly guests: number
  /** The person has been there already: the shift may be over. */
  readonly hasAttended: boolean
}

const dayMs = 24 * 3_600_000

/** All rules for a new reservation. */
export function checkWish(wish: Wish): void {
  checkPerson(wish)
  checkOpen(wish)
  checkOnce(wish)
  if (wish.by === 'volunteer') {
    checkOpeningTime(wish)
    checkLimit(wish)
    checkTags(wish)
  }
  checkGroup(wish)
  checkSpots(wish.db, wish.shift, 1 + wish.guests)
}

function checkPerson({ db, opportunity, profileId }: Wish): void {
  if (findRow(db, 'profiles', profileId)?.archived_at !== null) {
    throw conflict(vomeErrors.profileArchived, 'profile_id', 'This profile is archived.')
  }
  const approval = db
    .prepare('SELECT 1 AS approved FROM approvals WHERE profile_id = ? AND opportunity_id = ?')
    .get(profileId, opportunity.id ?? null)
  if (approval === undefined) {
    throw conflict(vomeErrors.notApproved, 'profile_id', 'This person is not approved for the opportunity.')
  }
}

function checkOpen({ hasAttended, now, opportunity, shift }: Wish): void {
  if (opportunity.status !== 'active') {
    throw conflict(vomeErrors.opportunityClosed, 'shift_id', 'The opportunity of this shift is not active.')
  }
  if (!hasAttended && (shift.shift_end_at as number) <= now) {
    throw conflict(vomeErrors.tooLate, 'shift_id', 'This shift is over.')
  }
}

function checkOnce({ db, profileId, shift }: Wish): void {
  const own = db
    .prepare('SELECT 1 AS own FROM reservations WHERE shift_id = ? AND profile_id = ? AND status <> 7')
    .get(shift.id ?? null, profileId)
  if (own === undefined) return
  throw conflict(vomeErrors.alreadyReserved, 'profile_id', 'This person has a reservation for the shift.')
}

function checkOpeningTime({ now, opportunity }: Wish): void {
  const opensAt = opportunity.reservations_open_at as number | null
  if (opensAt === null || now >= opensAt) return
  const message = `Reservations open at ${new Date(opensAt).toISOString()}.`
  throw conflict(vomeErrors.tooEarly, 'shift_id', message)
}

/** Counts reservations for shifts that start less than the limit's days before or after this one. */
function checkLimit({ db, opportunity, profileId, shift }: Wish): void {
  const limit = opportunity.reservation_limit as number | null
  if (limit === null) return
  const start = shift.shift_start_at as number
  const span = (opportunity.reservation_limit_days as number) * dayMs
  const row = db
    .prepare<{ count: number }>(
      `SELECT count(*) AS count FROM reservations r JOIN shifts s ON s.id = r.shift_id
       WHERE r.profile_id = ? AND r.status <> 7 AND s.opportunity_id = ?
         AND s.shift_start_at > ? AND s.shift_start_at < ?`,
    )
    .get(profileId, opportunity.id ?? null, start - span, start + span)
  if ((row?.count ?? 0) < limit) return
  const message = `A volunteer may have ${limit} of these in ${opportunity.reservation_limit_days} days.`
  throw conflict(vomeErrors.limitReached, 'shift_id', message)
}

function checkTags({ db, profileId, shift }: Wish): void {
  const wanted = JSON.parse(shift.tag_ids as string) as string[]
  const own = db
    .prepare<{ tag_id: string }>('SELECT tag_id FROM profile_tags WHERE profile_id = ?')
    .all(profileId)
    .map(({ tag_id }) => tag_id)
  const count = wanted.filter((tag) => own.includes(tag)).length
  const isFitting =
    shift.tag_rule === '' ||
    (shift.tag_rule === 'any' && count > 0) ||
    (shift.tag_rule === 'all' && count === wanted.length) ||
    (shift.tag_rule === 'none' && count === 0)
  if (isFitting) return
  throw conflict(vomeErrors.notEligible, 'profile_id', 'The tags of this person do not fit the shift.')
}

function checkGroup({ guests, opportunity }: Wish): void {
  const most = opportunity.group_max as number
  if (guests <= most) return
  throw invalid([
    { field: 'guests', rule: 'maximum', message: `"guests" must be at most ${most} for this opportunity.` },
  ])
}

/** @throws 409 when fewer than `wanted` spots are free */
export function checkSpots(db: Database, shift: Row, wanted: number): void {
  if (takenSpots(db, shift.id as string) + wanted <= (shift.spots as number)) return
  throw conflict(vomeErrors.shiftFull, 'shift_id', 'Every spot of this shift is taken.')
}
