import { type Html, html, isoTime, type Page, type PageCall, page } from '@flowstead/service-kit'
import { eventsOfSession } from '../events/event-store.ts'
import type { Appointment } from '../sessions/appointment.ts'
import { findAppointment } from '../sessions/appointment-store.ts'
import { cancelers, cancelRules } from '../sessions/cancel-rules.ts'
import { callDetails } from './call-details.ts'
import { performForm } from './form-commands.ts'
import { instantText, problemNote, textField } from './parts.ts'

function facts(session: Appointment): Html {
  const rows: [string, string][] = [
    ['Status', session.deleted_at === null ? session.status : `${session.status}, deleted`],
    ['Start (UTC)', instantText(session.start_date)],
    ['End (UTC)', instantText(session.end_date)],
    ['Type', session.appointment_type],
    ['Coach', session.coach_id],
    ['Talent', session.talent_id],
    ['Description', session.description ?? ''],
    ['Cancelled', [session.cancelation_reason, session.canceled_by].filter(Boolean).join(' by ')],
    ['Explanation', session.cancelation_explanation ?? ''],
  ]
  const shown = rows.filter(([, value]) => value !== '')
  return html`<table>${shown.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table>`
}

function rescheduleForm(call: PageCall, session: Appointment): Html {
  const body = { startDate: isoTime(session.start_date), endDate: isoTime(session.end_date) }
  return html`<h2 id="reschedule">Reschedule</h2>
<form method="post"><input type="hidden" name="command" value="reschedule">
<p><label>Start (UTC) <input type="datetime-local" name="startDate" value="${body.startDate.slice(0, 16)}"></label>
<label>End (UTC) <input type="datetime-local" name="endDate" value="${body.endDate.slice(0, 16)}"></label>
<button>Reschedule</button></p></form>
${callDetails(call, 'reschedule', body)}`
}

function cancelForm(call: PageCall): Html {
  const body = { cancelationReason: 'OTHER', canceledBy: 'COACH', cancelationExplanation: 'Out of office.' }
  return html`<h2 id="cancel">Cancel</h2>
<form method="post"><input type="hidden" name="command" value="cancel">
<p><label>Reason <select name="cancelationReason">${Object.keys(cancelRules).map((reason) => html`<option>${reason}</option>`)}</select></label>
<label>By <select name="canceledBy">${cancelers.map((by) => html`<option>${by}</option>`)}</select></label>
${textField('Explanation', 'cancelationExplanation', '')} <button>Cancel the session</button></p></form>
${callDetails(call, 'cancel', body)}`
}

function otherForms(call: PageCall, session: Appointment): Html {
  const button = (command: 'complete' | 'delete', label: string) =>
    html`<form method="post"><p><button name="command" value="${command}">${label}</button></p></form>
${callDetails(call, command)}`
  const isPlanned = session.status === 'PLANNED'
  return html`<h2>Complete or delete</h2>
${isPlanned ? button('complete', 'It has taken place') : ''}
${button('delete', 'Delete the session')}`
}

function forms(call: PageCall, session: Appointment): Html {
  if (session.deleted_at !== null) return html``
  const planned = session.status === 'PLANNED' ? [rescheduleForm(call, session), cancelForm(call)] : []
  return html`${planned}${otherForms(call, session)}`
}

function eventsTable(call: PageCall, session: Appointment): Html {
  const events = eventsOfSession(call.db, session.id)
  return html`<h2>Events</h2>
<table><tr><th>Number</th><th>Event</th><th>At</th><th>Status</th><th>Processor</th></tr>${events.map(
    ({ envelope }) =>
      html`<tr><td>${envelope.id}</td><td>${envelope.eventName}</td><td>${envelope.createdAt}</td>
<td>${envelope.status}</td><td>${envelope.processorNodeId ?? ''}</td></tr>`,
  )}</table>`
}

/** One session: what it is, what can be done with it, and what was told about it. */
export const sessionPage: Page = {
  path: '/sessions/{id}',
  render: (call, problem) => {
    const session = findAppointment(call.db, String(call.params.id))
    if (session === undefined) {
      return page('No such session', html`<h1>No such session</h1><p><a href="/">All sessions</a></p>`)
    }
    return page(
      session.title,
      html`<p><a href="/">All sessions</a></p><h1>${session.title}</h1>${problemNote(problem)}
${facts(session)}
${forms(call, session)}
${eventsTable(call, session)}`,
    )
  },
  submit: (call) => {
    performForm(call, ['reschedule', 'cancel', 'complete', 'delete'])
    return `/sessions/${encodeURIComponent(String(call.params.id))}`
  },
}
