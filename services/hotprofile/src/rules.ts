/** The rules that arguments obey. Everything arrives as text in the query; a rule turns it into what is stored. */
import type { Schema } from '@flowstead/service-kit'
import type { SqlValue } from '@flowstead/sqlite'
import { isDay, isTime } from './tenant-time.ts'

/** What an id may stand for: a record, or an entry of a choice list. */
export type Reference = { readonly table: string } | { readonly choices: string }

export interface Rule {
  /** Named in the problem: `maxLength`, `enum`… */
  readonly name: string
  /** Follows the quoted parameter: `must be …`. */
  readonly demand: string
  readonly schema: Schema
  /** What is stored; `undefined` for text that breaks the rule. */
  readonly read: (text: string) => SqlValue | undefined
  /** Stored when an update clears the field. */
  readonly empty: SqlValue
  /** What the value must be an id of. */
  readonly references?: Reference
}

const maxInteger = 2_147_483_647

/** Text of at most so many characters (code points). */
export function text(maxLength: number): Rule {
  return {
    name: 'maxLength',
    demand: `must have at most ${maxLength} characters, none of them NUL`,
    schema: { type: 'string', maxLength },
    read: (given) => ([...given].length <= maxLength && !given.includes('\0') ? given : undefined),
    empty: '',
  }
}

/** An integer of 32 bits. */
export function integer(minimum = 0, maximum = maxInteger): Rule {
  return {
    name: 'integer',
    demand: `must be an integer from ${minimum} to ${maximum}`,
    schema: { type: 'integer', minimum, maximum },
    read: (given) => {
      const value = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
      return value >= minimum && value <= maximum ? value : undefined
    },
    empty: null,
  }
}

/** Digits that are kept as given, leading zeros too. */
export function digits(maxDigits: number): Rule {
  return {
    name: 'maxDigits',
    demand: `must be an integer of at most ${maxDigits} digits`,
    schema: { type: 'integer', minimum: 0, maximum: 10 ** maxDigits - 1 },
    read: (given) => (/^\d+$/.test(given) && given.length <= maxDigits ? given : undefined),
    empty: '',
  }
}

/** A degree of latitude or longitude, kept as given. */
export const decimal: Rule = {
  name: 'decimal',
  demand: 'must be a decimal of at most 3 integer and 14 fraction digits',
  schema: { type: 'number', exclusiveMinimum: -1000, exclusiveMaximum: 1000 },
  read: (given) => (/^-?\d{1,3}(\.\d{1,14})?$/.test(given) ? given : undefined),
  empty: '',
}

/** One of these integers. */
export function oneOf(...values: readonly number[]): Rule {
  return {
    name: 'enum',
    demand: `must be ${values.join(' or ')}`,
    schema: { type: 'integer', enum: values },
    read: (given) => values.find((value) => String(value) === given),
    empty: null,
  }
}

/** One of these words. */
export function word(...values: readonly string[]): Rule {
  return {
    name: 'enum',
    demand: `must be one of ${values.join(', ')}`,
    schema: { type: 'string', enum: values },
    read: (given) => values.find((value) => value === given),
    empty: '',
  }
}

/** True or false, also as 1 or 0; stored as 1 or 0. */
export const flag: Rule = {
  name: 'boolean',
  demand: 'must be true or false',
  schema: { enum: [true, false, 1, 0] },
  read: (given) => {
    if (/^(true|1)$/i.test(given)) return 1
    return /^(false|0)$/i.test(given) ? 0 : undefined
  },
  empty: 0,
}

/** A day of the calendar. */
export const day: Rule = {
  name: 'date',
  demand: 'must be a date of the form yyyy/mm/dd',
  schema: { type: 'string', pattern: '^\\d{4}/\\d{2}/\\d{2}$', examples: ['2016/03/23'] },
  read: (given) => (isDay(given) ? given : undefined),
  empty: null,
}

/** A second of the calendar. */
export const time: Rule = {
  name: 'date-time',
  demand: 'must be a time of the form yyyy/mm/dd HH:mm:ss',
  schema: {
    type: 'string',
    pattern: '^\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2}$',
    examples: ['2016/03/23 12:05:11'],
  },
  read: (given) => (isTime(given) ? given : undefined),
  empty: null,
}

/** Ids separated by commas; read as a JSON array. */
export const ids: Rule = {
  name: 'ids',
  demand: 'must be ids separated by commas',
  schema: { type: 'string', pattern: '^\\s*\\d{1,10}\\s*(,\\s*\\d{1,10}\\s*)*$', examples: ['3,7'] },
  read: (given) => {
    const parts = given.split(',').map((part) => part.trim())
    return parts.every((part) => /^\d{1,10}$/.test(part)) ? JSON.stringify(parts.map(Number)) : undefined
  },
  empty: null,
}

/** The id of a record in `table`. */
export function idOf(table: string): Rule {
  return { ...integer(), references: { table } }
}

/** The id of an entry of a choice list. */
export function choice(choices: string): Rule {
  return { ...integer(), references: { choices } }
}

/** Ids of records in `table`, separated by commas. */
export function idsOf(table: string): Rule {
  return { ...ids, references: { table } }
}

/** Ids of entries of a choice list, separated by commas; kept as a JSON array. */
export function choicesOf(choices: string): Rule {
  return { ...ids, references: { choices }, empty: '[]' }
}

/** The 13 digits of a Japanese corporate number. */
export const corporateNumber: Rule = {
  name: 'corporateNumber',
  demand: 'must be the 13 digits of a corporate number',
  schema: { type: 'integer', format: 'int64', minimum: 1e12, maximum: 9_999_999_999_999 },
  read: (given) => (/^[1-9]\d{12}$/.test(given) ? Number(given) : undefined),
  empty: null,
}

const maxItems = 100
const maxLabel = 100
const maxValue = 3000

/** Custom items: a JSON array of labels with their values, kept as it is given. */
export const labelledValues: Rule = {
  name: 'items',
  demand: `must be a JSON array of at most ${maxItems} objects {"label","value"}, both of them text`,
  schema: { type: 'string', examples: ['[{"label":"Budget","value":"5,000,000"}]'] },
  read: (given) => {
    const items = parsed(given)
    if (!Array.isArray(items) || items.length > maxItems || !items.every(isLabelled)) return undefined
    return JSON.stringify(items.map(({ label, value }) => ({ label, value })))
  },
  empty: '[]',
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    // Text that is no JSON breaks the rule like any other.
    return undefined
  }
}

function isLabelled(item: unknown): item is { label: string; value: string } {
  const { label, value } = (item ?? {}) as { label?: unknown; value?: unknown }
  const isText = (text: unknown, most: number) =>
    typeof text === 'string' && text.length <= most && !/[\0\p{Surrogate}]/u.test(text)
  return label !== '' && isText(label, maxLabel) && isText(value, maxValue)
}
