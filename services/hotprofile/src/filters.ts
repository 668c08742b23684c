/** Conditions of a search: each is one SQL condition with one `?`. Several combine with AND. */
import { containsPattern } from '@flowstead/service-kit'
import type { SqlValue } from '@flowstead/sqlite'
import type { Argument } from './arguments.ts'
import { day, decimal, ids, integer, oneOf, type Rule, text, time } from './rules.ts'
import { endOfDay, instantOf, startOfDay } from './tenant-time.ts'

export interface Filter extends Argument {
  readonly sql: string
  /** What is bound; default the value as the rule reads it. */
  readonly bind?: (value: SqlValue) => SqlValue
}

const searchText = text(3000)
const pattern = (value: SqlValue) => containsPattern(value as string)
const like = "LIKE ? ESCAPE '\\'"

/** Part of the text; the letters A to Z match in either case. */
export function contains(title: string, sql: string): Filter {
  return { title, rule: searchText, sql: `${sql} ${like}`, bind: pattern }
}

/** Like `contains`, but ignored while the tenant has no second language. */
export function containsSecondLanguage(title: string, column: string): Filter {
  const isOff = '(SELECT second_language FROM tenant) = 0'
  return { ...contains(title, `r.${column}`), sql: `(${isOff} OR r.${column} ${like})` }
}

export function equals(title: string, sql: string, rule: Rule = integer()): Filter {
  return { title, rule, sql: `${sql} = ?` }
}

/** A flag that is set (1) or not (0). */
export function isSet(title: string, sql: string): Filter {
  return equals(title, sql, oneOf(1, 0))
}

/** One of several ids. */
export function anyOf(title: string, sql: string, rule: Rule = ids): Filter {
  return { title, rule, sql: `${sql} IN (SELECT value FROM json_each(?))` }
}

/** Every word, separated by blanks of any kind, occurs in one of the texts. */
export function allWords(title: string, texts: readonly string[]): Filter {
  const whole = texts.map((sql) => `coalesce(${sql}, '')`).join(' || char(10) || ')
  const missing = `SELECT 1 FROM json_each(?) AS word WHERE (${whole}) NOT LIKE word.value ESCAPE '\\'`
  return {
    title,
    rule: searchText,
    sql: `NOT EXISTS (${missing})`,
    bind: (value) => JSON.stringify((value as string).trim().split(/\s+/).map(containsPattern)),
  }
}

/** `search[from_id]` and `search[to_id]`. */
export function idRange(title: string): Record<string, Filter> {
  return {
    'search[from_id]': { title: `${title} (from)`, rule: integer(), sql: 'r.id >= ?' },
    'search[to_id]': { title: `${title} (to)`, rule: integer(), sql: 'r.id <= ?' },
  }
}

/** `search[from_trade_on]` and `search[to_trade_on]`: both days count. */
export function tradeDayRange(title: string): Record<string, Filter> {
  return {
    'search[from_trade_on]': { title: `${title} (from)`, rule: day, sql: 'r.trade_on >= ?' },
    'search[to_trade_on]': { title: `${title} (to)`, rule: day, sql: 'r.trade_on <= ?' },
  }
}

/** Creation and update between days; both days count. */
export function changeDayRanges(): Record<string, Filter> {
  const from = (title: string, column: string): Filter => ({
    title: `${title} (from)`,
    rule: day,
    sql: `r.${column} >= ?`,
    bind: (value) => startOfDay(value as string),
  })
  const to = (title: string, column: string): Filter => ({
    title: `${title} (to)`,
    rule: day,
    sql: `r.${column} < ?`,
    bind: (value) => endOfDay(value as string),
  })
  return {
    'search[from_created_on]': from('Creation date', 'created_at'),
    'search[to_created_on]': to('Creation date', 'created_at'),
    'search[from_updated_on]': from('Update date', 'updated_at'),
    'search[to_updated_on]': to('Update date', 'updated_at'),
  }
}

/** Update between seconds; both seconds count. */
export function updateTimeRange(): Record<string, Filter> {
  return {
    'search[from_datetime_updated_on]': {
      title: 'Update date and time (from)',
      rule: time,
      sql: 'r.updated_at >= ?',
      bind: (value) => instantOf(value as string),
    },
    'search[to_datetime_updated_on]': {
      title: 'Update date and time (to)',
      rule: time,
      sql: 'r.updated_at < ?',
      bind: (value) => instantOf(value as string) + 1000,
    },
  }
}

/** Places between two latitudes and two longitudes; records without a place never match. */
export function placeRanges(): Record<string, Filter> {
  const range = (column: 'latitude' | 'longitude', title: string): [string, Filter][] => {
    const degrees = `r.${column} <> '' AND CAST(r.${column} AS REAL)`
    const bind = (value: SqlValue) => Number(value)
    return [
      [`search[from_${column}]`, { title: `${title} (from)`, rule: decimal, sql: `${degrees} >= ?`, bind }],
      [`search[to_${column}]`, { title: `${title} (to)`, rule: decimal, sql: `${degrees} <= ?`, bind }],
    ]
  }
  return Object.fromEntries([...range('latitude', 'Latitude'), ...range('longitude', 'Longitude')])
}
