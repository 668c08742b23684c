/**
 * Conditions of a search on the record `r`; several combine with AND. Those on the record's own texts are
 * matched by its index together, all others are SQL.
 */
import { containsPattern } from '@flowstead/service-kit'
import type { Database, SqlValue } from '@flowstead/sqlite'
import type { Argument } from './arguments.ts'
import { day, decimal, ids, integer, oneOf, type Rule, text, time } from './rules.ts'
import { indexedTexts } from './search/indexed-texts.ts'
import { matchingIds } from './search/text-index.ts'
import { containing } from './search/windows.ts'
import { endOfDay, instantOf, startOfDay } from './tenant-time.ts'

/** `match`: what FTS5 must find in the index of the record's table. */
export type Condition =
  | { readonly match: string }
  | { readonly sql: string; readonly params: readonly SqlValue[] }

export interface Filter extends Argument {
  /** What must hold, given the value as the rule has read it. */
  readonly conditions: (value: SqlValue, db: Database) => readonly Condition[]
  /** Ignored while the tenant has it turned off. */
  readonly feature?: 'second_language'
}

const searchText = text(3000)

/** A condition of SQL with one `?`. */
function holds(title: string, rule: Rule, sql: string, bind = (value: SqlValue) => value): Filter {
  return { title, rule, conditions: (value) => [{ sql, params: [bind(value)] }] }
}

/** Part of a text of the record; the letters A to Z match in either case. */
export function contains(title: string, column: string): Filter {
  const conditions = (value: SqlValue) => [{ match: `${column} : ${containing(value as string)}` }]
  return { title, rule: searchText, conditions }
}

/** Like `contains`, but ignored while the tenant has no second language. */
export function containsSecondLanguage(title: string, column: string): Filter {
  return { ...contains(title, column), feature: 'second_language' }
}

/** Part of a text of the record's client. */
export function clientContains(title: string, column: string): Filter {
  const bind = (value: SqlValue) => `${column} : ${containing(value as string)}`
  return holds(title, searchText, `r.client_id IN (${matchingIds('clients')})`, bind)
}

/** Part of the name of the record's department, or of the names from the top down to it. */
export function departmentContains(title: string, column: 'name' | 'ancestry_all_name'): Filter {
  const found = `SELECT id FROM departments WHERE ${column} ${like}`
  return holds(title, searchText, `r.organization_id IN (${found})`, pattern)
}

/** Part of the name of the record's prefecture. */
export function prefectureContains(title: string): Filter {
  return holds(title, searchText, `r.pref_id IN (${prefecturesLike})`, pattern)
}

const like = "LIKE ? ESCAPE '\\'"
const pattern = (value: SqlValue) => containsPattern(value as string)
const prefecturesLike = `SELECT id FROM choices WHERE list = 'prefecture' AND name ${like}`

export function equals(title: string, sql: string, rule: Rule = integer()): Filter {
  return holds(title, rule, `${sql} = ?`)
}

/** The record's user, named by this column, is in an authority group. */
export function inRole(title: string, column: string): Filter {
  return holds(title, integer(), `r.${column} IN (SELECT id FROM users WHERE role_id = ?)`)
}

/** A flag that is set (1) or not (0). */
export function isSet(title: string, sql: string): Filter {
  return equals(title, sql, oneOf(1, 0))
}

/** One of several ids. */
export function anyOf(title: string, sql: string, rule: Rule = ids): Filter {
  return holds(title, rule, `${sql} IN (SELECT value FROM json_each(?))`)
}

/** The lead has a card that one of these users owns: a card of the same client and name. */
export function hasCardOfAny(title: string): Filter {
  const found = `SELECT l.id FROM business_cards AS c JOIN leads AS l
    ON l.client_id = c.client_id AND l.family_name = c.family_name AND l.first_name = c.first_name
    WHERE c.owner_user_id IN (SELECT value FROM json_each(?))`
  return holds(title, ids, `r.id IN (${found})`)
}

const maxWords = 50
const wordsRule: Rule = {
  ...searchText,
  name: 'maxWords',
  demand: `${searchText.demand}, and at most ${maxWords} different words`,
  read: (given) => (wordsOf(given).length <= maxWords ? searchText.read(given) : undefined),
}

