import { FlowsteadError } from '@flowstead/errors'
import type { Database } from './database.ts'
import { sqliteErrors } from './errors.ts'

/**
 * Brings the schema up to `steps.length`: runs the SQL of every step not yet taken, all in one transaction.
 * Steps are only ever added at the end. The count taken is SQLite's `user_version`.
 * @throws `Store.NewerSchema` before any write when the database has taken more steps than these.
 */
export function migrate(db: Database, steps: readonly string[]): { from: number; to: number } {
  return db.transaction(() => {
    const from = schemaVersion(db)
    if (from > steps.length) {
      throw new FlowsteadError(
        sqliteErrors.newerSchema,
        `The database "${db.path}" has schema ${from}; this version of Flowstead knows schemas up to ${steps.length}.`,
        { hint: 'Start the newer version of Flowstead that wrote it.' },
      )
    }
    for (const step of steps.slice(from)) db.exec(step)
    if (from < steps.length) db.exec(`PRAGMA user_version = ${steps.length}`)
    return { from, to: steps.length }
  })
}

function schemaVersion(db: Database): number {
  return db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
}
