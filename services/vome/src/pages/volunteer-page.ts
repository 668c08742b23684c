/** The volunteer: books a shift, confirms, checks in and out, cancels, asks for hours. */
import { type Html, html, isoTime, type Page, type PageCall } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { serviceRecord } from '../profiles/profile-payload.ts'
import { confirmBeforeMs } from '../reservations/reservation-moves.ts'
import { states } from '../reservations/reservation-state.ts'
import { takenSpotsSql } from '../reservations/reservation-store.ts'
import { findRow } from '../resource/resource.ts'
import { type ActionName, actionForm, submitAction } from './actions.ts'
import { framed, stateName, timeSpan } from './layout.ts'

const mostShifts = 40

/** `/volunteer`: who are you? */
export const volunteersPage: Page = {
  path: '/volunteer',
  render: (call, problem) => {
    const people = call.db
      .prepare(
        'SELECT id, first_name, last_name FROM profiles WHERE archived_at IS NULL ORDER BY seq LIMIT 500',
      )
      .all()
    return framed(
      call,
      'Volunteers',
      html`<ul>${people.map(
        ({ first_name, id, last_name }) =>
          html`<li><a href="/volunteer/${String(id)}">${String(first_name)} ${String(last_name)}</a></li>`,
      )}</ul>`,
      problem,
    )
  },
}

/** `/volunteer/{id}`: own reservations and shifts to book. */
export const volunteerPage: Page = {
  path: '/volunteer/{id}',
  render: (call, problem) => {
    const id = String(call.params.id)
    const profile = findRow(call.db, 'profiles', id)
    if (profile === undefined) return framed(call, 'Nobody', html`<p>There is no such person.</p>`, problem)
    const { completedShifts, loggedHours } = serviceRecord(call.db, id)
    return framed(
      call,
      `${profile.first_name} ${profile.last_name}`,
      html`<p class="quiet">${completedShifts} shifts done, ${loggedHours} hours logged</p>
<h2>My shifts</h2>${ownReservations(call, id)}
<h2>Shifts to book</h2>${freeShifts(call, id)}`,
      problem,
    )
  },
  submit: (call) => {
    submitAction(call)
    return `/volunteer/${encodeURIComponent(String(call.params.id))}`
  },
}

function ownReservations(call: PageCall, profileId: string): Html {
  const rows = call.db
    .prepare(
      `SELECT r.id, r.status, s.shift_title, s.shift_start_at, s.shift_end_at, s.location,
         o.checkin_open_minutes, o.cancel_hours,
         EXISTS (SELECT 1 FROM hour_claims c WHERE c.reservation_id = r.id AND c.status = 'pending') AS claims
       FROM reservations r JOIN shifts s ON s.id = r.shift_id JOIN opportunities o ON o.id = s.opportunity_id
       WHERE r.profile_id = ? AND r.status <> 7 ORDER BY s.shift_start_at LIMIT ${mostShifts}`,
    )
    .all(profileId)
  if (rows.length === 0) return html`<p class="quiet">None yet.</p>`
  return html`<table><tr><th>When</th><th>What</th><th>State</th><th></th></tr>${rows.map(
    (row) => html`<tr><td>${timeSpan(call, row.shift_start_at, row.shift_end_at)}</td>
<td>${String(row.shift_title)}<br><span class="quiet">${String(row.location)}</span></td>
<td>${stateName(row.status)}${row.claims === 1 ? ', hours asked for' : ''}</td>
<td>${actionsFor(call, row).map((name) => actionForm(call, name, fieldsOf(row)))}</td></tr>`,
  )}</table>`
}

/** The buttons that may help now; the API has the last word. */
function actionsFor({ now }: PageCall, row: Row): ActionName[] {
  const isOver = (row.shift_end_at as number) <= now()
  if (row.status === states.checkedIn) return isOver ? ['check_out', 'claim'] : ['check_out']
  if (isOver) return row.claims === 0 && row.status === states.notLogged ? ['claim'] : []
  if (row.status === states.pending) return ['cancel']
  if (row.status !== states.reserved && row.status !== states.confirmed) return []
  const startsIn = (row.shift_start_at as number) - now()
  const mayConfirm = row.status === states.reserved && startsIn > 0 && startsIn <= confirmBeforeMs
  const mayCheckIn = startsIn <= (row.checkin_open_minutes as number) * 60_000
  const mayCancel = startsIn >= (row.cancel_hours as number) * 3_600_000
  const offers: readonly (readonly [ActionName, boolean])[] = [
    ['confirm', mayConfirm],
    ['check_in', mayCheckIn],
    ['cancel', mayCancel],
  ]
  return offers.filter(([, isOffered]) => isOffered).map(([name]) => name)
}

function fieldsOf({ id, shift_end_at, shift_start_at }: Row) {
  return {
    id: String(id),
    claimed_from: isoTime(shift_start_at as number),
    claimed_to: isoTime(shift_end_at as number),
  }
}

function freeShifts(call: PageCall, profileId: string): Html {
  const rows = call.db
    .prepare(
      `SELECT s.*, s.spots - (${takenSpotsSql('s.id')}) AS free
       FROM shifts s JOIN opportunities o ON o.id = s.opportunity_id
         JOIN approvals a ON a.opportunity_id = o.id AND a.profile_id = ?1
       WHERE s.shift_start_at > ?2 AND o.status = 'active' AND free > 0 AND NOT EXISTS
         (SELECT 1 FROM reservations r WHERE r.shift_id = s.id AND r.profile_id = ?1 AND r.status <> 7)
       ORDER BY s.shift_start_at, s.seq LIMIT ${mostShifts}`,
    )
    .all(profileId, call.now())
  if (rows.length === 0) return html`<p class="quiet">None at the moment.</p>`
  return html`<table><tr><th>When</th><th>What</th><th>Free</th><th></th></tr>${rows.map(
    (row) => html`<tr><td>${timeSpan(call, row.shift_start_at, row.shift_end_at)}</td>
<td>${String(row.shift_title)}<br><span class="quiet">${String(row.shift_description)}</span></td>
<td>${String(row.free)} of ${String(row.spots)}</td>
<td>${actionForm(call, 'book', { profile_id: profileId, shift_id: String(row.id) })}</td></tr>`,
  )}</table>`
}
