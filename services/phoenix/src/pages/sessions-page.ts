import { type Html, html, type Page, type PageCall, page } from '@flowstead/service-kit'
import { type Appointment, appointmentStatuses } from '../sessions/appointment.ts'
import { findSessions } from '../sessions/list.ts'
import { callDetails } from './call-details.ts'
import { performForm } from './form-commands.ts'
import { instantText, problemNote, textField } from './parts.ts'

const pageLimit = 200
const hourMs = 3_600_000
const dayMs = 24 * hourMs

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function filterOf({ query }: PageCall) {
  const status = appointmentStatuses.find((known) => known === query.status)
  return { status, coachId: textOf(query.coachId), talentId: textOf(query.talentId) }
}

function sessionsTable(sessions: readonly Appointment[]): Html {
  if (sessions.length === 0) return html`<p class="quiet">No sessions.</p>`
  return html`<table><tr><th>Start (UTC)</th><th>Title</th><th>Status</th><th>Coach</th><th>Talent</th></tr>${sessions.map(
    (session) =>
      html`<tr><td>${instantText(session.start_date)}</td>
<td><a href="/sessions/${session.id}">${session.title}</a></td><td>${session.status}</td>
<td>${session.coach_id}</td><td>${session.talent_id}</td></tr>`,
  )}</table>`
}

function scheduleForm(call: PageCall): Html {
  const start = Math.floor(call.now() / dayMs) * dayMs + 7 * dayMs + 9 * hourMs
  const body = {
    title: 'Séance Découverte',
    startDate: new Date(start).toISOString(),
    endDate: new Date(start + hourMs / 2).toISOString(),
    coachId: 'coach-1',
    talentId: 'talent-1',
  }
  return html`<h2 id="schedule">Schedule a session</h2>
<form method="post"><input type="hidden" name="command" value="schedule">
<p>${textField('Title', 'title', body.title)} ${textField('Description', 'description', '')}</p>
<p><label>Start (UTC) <input type="datetime-local" name="startDate" required value="${body.startDate.slice(0, 16)}"></label>
<label>End (UTC) <input type="datetime-local" name="endDate" required value="${body.endDate.slice(0, 16)}"></label></p>
<p>${textField('Coach', 'coachId', body.coachId)} ${textField('Talent', 'talentId', body.talentId)}</p>
<p><button>Schedule</button></p></form>
${callDetails(call, 'schedule', body)}`
}

/** All sessions, with a filter and the form that schedules one. */
export const sessionsPage: Page = {
  path: '/',
  render: (call, problem) => {
    const filter = filterOf(call)
    const sessions = findSessions(call.db, { ...filter, limit: pageLimit })
    return page(
      'Sessions',
      html`<h1>Sessions</h1>${problemNote(problem)}
<form method="get"><label>Status <select name="status"><option value="">all</option>${appointmentStatuses.map(
        (status) =>
          status === filter.status
            ? html`<option selected>${status}</option>`
            : html`<option>${status}</option>`,
      )}</select></label>
${textField('Coach', 'coachId', filter.coachId ?? '')} ${textField('Talent', 'talentId', filter.talentId ?? '')}
<button>Show</button></form>
${sessionsTable(sessions)}
${scheduleForm(call)}
<p class="quiet"><a href="/docs">The whole API</a></p>`,
    )
  },
  submit: (call) => {
    const { id } = performForm(call, ['schedule']).body as { id: string }
    return `/sessions/${id}`
  },
}
