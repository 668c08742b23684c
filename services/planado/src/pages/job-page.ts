/** `/jobs/{id}`: one job with its fields, its history and the forms that move it. */
import { curlDetails, type Html, html, type Page, type PageCall, page } from '@flowstead/service-kit'
import type { Job } from '../job.ts'
import { findByPath } from '../references.ts'
import { showJob } from '../show-job.ts'
import { apiCall } from './api-call.ts'
import { assigneeText, refusal, titleOf } from './board.ts'
import { moveForms, pageActor, submitMove } from './move-form.ts'

type Shown = Readonly<Record<string, unknown>>

function facts(call: PageCall, job: Job): readonly (readonly [name: string, value: string])[] {
  const shown = showJob(call, job)
  const fields = [...(shown.custom_fields as Shown[]), ...(shown.report_fields as Shown[])]
  const address = shown.address as Shown | null
  const resolution = shown.resolution as Shown | undefined
  return [
    ['Status', job.status],
    ['Assignee', assigneeText(call, job)],
    ['Scheduled', String(shown.scheduled_at ?? '')],
    ['Address', String(address?.formatted ?? '')],
    ['Contacts', (shown.contacts as Shown[]).map(({ value }) => value ?? '').join(', ')],
    ...fields.map(({ name, value }) => [String(name), valueText(value)] as const),
    ['Resolution', resolution === undefined ? '' : `${resolution.name} ${resolution.comment ?? ''}`],
  ]
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? String((value as Shown).name) : String(value)
}

function history({ db }: PageCall, job: Job): Html {
  const events = db
    .prepare<{ version: number; type: string; context: string }>(
      'SELECT version, type, context FROM job_events WHERE job_id = ? ORDER BY version DESC LIMIT 50',
    )
    .all(job.id)
  return html`<h2>History</h2><table><tr><th>Version</th><th>Event</th><th>When</th></tr>${events.map(
    ({ context, type, version }) =>
      html`<tr><td>${version}</td><td>${type}</td><td>${(JSON.parse(context) as { happened_at: string }).happened_at}</td></tr>`,
  )}</table>`
}

/** The page of one job. */
export const jobPage: Page = {
  path: '/jobs/{id}',
  render: (call, problem) => {
    pageActor(call, 'web.jobs.view')
    const job = findByPath<Job>(call.db, 'jobs', String(call.params.id))
    if (job === undefined)
      return page('No such job', html`<h1>No such job</h1><p><a href="/">All jobs</a></p>`)
    return page(
      titleOf(job),
      html`<p><a href="/">All jobs</a></p><h1>${titleOf(job)}</h1>${refusal(problem)}
<table>${facts(call, job)
        .filter(([, value]) => value.trim() !== '')
        .map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table>
${moveForms(call, job)}
${curlDetails(apiCall(call.origin, 'GET', `/v2/jobs/${job.id}`))}
${history(call, job)}`,
    )
  },
  submit: (call) => `/jobs/${submitMove(call).id}`,
}
