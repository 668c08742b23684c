/**
 * What users do on the web and on their phones. Invariants:
 * 1. Every operation needs one right, and refuses with 403 who has not got it.
 * 2. On the phone a user sees and moves only jobs that are published and in which he or she has a part.
 */
import type { Call, Handler, Method } from '@flowstead/service-kit'
import type { Actor, UserCall } from './changes.ts'
import { forbidden } from './errors.ts'
import { exportJobs } from './export-jobs.ts'
import { mobileHandlers } from './mobile.ts'
import { rowById } from './references.ts'
import type { Right } from './rights.ts'
import { scheduleHandlers } from './schedule.ts'
import { loginHandlers } from './user-tokens.ts'
import { rightsOf } from './workers.ts'

export interface UserOperation {
  readonly right: Right
  readonly method: Method
  /** Under `/local`. */
  readonly path: string
  readonly id: string
  /** The operation of the API that it performs; absent where it has a handler of its own. */
  readonly like?: string
}

function row(right: Right, method: Method, path: string, id: string, like?: string): UserOperation {
  return { right, method, path, id, ...(like === undefined ? {} : { like }) }
}

/** The operations of users, each with its right. */
export const userOperations: readonly UserOperation[] = [
  row('web.login', 'get', '/web/skills', 'webListSkills', 'listSkills'),
  row('web.jobs.view', 'get', '/web/jobs', 'webListJobs', 'listJobs'),
  row('web.jobs.view', 'get', '/web/jobs/{id}', 'webGetJob', 'getJob'),
  row('web.jobs.edit', 'post', '/web/jobs', 'webCreateJob', 'createJob'),
  row('web.jobs.edit', 'patch', '/web/jobs/{id}', 'webUpdateJob', 'updateJob'),
  row('web.jobs.edit', 'post', '/web/jobs/{id}/transitions', 'webMoveJob', 'moveJob'),
  row('web.jobs.delete', 'delete', '/web/jobs/{id}', 'webDeleteJob', 'deleteJob'),
  row('web.clients.view', 'get', '/web/clients', 'webListClients', 'listClients'),
  row('web.clients.edit', 'patch', '/web/clients/{id}', 'webUpdateClient', 'updateClient'),
  row('web.schedule.view', 'get', '/web/schedule', 'webGetSchedule'),
  row('web.schedule.edit', 'patch', '/web/schedule/{id}', 'webUpdateSchedule'),
  row('web.map.edit', 'patch', '/web/map/{id}', 'webUpdateMap'),
  row('web.shifts.edit', 'patch', '/web/users/{id}/shifts', 'webUpdateShifts', 'updateShifts'),
  row('web.teams.view', 'get', '/web/teams', 'webListTeams', 'listTeams'),
  row('web.teams.edit', 'patch', '/web/teams/{id}', 'webUpdateTeam', 'updateTeam'),
  row('web.jobs_export', 'get', '/web/jobs_export', 'webExportJobs'),
  row('mobile.login', 'get', '/mobile/notifications', 'mobileListNotifications'),
  row('mobile.jobs.view', 'get', '/mobile/jobs', 'mobileListJobs'),
  row('mobile.jobs.view', 'get', '/mobile/jobs/{id}', 'mobileGetJob'),
  row('mobile.jobs.complete', 'patch', '/mobile/jobs/{id}', 'mobileUpdateJob'),
  row('mobile.jobs.complete', 'post', '/mobile/jobs/{id}/transitions', 'mobileMoveJob'),
]

const ownHandlers: Readonly<Record<string, Handler>> = {
  ...scheduleHandlers,
  ...mobileHandlers,
  webExportJobs: exportJobs,
}

/** The user who calls, as the one who acts. @throws 403 without the right */
export function userActor({ db, userId }: Pick<Call, 'db' | 'userId'>, right: Right): Actor {
  const user = userId === undefined ? undefined : rowById(db, 'users', userId)
  if (user === undefined || !rightsOf(user).has(right)) throw forbidden(right)
  const source = right.startsWith('mobile.') ? 'mobile' : 'web'
  return { source, userId: String(user.id), email: String(user.email), notifies: true }
}

/** Handlers by operationId. @param api those of the API, by theirs */
export function userOperationHandlers(api: Readonly<Record<string, Handler>>): Record<string, Handler> {
  const entries = userOperations.map(({ id, like, right }): [string, Handler] => {
    const perform = (like === undefined ? ownHandlers[id] : api[like]) as Handler
    return [id, (call) => perform({ ...call, actor: userActor(call, right) } as UserCall)]
  })
  return { ...loginHandlers, ...Object.fromEntries(entries) }
}
