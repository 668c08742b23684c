/** Finds what a client refers to by uuid, name, e-mail, code or external id. */
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import { invalidField, notFound } from './errors.ts'

/** Which tables can be referred to, and the column behind each key. */
const keys = {
  territories: { uuid: 'id', name: 'name' },
  skills: { uuid: 'id', name: 'name' },
  job_types: { uuid: 'id', code: 'code' },
  templates: { uuid: 'id', name: 'name' },
  resolutions: { uuid: 'id', name: 'name' },
  users: { uuid: 'id', email: 'email' },
  teams: { uuid: 'id', name: 'name', team: 'name' },
  clients: { uuid: 'id', external_id: 'external_id' },
  sites: { uuid: 'id', external_id: 'external_id' },
  jobs: { uuid: 'id', external_id: 'external_id' },
} as const

export type Table = keyof typeof keys

/** A reference as it is given: one key with its text. */
export type Reference = Readonly<Record<string, string>>

/** The row of this id. */
export function rowById<R = Row>(db: Database, table: string, id: SqlValue): R | undefined {
  return db.prepare<R>(`SELECT * FROM ${table} WHERE id = ?`).get(id)
}

/** The row a reference means; `undefined` when there is none. */
export function findReferred(db: Database, table: Table, given: Reference): Row | undefined {
  if (Object.values(given).some((text) => text.includes('\0'))) return undefined
  const columns: Readonly<Record<string, string>> = keys[table]
  const key = Object.keys(given).find((name) => Object.hasOwn(columns, name))
  if (key === undefined) return undefined
  return db.prepare(`SELECT * FROM ${table} WHERE ${columns[key]} = ?`).get(given[key] ?? null)
}

/** The id of what a reference means. @throws 422 naming `field` */
export function referredId(db: Database, table: Table, given: Reference, field: string): string {
  return String(referredRow(db, table, given, field).id)
}

/** The row a reference means. @throws 422 naming `field` */
export function referredRow(db: Database, table: Table, given: Reference, field: string): Row {
  const row = findReferred(db, table, given)
  if (row !== undefined) return row
  throw invalidField(field, 'exists', `"${field}" must be one of the ${table.replace('_', ' ')}.`)
}

/** The ids of a list of references, each once. @throws 422 naming the member */
export function referredIds(
  db: Database,
  table: Table,
  given: readonly Reference[],
  field: string,
): readonly string[] {
  return [...new Set(given.map((one, i) => referredId(db, table, one, `${field}.${i}`)))]
}

/** The row a path means, by uuid or external id. */
export function findByPath<R>(db: Database, table: 'jobs' | 'clients' | 'sites', id: string): R | undefined {
  // No database keeps such a text.
  if (id.includes('\0')) return undefined
  const find = (column: string) => db.prepare<R>(`SELECT * FROM ${table} WHERE ${column} = ?`).get(id)
  return rowById<R>(db, table, id) ?? find('external_id')
}

/** The row a path means. @throws 404 */
export function rowByPath<R>(db: Database, table: 'jobs' | 'clients' | 'sites', id: string): R {
  const row = findByPath<R>(db, table, id)
  if (row === undefined) throw notFound(table.slice(0, -1), id)
  return row
}

/** Whether a text has the form of a uuid, and so cannot become an external id by its being unknown. */
export function looksLikeUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
}

/** @throws 422 when another row has this external id */
export function checkExternalId(
  db: Database,
  table: 'jobs' | 'clients' | 'sites',
  externalId: string | null | undefined,
  own?: string,
): void {
  if (externalId === null || externalId === undefined) return
  const other = db.prepare(`SELECT id FROM ${table} WHERE external_id = ?`).get(externalId)
  if (other === undefined || other.id === own) return
  throw invalidField('external_id', 'unique', `Another of the ${table} has this "external_id".`)
}
