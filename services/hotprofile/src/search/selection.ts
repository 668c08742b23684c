/** Which records a search finds: how many, and the ids of one page of them. */
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import type { Condition } from '../filters.ts'
import type { RecordType } from '../record-type.ts'
import { matchingIds } from './text-index.ts'

export interface Selection {
  readonly total: number
  /** Those of the page, in order. */
  readonly ids: readonly number[]
}

export interface Paging {
  /** From 1. */
  readonly number: number
  readonly size: number
  /** One of the type's order keys. */
  readonly orderKey: string
  readonly direction: 'ASC' | 'DESC'
}

/** Ids and what is true of them, as SQL. */
interface Source {
  readonly id: string
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** Counts the records that match and finds a page of their ids; equal ones follow each other by id. */
export function selectPage(db: Database, type: RecordType, given: Row, paging: Paging): Selection {
  const conditions = conditionsOf(db, type, given)
  const counted = sourceOf(type, conditions)
  const total = db
    .prepare<{ total: number }>(`SELECT count(*) AS total FROM ${counted.sql}`)
    .get(...counted.params)?.total
  const { number, size, orderKey, direction } = paging
  const isById = orderKey === 'id'
  const listed = isById ? counted : recordsOf(type, conditions)
  const order = isById ? '' : `${type.orderKeys[orderKey]} ${direction}, `
  const rows = db
    .prepare<{ id: number }>(
      `SELECT ${listed.id} AS id FROM ${listed.sql} ORDER BY ${order}${listed.id} ${direction} LIMIT ? OFFSET ?`,
    )
    .all(...listed.params, size, (number - 1) * size)
  return { total: total ?? 0, ids: rows.map(({ id }) => id) }
}

function conditionsOf(db: Database, { filters }: RecordType, given: Row): Condition[] {
  return Object.entries(filters).flatMap(([name, { conditions, feature }]) => {
    const value = given[name]
    if (value === undefined || (feature !== undefined && !isOn(db, feature))) return []
    return conditions(value, db)
  })
}

function isOn(db: Database, feature: 'second_language'): boolean {
  return db.prepare(`SELECT 1 FROM tenant WHERE ${feature} = 1`).get() !== undefined
}

/** When texts are all that is asked for, their index alone knows the answer. */
function sourceOf(type: RecordType, conditions: readonly Condition[]): Source {
  const match = matchOf(conditions)
  if (match === undefined || conditions.some((one) => 'sql' in one)) return recordsOf(type, conditions)
  const table = `${type.plural}_text`
  return { id: 'rowid', sql: `${table} WHERE ${table} MATCH ?`, params: [match] }
}

function recordsOf({ plural }: RecordType, conditions: readonly Condition[]): Source {
  const match = matchOf(conditions)
  const inIndex = match === undefined ? [] : [{ sql: `r.id IN (${matchingIds(plural)})`, params: [match] }]
  const all = [...inIndex, ...conditions.flatMap((one) => ('sql' in one ? [one] : []))]
  const where = all.map(({ sql }) => `(${sql})`).join(' AND ')
  return {
    id: 'r.id',
    sql: `${plural} AS r${where === '' ? '' : ` WHERE ${where}`}`,
    params: all.flatMap(({ params }) => params),
  }
}

function matchOf(conditions: readonly Condition[]): string | undefined {
  const matches = conditions.flatMap((one) => ('match' in one ? [`(${one.match})`] : []))
  return matches.length === 0 ? undefined : matches.join(' AND ')
}
