/** The one organisation of this service and its calendar. */
import type { Database, Row } from '@flowstead/sqlite'
import { localDate } from './local-date.ts'

/** Its row. */
export function organizationOf(db: Database): Row {
  return db.prepare('SELECT id, name, timezone FROM organization').get() ?? {}
}

/** The zone in which the organisation counts its days. */
export function organizationZone(db: Database): string {
  return String(organizationOf(db).timezone ?? 'UTC')
}

/** The organisation's day now, `YYYY-MM-DD`. */
export function today({ db, now }: { readonly db: Database; now(): number }): string {
  return localDate(now(), organizationZone(db))
}