/** Every word occurs in one of the lead's texts, those of its client, department and prefecture included. */
export function allWords(title: string): Filter {
  const own = Object.keys(indexedTexts.leads).filter((name) => !unsearched.has(name))
  const around = `SELECT id FROM leads WHERE client_id IN (${matchingIds('clients')})
    UNION ALL SELECT id FROM leads WHERE organization_id IN
      (SELECT id FROM departments WHERE ancestry_all_name ${like})
    UNION ALL SELECT id FROM leads WHERE pref_id IN (${prefecturesLike})`
  const conditionOf = (word: string, db: Database): Condition => {
    const match = `{${own.join(' ')}} : ${containing(word)}`
    const params = [`{name name_kana} : ${containing(word)}`, containsPattern(word), containsPattern(word)]
    // Most words occur in the leads' own texts only; the index finds all of these words at once.
    const isOwn = db.prepare(`${around} LIMIT 1`).get(...params) === undefined
    if (isOwn) return { match }
    return { sql: `r.id IN (${matchingIds('leads')} UNION ALL ${around})`, params: [match, ...params] }
  }
  return {
    title,
    rule: wordsRule,
    conditions: (value, db) => wordsOf(value as string).map((word) => conditionOf(word, db)),
  }
}

/** Texts of a lead in which nobody looks for words; both names stand in `name`. */
const unsearched: ReadonlySet<string> = new Set(['latitude', 'longitude', 'family_name', 'first_name'])

/** Separated by blanks of any kind. */
function wordsOf(given: string): string[] {
  return [...new Set(given.split(/\s+/))].filter((word) => word !== '')
}

/** `search[from_id]` and `search[to_id]`. */
export function idRange(title: string): Record<string, Filter> {
  return {
    'search[from_id]': holds(`${title} (from)`, integer(), 'r.id >= ?'),
    'search[to_id]': holds(`${title} (to)`, integer(), 'r.id <= ?'),
  }
}

/** `search[from_trade_on]` and `search[to_trade_on]`: both days count. */
export function tradeDayRange(title: string): Record<string, Filter> {
  return {
    'search[from_trade_on]': holds(`${title} (from)`, day, 'r.trade_on >= ?'),
    'search[to_trade_on]': holds(`${title} (to)`, day, 'r.trade_on <= ?'),
  }
}

/** Creation and update between days; both days count. */
export function changeDayRanges(): Record<string, Filter> {
  const range = (title: string, name: string, column: string): Record<string, Filter> => ({
    [`search[from_${name}]`]: holds(`${title} (from)`, day, `r.${column} >= ?`, (value) =>
      startOfDay(value as string),
    ),
    [`search[to_${name}]`]: holds(`${title} (to)`, day, `r.${column} < ?`, (value) =>
      endOfDay(value as string),
    ),
  })
  return {
    ...range('Creation date', 'created_on', 'created_at'),
    ...range('Update date', 'updated_on', 'updated_at'),
  }
}

/** Update between seconds; both seconds count. */
export function updateTimeRange(): Record<string, Filter> {
  const instant = (value: SqlValue) => instantOf(value as string)
  const nextSecond = (value: SqlValue) => instantOf(value as string) + 1000
  const title = 'Update date and time'
  return {
    'search[from_datetime_updated_on]': holds(`${title} (from)`, time, 'r.updated_at >= ?', instant),
    'search[to_datetime_updated_on]': holds(`${title} (to)`, time, 'r.updated_at < ?', nextSecond),
  }
}

/** Places between two latitudes and two longitudes; records without a place never match. */
export function placeRanges(): Record<string, Filter> {
  const range = (column: 'latitude' | 'longitude', title: string): Record<string, Filter> => {
    const degrees = `r.${column} <> '' AND CAST(r.${column} AS REAL)`
    return {
      [`search[from_${column}]`]: holds(`${title} (from)`, decimal, `${degrees} >= ?`, Number),
      [`search[to_${column}]`]: holds(`${title} (to)`, decimal, `${degrees} <= ?`, Number),
    }
  }
  return { ...range('latitude', 'Latitude'), ...range('longitude', 'Longitude') }
}
