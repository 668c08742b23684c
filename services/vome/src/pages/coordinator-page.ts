/** The coordinator: sees bookings and requests, and approves hours. */
import { type Html, html, type Page, type PageCall } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { states } from '../reservations/reservation-state.ts'
import { type ActionName, actionForm, submitAction } from './actions.ts'
import { framed, stateName, timeSpan } from './layout.ts'

const most = 100

/** `/coordinator`. */
export const coordinatorPage: Page = {
  path: '/coordinator',
  render: (call, problem) =>
    framed(
      call,
      'Coordinator',
      html`<h2>Hours to approve</h2>${claims(call)}
<h2>Hours that nobody logged</h2>${bookings(call, 'r.status IN (3, 5) AND s.shift_end_at <= ?1', 'DESC')}
<h2>Bookings</h2>${bookings(call, 'r.status IN (0, 1, 2, 3) AND s.shift_end_at > ?1', 'ASC')}`,
      problem,
    ),
  submit: (call) => {
    submitAction(call)
    return '/coordinator'
  },
}

function claims(call: PageCall): Html {
  const rows = call.db
    .prepare(
      `SELECT c.id, c.claimed_from, c.claimed_to, c.minutes, c.note, s.shift_title, p.first_name, p.last_name
       FROM hour_claims c JOIN reservations r ON r.id = c.reservation_id JOIN shifts s ON s.id = r.shift_id
         JOIN profiles p ON p.id = r.profile_id
       WHERE c.status = 'pending' ORDER BY c.seq LIMIT ${most}`,
    )
    .all()
  if (rows.length === 0) return html`<p class="quiet">None.</p>`
  return html`<table><tr><th>Who</th><th>What</th><th>When</th><th>Minutes</th><th></th></tr>${rows.map(
    (row) => html`<tr><td>${nameOf(row)}</td><td>${String(row.shift_title)}<br>${String(row.note)}</td>
<td>${timeSpan(call, row.claimed_from, row.claimed_to)}</td><td>${String(row.minutes)}</td>
<td>${buttons(call, row, ['approve_claim', 'decline_claim'])}</td></tr>`,
  )}</table>`
}

/** @param condition SQL of this file, with `?1` for the present */
function bookings(call: PageCall, condition: string, order: 'ASC' | 'DESC'): Html {
  const rows = call.db
    .prepare(
      `SELECT r.id, r.status, r.guests, s.shift_title, s.shift_start_at, s.shift_end_at, p.first_name, p.last_name
       FROM reservations r JOIN shifts s ON s.id = r.shift_id JOIN profiles p ON p.id = r.profile_id
       WHERE ${condition} ORDER BY s.shift_start_at ${order}, r.seq LIMIT ${most}`,
    )
    .all(call.now())
  if (rows.length === 0) return html`<p class="quiet">None.</p>`
  return html`<table><tr><th>When</th><th>What</th><th>Who</th><th>State</th><th></th></tr>${rows.map(
    (row) => html`<tr><td>${timeSpan(call, row.shift_start_at, row.shift_end_at)}</td>
<td>${String(row.shift_title)}</td><td>${nameOf(row)}${row.guests === 0 ? '' : ` and ${row.guests} more`}</td>
<td>${stateName(row.status)}</td><td>${buttons(call, row, actionsFor(call, row))}</td></tr>`,
  )}</table>`
}

function actionsFor({ now }: PageCall, row: Row): ActionName[] {
  if (row.status === states.pending) return ['accept', 'decline']
  if ((row.shift_end_at as number) <= now()) return ['log_hours', 'absent']
  return row.status === states.checkedIn ? ['log_hours'] : ['call_off']
}

function buttons(call: PageCall, { id }: Row, names: readonly ActionName[]): Html {
  return html`${names.map((name) => actionForm(call, name, { id: String(id) }))}`
}

function nameOf({ first_name, last_name }: Row): string {
  return `${first_name} ${last_name}`
}
