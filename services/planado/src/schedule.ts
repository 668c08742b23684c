/** The schedule of a day, and the map: what dispatchers change there. */
import { type Call, type Handler, ok } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { actorOf } from './changes.ts'
import type { Job } from './job.ts'
import { jobOf, jobUpdateMembers } from './jobs.ts'
import { instantOf } from './list-page.ts'
import { boolean, object, ref } from './openapi-parts.ts'
import { rowByPath } from './references.ts'
import { showJob, showJobItem } from './show-job.ts'
import { siteKind } from './sites.ts'
import { moveJob } from './transitions.ts'
import { type Members, updateOf } from './versioned.ts'
import { updateJob } from './write-job.ts'

const dayMs = 86_400_000

const { assignee, scheduled_at, scheduled_duration } = jobUpdateMembers

/** What the schedule can change of a job; `publish` makes the assignee see it. */
export const scheduleInput = object({ assignee, scheduled_at, scheduled_duration, publish: boolean }, [])

/** Where a pin is put. */
export const mapInput = object({ geolocation: ref('Geolocation') })

function jobsOfDay({ db, query }: Call) {
  const from = instantOf(String(query.date), 'date')
  const rows = db
    .prepare<Job>(
      'SELECT * FROM jobs WHERE scheduled_at >= ? AND scheduled_at < ? ORDER BY scheduled_at, seq',
    )
    .all(from, from + dayMs)
  return rows.map((job) => showJobItem(db, job))
}

/** Handlers by operationId. */
export const scheduleHandlers: Readonly<Record<string, Handler>> = {
  webGetSchedule: (call) => ok({ jobs: jobsOfDay(call) }),
  webUpdateSchedule: (call) => {
    const { publish, ...given } = call.body as Members
    const job = updateJob(call, jobOf(call), given, actorOf(call))
    const isWaiting = publish === true && job.status === 'scheduled'
    const now = isWaiting ? moveJob(call, job, { to: 'published' }, actorOf(call)) : job
    return ok({ job: showJob(call, now) })
  },
  webUpdateMap: (call) => {
    const site = rowByPath<Row>(call.db, 'sites', String(call.params.id))
    const address = site.address === null ? {} : (JSON.parse(String(site.address)) as Members)
    const { geolocation } = call.body as Members
    updateOf(siteKind, call, site, { address: { ...address, geolocation } }, actorOf(call))
    return ok({ site_uuid: site.id })
  },
}
