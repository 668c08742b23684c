/** Searching: filters combine with AND, then one page of the ordered records. */
import { type Call, type Handler, ok } from '@flowstead/service-kit'
import type { Row, SqlValue } from '@flowstead/sqlite'
import { type Arguments, readArguments } from './arguments.ts'
import type { Filter } from './filters.ts'
import { field, type RecordType } from './record-type.ts'
import { flag, integer, word } from './rules.ts'
import type { DateFormat } from './tenant-time.ts'

const defaultPageSize = 20

/** Everything a listing understands. */
export function listArguments(type: RecordType): Arguments {
  const sizes = `Records per page, default ${defaultPageSize}`
  return {
    'page[number]': field('Page number, from 1', integer(1)),
    'page[display_number]': field(sizes, integer(1, type.maxPageSize)),
    'page[date_format_option]': field('Dates as ISO 8601 when on, else yyyy/mm/dd HH:mm:ss', flag),
    'order[key]': field('Sort key, default id', word(...Object.keys(type.orderKeys))),
    'order[type]': field('Sort direction, default asc', word('asc', 'desc')),
    ...type.filters,
  }
}

/** Answers the records that match, a page at a time. */
export function listRecords(type: RecordType): Handler {
  const known = listArguments(type)
  const columns = Object.entries(type.columns)
  const selected = columns.map(([name, { sql }]) => `${sql} AS ${name}`).join(', ')

  return ({ db, query }: Call) => {
    const given = readArguments(known, { db, query })
    const filters = Object.entries(type.filters).filter(([name]) => Object.hasOwn(given, name))
    const conditions = filters.map(([, { sql }]) => `(${sql})`).join(' AND ') || '1'
    const bound = filters.map(([name, filter]) => boundValue(filter, given[name] ?? null))
    const matching = `FROM ${type.from} WHERE ${conditions}`

    const count = db.prepare<{ total: number }>(`SELECT count(*) AS total ${matching}`)
    const total = count.get(...bound)?.total ?? 0
    const { number, size } = pageOf(given)
    const rows = db
      .prepare(`SELECT ${selected} ${matching} ORDER BY ${orderOf(type, given)} LIMIT ? OFFSET ?`)
      .all(...bound, size, (number - 1) * size)

    const format: DateFormat = given['page[date_format_option]'] === 1 ? 'iso' : 'plain'
    const pages = {
      current_number: number,
      display_number: size,
      total_count: total,
      total_number: Math.ceil(total / size),
    }
    const show = (row: Row) => ({
      ...Object.fromEntries(columns.map(([name, column]) => [name, column.show(row[name] ?? null, format)])),
      ...(type.rowsRepeatPages ? pages : {}),
    })
    return ok({ [type.plural]: rows.map(show), pages })
  }
}

function boundValue({ bind }: Filter, value: SqlValue): SqlValue {
  return bind === undefined ? value : bind(value)
}

function pageOf(given: Row): { number: number; size: number } {
  return {
    number: (given['page[number]'] ?? 1) as number,
    size: (given['page[display_number]'] ?? defaultPageSize) as number,
  }
}

/** Equal records follow each other by id. */
function orderOf({ orderKeys }: RecordType, given: Row): string {
  const direction = given['order[type]'] === 'desc' ? 'DESC' : 'ASC'
  const column = orderKeys[(given['order[key]'] ?? 'id') as string]
  return `${column} ${direction}, r.id ${direction}`
}
