/** The board: open jobs by status, and the newest of those that are over. */
import {
  curlOf,
  type Html,
  html,
  isoTime,
  type Page,
  type PageCall,
  type Problem,
  page,
} from '@flowstead/service-kit'
import { showAssignee } from '../assignee.ts'
import { type Job, openStatuses, type Status, statuses } from '../job.ts'
import { apiCall } from './api-call.ts'
import { moveForms, pageActor, submitMove } from './move-form.ts'

const shownOpen = 100
const shownOver = 10

/** What was refused, as a sentence. */
export function refusal(problem: Problem | undefined): Html | '' {
  return problem === undefined ? '' : html`<p role="alert"><strong>${problem.message}</strong></p>`
}

/** One line that says which job it is. */
export function titleOf({ description, serial_no }: Job): string {
  return `№ ${serial_no}${description === null ? '' : ` ${description.slice(0, 80)}`}`
}

/** Who does it, or nothing. */
export function assigneeText({ db }: PageCall, job: Job): string {
  const assignee = showAssignee(db, job) as Record<string, Record<string, unknown> | undefined> | null
  return String(assignee?.team?.name ?? assignee?.worker?.email ?? '')
}

function column(call: PageCall, status: Status): Html | '' {
  const limit = openStatuses.has(status) ? shownOpen : shownOver
  const jobs = call.db
    .prepare<Job>('SELECT * FROM jobs WHERE status = ? ORDER BY scheduled_at, seq DESC LIMIT ?')
    .all(status, limit)
  if (jobs.length === 0) return ''
  return html`<h2>${status}</h2><table><tr><th>Job</th><th>Scheduled</th><th>Assignee</th><th></th></tr>${jobs.map(
    (job) => html`<tr id="${job.id}"><td><a href="/jobs/${job.id}">${titleOf(job)}</a></td>
<td>${job.scheduled_at === null ? '' : isoTime(job.scheduled_at)}</td><td>${assigneeText(call, job)}</td>
<td>${moveForms(call, job)}</td></tr>`,
  )}</table>`
}

/** `/`: the board, with the forms that move jobs. */
export const board: Page = {
  path: '/',
  render: (call, problem) => {
    pageActor(call, 'web.jobs.view')
    return page(
      'Jobs',
      html`<h1>Jobs</h1>${refusal(problem)}
<p class="quiet">The same over the API: <code>${curlOf(apiCall(call.origin, 'GET', '/v2/jobs'))}</code></p>
${statuses.map((status) => column(call, status) || html``)}`,
    )
  },
  submit: (call) => `/#${submitMove(call).id}`,
}
