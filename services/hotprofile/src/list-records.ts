/** Listings: the records that a search finds, a page at a time, as rows. */
import { type Call, type Handler, ok } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { type Arguments, readArguments } from './arguments.ts'
import { field, type RecordType } from './record-type.ts'
import { flag, integer, word } from './rules.ts'
import { type Paging, selectPage } from './search/selection.ts'
import { indexTexts } from './search/text-index.ts'
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
  const ofPage = `SELECT r.id AS record_id, ${selected} FROM ${type.from}
    WHERE r.id IN (SELECT value FROM json_each(?))`

  return ({ db, query }: Call) => {
    const given = readArguments(known, { db, query })
    indexTexts(db)
    const paging = pagingOf(given)
    const { ids, total } = selectPage(db, type, given, paging)
    const found = db.prepare(ofPage).all(JSON.stringify(ids))
    const rows = new Map(found.map((row) => [row.record_id, row]))
    const format: DateFormat = given['page[date_format_option]'] === 1 ? 'iso' : 'plain'
    const pages = {
      current_number: paging.number,
      display_number: paging.size,
      total_count: total,
      total_number: Math.ceil(total / paging.size),
    }
    const show = (row: Row) => ({
      ...Object.fromEntries(columns.map(([name, column]) => [name, column.show(row[name] ?? null, format)])),
      ...(type.rowsRepeatPages ? pages : {}),
    })
    return ok({ [type.plural]: ids.map((id) => show(rows.get(id) ?? {})), pages })
  }
}

function pagingOf(given: Row): Paging {
  return {
    number: (given['page[number]'] ?? 1) as number,
    size: (given['page[display_number]'] ?? defaultPageSize) as number,
    orderKey: (given['order[key]'] ?? 'id') as string,
    direction: given['order[type]'] === 'desc' ? 'DESC' : 'ASC',
  }
}
