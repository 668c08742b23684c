import { compareNumbers } from '../arithmetic.ts'
import { findKey } from '../compile/property.ts'
import { equalValues, identityText } from '../equal-values.ts'
import { expressionError } from '../errors.ts'
import { maxRangeCount } from '../limits.ts'
import { isNumber } from '../numbers.ts'
import { printValue } from '../print-value.ts'
import { boundedItems, joinTexts, replaceAll } from '../text/bounded-text.ts'
import { countParts, firstPart, lastPart } from '../text/split-parts.ts'
import { isObject, type ObjectValue, setOwn, typeName, type Value } from '../value.ts'
import { define } from './function-row.ts'

function contains(collection: string | Value[] | ObjectValue, value: Value): boolean {
  if (Array.isArray(collection)) return collection.some((item) => equalValues(item, value))
  if (typeof value !== 'string')
    throw expressionError(
      'Expression.Type',
      `A string was expected; the value given is of type ${typeName(value)}.`,
    )
  return typeof collection === 'string' ? collection.includes(value) : Object.hasOwn(collection, value)
}

function isEmpty(collection: string | Value[] | ObjectValue | null): boolean {
  if (collection === null) return true
  return isObject(collection) ? Object.keys(collection).length === 0 : collection.length === 0
}

/** The arguments as all arrays or all objects. @throws `Expression.Type` when they are mixed */
function sameKind(collections: (Value[] | ObjectValue)[]): Value[][] | ObjectValue[] {
  if (collections.every(Array.isArray)) return collections as Value[][]
  if (collections.every(isObject)) return collections
  throw expressionError('Expression.Type', 'All collections must be arrays, or all must be objects.')
}

function areArrays(collections: Value[][] | ObjectValue[]): collections is Value[][] {
  return Array.isArray(collections[0])
}

function distinct(items: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const identity = identityText(item)
    return seen.has(identity) ? false : seen.add(identity)
  })
}

function union(...given: (Value[] | ObjectValue)[]): Value {
  const collections = sameKind(given)
  if (areArrays(collections)) return distinct(collections.flat(1))
  const merged: ObjectValue = {}
  for (const object of collections)
    for (const key of Object.keys(object)) setOwn(merged, key, object[key] as Value)
  return merged
}

function intersection(...given: (Value[] | ObjectValue)[]): Value {
  const collections = sameKind(given)
  if (areArrays(collections)) {
    const [first = [], ...rest] = collections
    const others = rest.map((items) => new Set(items.map(identityText)))
    return distinct(first).filter((item) => others.every((other) => other.has(identityText(item))))
  }
  const [first = {}, ...rest] = collections
  const common: ObjectValue = {}
  for (const [key, value] of Object.entries(first))
    if (rest.every((other) => Object.hasOwn(other, key) && equalValues(other[key] as Value, value)))
      setOwn(common, key, value)
  return common
}

/** Order among kinds that `sort` puts side by side. */
function rank(value: Value): number {
  if (value === null) return 0
  if (typeof value === 'boolean') return 1
  if (isNumber(value)) return 2
  if (typeof value === 'string') return 3
  throw expressionError('Expression.Type', `Values of type ${typeName(value)} have no order.`)
}

function compareForSort(a: Value, b: Value): number {
  const difference = rank(a) - rank(b)
  if (difference !== 0) return difference
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1
  return Number(a) - Number(b)
}

function sort(items: Value[], key?: string): Value[] {
  const keyed = items.map((item) => ({ item, by: key === undefined ? item : sortKey(item, key) }))
  return keyed.sort((a, b) => compareForSort(a.by, b.by)).map(({ item }) => item)
}

function sortKey(item: Value, key: string): Value {
  if (!isObject(item))
    throw expressionError(
      'Expression.Type',
      `Objects can be sorted by a key; an item is of type ${typeName(item)}.`,
    )
  const found = findKey(item, key)
  return found === undefined ? null : (item[found] as Value)
}

function chunk(collection: string | Value[], size: number | bigint): Value[] {
  const length = Number(size)
  if (length < 1) throw expressionError('Expression.Value', 'The length of a chunk must be at least 1.')
  boundedItems(collection.length / length)
  const chunks: Value[] = []
  for (let at = 0; at < collection.length; at += length) chunks.push(collection.slice(at, at + length))
  return chunks
}

function notNegative(count: number): number {
  if (count >= 0) return count
  throw expressionError('Expression.Value', 'The count must not be negative.')
}

