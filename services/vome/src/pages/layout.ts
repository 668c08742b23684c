/** What the pages share: the frame, times where the organisation is, words for states. */
import { type Html, html, type PageCall, type Problem, page } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { organizationOf, organizationZone } from '../organization/organization.ts'

const stateNames = [
  'requested',
  'reserved',
  'confirmed',
  'checked in',
  'hours logged',
  'not logged',
  'absent',
  'cancelled',
]

/** The state of a reservation in words. */
export function stateName(status: Row[string] | undefined): string {
  return stateNames[status as number] ?? ''
}

/** A page of the service with its links, and why the last form was refused. */
export function framed(call: PageCall, title: string, body: Html, problem: Problem | undefined): string {
  const { name } = organizationOf(call.db)
  const refusal =
    problem === undefined ? '' : html`<p role="alert"><strong>Not done:</strong> ${problem.message}</p>`
  return page(
    `${title} – ${String(name)}`,
    html`<p><strong>${String(name)}</strong> · <a href="/volunteer">Volunteers</a> ·
<a href="/coordinator">Coordinator</a> · <a href="/docs">API</a></p>
<h1>${title}</h1>${refusal}${body}`,
  )
}

/** `Tue, 5 May 2026, 09:00 – 13:00`, in the organisation's zone. */
export function timeSpan(
  { db }: PageCall,
  start: Row[string] | undefined,
  end: Row[string] | undefined,
): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: organizationZone(db),
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  return format.formatRange(start as number, end as number)
}
