import { quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type { KeptFlow } from '../flow-directory.ts'
import { invalidQuery } from './invalid-query.ts'
import { columnNamed } from './workflows-table.ts'

type Compare = (one: KeptFlow, other: KeptFlow) => number

/**
 * Reads an order such as `statecode desc, name`. Rows without a value come first, as in Dataverse.
 * @throws `Connector.ParameterInvalid`
 */
export function readOrder(text: string): Compare {
  const compares = text.split(',').map((part) => orderBy(part.trim()))
  return (one, other) => {
    for (const compare of compares) {
      const difference = compare(one, other)
      if (difference !== 0) return difference
    }
    return 0
  }
}

function orderBy(part: string): Compare {
  const [, name = '', direction = 'asc'] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(part) ?? []
  if (name === '') throw invalidQuery('$orderby', `${quoted(part)} is not a column with asc or desc.`)
  const column = columnNamed(name, '$orderby')
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1
  return (one, other) => sign * compareValues(column.read(one), column.read(other))
}

/** Numbers by size, texts without regard to letter case, null before everything. */
export function compareValues(one: Value, other: Value): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return compareTexts(String(one).toLowerCase(), String(other).toLowerCase())
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

/**
 * How many rows at most; all when nothing is said.
 * @throws `Connector.ParameterInvalid`
 */
export function readTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  throw invalidQuery('$top', `${quoted(text)} is not a whole number above 0.`)
}