/** Functions over arrays, objects and text. */
export const collectionFunctions = define('collection', {
  length: {
    args: ['collection: string | array'],
    result: 'integer',
    description: 'The number of characters of a text or of items of an array.',
    examples: [["length('abcd')", 4]],
    keeps: false,
    call: (collection: string | Value[]) => collection.length,
    shortcuts: { split: countParts },
  },
  empty: {
    args: ['collection: string | array | object | null'],
    result: 'boolean',
    description: 'Whether a text, array or object is empty; null is.',
    examples: [["empty('')", true]],
    keeps: false,
    call: isEmpty,
  },
  contains: {
    args: ['collection: string | array | object', 'value: any'],
    result: 'boolean',
    description: 'Whether a text has a part, an array an item, or an object a key; with regard to case.',
    examples: [["contains('hello world', 'world')", true]],
    keeps: false,
    call: contains,
  },
  first: {
    args: ['collection: string | array'],
    result: 'any',
    description: 'The first item or character; null or an empty text when there is none.',
    examples: [
      ['first(createArray(4, 5))', 4],
      ["first('hello')", 'h'],
    ],
    keeps: false,
    call: (collection: string | Value[]) =>
      typeof collection === 'string' ? collection.slice(0, 1) : (collection[0] ?? null),
    shortcuts: { split: firstPart },
  },
  last: {
    args: ['collection: string | array'],
    result: 'any',
    description: 'The last item or character; null or an empty text when there is none.',
    examples: [['last(createArray(4, 5))', 5]],
    keeps: false,
    call: (collection: string | Value[]) =>
      typeof collection === 'string' ? collection.slice(-1) : (collection[collection.length - 1] ?? null),
    shortcuts: { split: lastPart },
  },
  join: {
    args: ['items: array', 'delimiter: string'],
    result: 'string',
    description: 'All items as one text with a delimiter between them.',
    examples: [["join(createArray('a', 'b'), '.')", 'a.b']],
    keeps: false,
    call: (items: Value[], delimiter: string) => joinTexts(items.map(printValue), delimiter),
    shortcuts: {
      split: (text: string, old: string, delimiter: string) =>
        old === '' ? text : replaceAll(text, old, delimiter),
    },
  },
  union: {
    args: ['collection: array | object', '...collections?: array | object'],
    result: 'array | object',
    description: 'All items of arrays without repetition, or all properties of objects, where the last wins.',
    examples: [['union(createArray(1, 2), createArray(2, 3))', [1, 2, 3]]],
    keeps: false,
    call: union,
  },
  intersection: {
    args: ['collection: array | object', '...collections?: array | object'],
    result: 'array | object',
    description:
      'The items that all arrays have, or the properties that all objects have with the same value.',
    examples: [['intersection(createArray(1, 2), createArray(2, 3))', [2]]],
    keeps: false,
    call: intersection,
  },
  reverse: {
    args: ['items: array'],
    result: 'array',
    description: 'The items from last to first.',
    examples: [['reverse(createArray(1, 2))', [2, 1]]],
    keeps: false,
    call: (items: Value[]) => [...items].reverse(),
  },
  skip: {
    args: ['items: array', 'count: integer'],
    result: 'array',
    description: 'The items without the first ones.',
    examples: [['skip(createArray(1, 2, 3), 1)', [2, 3]]],
    keeps: false,
    call: (items: Value[], count: number) => items.slice(Number(notNegative(count))),
  },
  take: {
    args: ['collection: string | array', 'count: integer'],
    result: 'string | array',
    description: 'The first items or characters.',
    examples: [["take('abcde', 3)", 'abc']],
    keeps: false,
    call: (collection: string | Value[], count: number) => collection.slice(0, Number(notNegative(count))),
  },
  chunk: {
    args: ['collection: string | array', 'length: integer'],
    result: 'array',
    description: 'The collection in pieces of a length; the last may be shorter.',
    examples: [["chunk('abcde', 2)", ['ab', 'cd', 'e']]],
    keeps: false,
    call: chunk,
  },
  sort: {
    args: ['items: array', 'key?: string'],
    result: 'array',
    description: 'The items in ascending order, objects by a key.',
    examples: [['sort(createArray(2, 1, 3))', [1, 2, 3]]],
    keeps: false,
    call: sort,
  },
  createArray: {
    args: ['item: any', '...items?: any'],
    result: 'array',
    description: 'An array of the values.',
    examples: [["createArray('h', 1)", ['h', 1]]],
    call: (...items: Value[]) => items,
  },
  range: {
    args: ['start: integer', 'count: integer'],
    result: 'array',
    description: 'Consecutive integers from a start; at most 100,000.',
    examples: [['range(1, 4)', [1, 2, 3, 4]]],
    call: range,
  },
})

function range(start: number, count: number): Value[] {
  if (count < 0 || count > maxRangeCount)
    throw expressionError('Expression.Value', `The count must be from 0 to ${maxRangeCount}.`)
  if (Number(start) + count > 2_147_483_647)
    throw expressionError('Expression.Value', 'The range must end at 2,147,483,647 or before.')
  return Array.from({ length: count }, (_, index) => Number(start) + index)
}
