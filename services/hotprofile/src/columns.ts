/** What a listing shows of each record: an SQL expression, and how its value is shown. */
import type { Schema } from '@flowstead/service-kit'
import type { SqlValue } from '@flowstead/sqlite'
import { type DateFormat, showDay, showInstant } from './tenant-time.ts'

export interface Column {
  readonly sql: string
  readonly schema: Schema
  readonly show: (value: SqlValue, format: DateFormat) => unknown
}

const string: Schema = { type: 'string' }

/** Text; empty when there is none. */
export function shownText(sql: string): Column {
  return { sql, schema: string, show: (value) => value ?? '' }
}

/** An integer; null when there is none. */
export function shownInteger(sql: string, format = 'int32'): Column {
  return { sql, schema: { type: ['integer', 'null'], format }, show: (value) => value }
}

/** A flag as "1" or "0". */
export function shownFlag(sql: string): Column {
  return { sql, schema: { enum: ['1', '0'] }, show: String }
}

/** A day; empty when there is none. */
export function shownDay(sql: string): Column {
  return { sql, schema: string, show: (value, format) => showDay((value ?? '') as string, format) }
}

export function shownInstant(sql: string): Column {
  return { sql, schema: string, show: (value, format) => showInstant(value as number, format) }
}

/** A JSON array. */
export function shownList(sql: string, items: 'string' | 'integer'): Column {
  return {
    sql,
    schema: { type: 'array', items: { type: items } },
    show: (value) => JSON.parse((value ?? '[]') as string) as unknown,
  }
}

/** The address and its three parts, split at commas, or at blanks when there are none. */
export function addressColumns(): Record<string, Column> {
  const part = (index: number): Column => ({
    ...shownText('r.address'),
    show: (value) => addressParts(value as string)[index] ?? '',
  })
  return { address: shownText('r.address'), address1: part(0), address2: part(1), address3: part(2) }
}

function addressParts(address: string): string[] {
  const hasCommas = /[,、，]/.test(address)
  const [first = '', second = '', ...rest] = address
    .split(hasCommas ? /[,、，]/ : /\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return [first, second, rest.join(hasCommas ? ', ' : ' ')]
}

/** Custom items `[{label, value}]`: the labels as a list, labels and values joined with commas. */
export function itemColumns(): Record<string, Column> {
  const each = (member: string) => `json_extract(item.value, '$.${member}')`
  const from = 'FROM json_each(r.items) AS item'
  return {
    items: shownList(`(SELECT json_group_array(${each('label')}) ${from})`, 'string'),
    itemslabel: shownText(`(SELECT group_concat(${each('label')}, ',') ${from})`),
    itemsvalue: shownText(`(SELECT group_concat(${each('value')}, ',') ${from})`),
  }
}

/** The name that a choice list gives an id. */
export function choiceName(list: string, id: string): string {
  return `(SELECT name FROM choices WHERE list = '${list}' AND id = ${id})`
}

/** The names that a choice list gives a JSON array of ids. */
export function choiceNames(list: string, ids: string): string {
  const names = `SELECT json_group_array(name) FROM json_each(${ids}) AS wanted`
  return `(${names} JOIN choices ON list = '${list}' AND choices.id = wanted.value)`
}

/** The full name; the family name comes first. */
export function fullName(suffix: '' | '_kana' = ''): string {
  return `trim(r.family_name${suffix} || ' ' || r.first_name${suffix})`
}
