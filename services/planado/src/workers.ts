/** Workers: users who may complete jobs on their phones. */
import type { Database, Row } from '@flowstead/sqlite'
import { invalidField } from './errors.ts'
import { findReferred, type Reference } from './references.ts'
import { grantedRights, type Permissions, type Right } from './rights.ts'

/** The rights of a user's row. */
export function rightsOf(user: Row): ReadonlySet<Right> {
  return grantedRights(JSON.parse(String(user.permissions)) as Permissions)
}

/** The worker a reference means. @throws 422 naming `field`, also for a user who is none */
export function referredWorker(db: Database, given: Reference, field: string): Row {
  const user = findReferred(db, 'users', given)
  if (user === undefined) throw invalidField(field, 'exists', `"${field}" must be one of the users.`)
  if (rightsOf(user).has('mobile.jobs.complete')) return user
  throw invalidField(field, 'worker', `"${field}" must be a user with the right "mobile.jobs.complete".`)
}

/** The ids of workers, each once. @throws 422 naming the member */
export function workerIds(db: Database, given: readonly Reference[], field: string): readonly string[] {
  return [...new Set(given.map((one, i) => String(referredWorker(db, one, `${field}.${i}`).id)))]
}
