/** The forms that move a job, each with the API call it makes. */
import { curlDetails, type Html, html, type PageCall } from '@flowstead/service-kit'
import { type Actor, apiActor } from '../changes.ts'
import { invalidField } from '../errors.ts'
import { type Job, type Status, statuses } from '../job.ts'
import { rowByPath } from '../references.ts'
import { showResolutions } from '../resolutions.ts'
import type { Right } from '../rights.ts'
import { type GivenMove, moveJob, moves } from '../transitions.ts'
import { userActor } from '../user-operations.ts'
import { apiCall } from './api-call.ts'

const labels: Readonly<Record<Status, string>> = {
  posted: 'Post',
  scheduled: 'Schedule',
  published: 'Publish',
  en_route: 'En route',
  started: 'Start',
  suspended: 'Pause',
  finished: 'Finish',
  canceled: 'Cancel',
}

/** A form for each move that the job can make now. */
export function moveForms(call: PageCall, job: Job): readonly Html[] {
  return moves[job.status].map((to) => moveForm(call, job, to))
}

function moveForm({ db, origin }: PageCall, job: Job, to: Status): Html {
  const label = job.status === 'suspended' && to === 'started' ? 'Resume' : labels[to]
  const possible = to === 'finished' ? showResolutions(db, job.possible_resolution_ids) : []
  const [first] = possible
  const body = { to, ...(first === undefined ? {} : { resolution: { name: first.name } }) }
  const call = apiCall(origin, 'POST', `/v2/jobs/${job.id}/transitions`, body)
  return html`<form method="post"><input type="hidden" name="job" value="${job.id}"><input type="hidden" name="to" value="${to}">
${to === 'finished' ? resolutionFields(possible) : ''}<button>${label}</button>${curlDetails(call)}</form>`
}

function resolutionFields(possible: readonly Record<string, unknown>[]): Html {
  return html`<label>Resolution <select name="resolution">${possible.map(
    ({ name, uuid }) => html`<option value="${String(uuid)}">${String(name)}</option>`,
  )}</select></label> <label>Comment <input name="comment"></label> `
}

/** Performs a form of `moveForms`; answers the job as it is now. @throws 404, 409, 422 */
export function submitMove(call: PageCall): Job {
  const { comment = '', job, resolution, to } = call.body as Readonly<Partial<Record<string, string>>>
  if (comment.includes('\0'))
    throw invalidField('comment', 'format', '"comment" must not hold a NUL character.')
  const status = statuses.find((one) => one === to)
  if (status === undefined) throw invalidField('to', 'enum', `"to" must be one of ${statuses.join(', ')}.`)
  const move: GivenMove = { to: status, ...(status === 'finished' ? outcome(resolution ?? '', comment) : {}) }
  return moveJob(call, rowByPath<Job>(call.db, 'jobs', job ?? ''), move, pageActor(call, 'web.jobs.edit'))
}

/** Who uses a page: whoever holds a key, or a user with the right. @throws 403 */
export function pageActor(call: PageCall, right: Right): Actor {
  return call.userId === undefined ? { ...apiActor, source: 'web' } : userActor(call, right)
}

function outcome(uuid: string, comment: string): Pick<GivenMove, 'resolution'> {
  return { resolution: { uuid, ...(comment === '' ? {} : { comment }) } as GivenMove['resolution'] & object }
}
