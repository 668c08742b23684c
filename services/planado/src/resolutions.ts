/** How jobs can end: some resolutions count as success, others do not. */
import type { Database, Row } from '@flowstead/sqlite'
import { invalidField } from './errors.ts'
import { type Reference, referredIds, rowById } from './references.ts'

/**
 * The ids of possible resolutions as JSON; all that there are when none are given.
 * @throws 422 unless one of them is successful and one is not
 */
export function readResolutions(db: Database, given: readonly Reference[] | undefined): string {
  if (given === undefined) {
    return JSON.stringify(
      db
        .prepare('SELECT id FROM resolutions ORDER BY seq')
        .all()
        .map(({ id }) => id),
    )
  }
  const ids = referredIds(db, 'resolutions', given, 'possible_resolutions')
  const outcomes = new Set(ids.map((id) => rowById(db, 'resolutions', id)?.successful))
  if (outcomes.size === 2) return JSON.stringify(ids)
  const message = '"possible_resolutions" must have a successful and an unsuccessful one.'
  throw invalidField('possible_resolutions', 'both_outcomes', message)
}

/** A resolution as jobs show it. */
export function showResolution(row: Row): Record<string, unknown> {
  return { uuid: row.id, name: row.name, successful: row.successful === 1 }
}

/** Resolutions as jobs show them. @param ids JSON */
export function showResolutions(db: Database, ids: string): Record<string, unknown>[] {
  return (JSON.parse(ids) as string[]).map((id) => showResolution(rowById(db, 'resolutions', id) as Row))
}
