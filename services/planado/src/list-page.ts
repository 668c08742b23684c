/** Lists of twenty, one page after the other. */
import type { Call } from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { invalidField } from './errors.ts'

/** Rows of one page of every list. */
export const pageSize = 20

export interface Listing {
  readonly table: string
  readonly order: 'newest first' | 'oldest first'
  /** Further condition, with its values. */
  readonly where?: { readonly sql: string; readonly values: readonly SqlValue[] }
}

interface PageQuery {
  readonly after?: string
  readonly 'updated_at[before]'?: string
  readonly 'updated_at[after]'?: string
}

/** The page that the query asks for. @throws 422 for an `after` that is not in the list */
export function listPage<R = Row>({ db, query }: Call, { order, table, where }: Listing): R[] {
  const { after, ...filters } = query as PageQuery
  const isNewestFirst = order === 'newest first'
  const conditions: [string, readonly SqlValue[]][] = []
  if (after !== undefined) conditions.push([`seq ${isNewestFirst ? '<' : '>'} ?`, [seqOf(db, table, after)]])
  if (where !== undefined) conditions.push([`(${where.sql})`, where.values])
  for (const [name, sign] of [
    ['updated_at[before]', '<'],
    ['updated_at[after]', '>'],
  ] as const) {
    const given = filters[name]
    if (given !== undefined) conditions.push([`updated_at ${sign} ?`, [instantOf(given, name)]])
  }
  const condition = ['1', ...conditions.map(([sql]) => sql)].join(' AND ')
  return db
    .prepare<R>(
      `SELECT * FROM ${table} WHERE ${condition} ORDER BY seq ${isNewestFirst ? 'DESC' : 'ASC'} LIMIT ${pageSize}`,
    )
    .all(...conditions.flatMap(([, values]) => values))
}

function seqOf(db: Call['db'], table: string, id: string): SqlValue {
  const row = db.prepare(`SELECT seq FROM ${table} WHERE id = ?`).get(id)
  if (row === undefined) throw invalidField('after', 'exists', '"after" must be the uuid of one of the list.')
  return row.seq ?? null
}

/** An ISO 8601 time in ms since the epoch. @throws 422 for a second that no calendar has */
export function instantOf(text: string, field: string): number {
  const instant = Date.parse(text)
  if (!Number.isNaN(instant)) return instant
  throw invalidField(field, 'format', `"${field}" must be a time of the calendar, ISO 8601.`)
}
