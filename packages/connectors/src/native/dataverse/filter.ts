// Reads the OData filters that flows write into a predicate. Recursive descent, `or` above `and` above `not`:
// 1. A column is compared only with a literal of its type; null compares with eq and ne only.
// 2. Texts and ids are compared without regard to letter case, as Dataverse does.
// 3. What cannot be read is refused with its place: a filter that is half understood would give wrong rows.
import { quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type { KeptFlow } from '../flow-directory.ts'
import { readTokens, type Token } from './filter-tokens.ts'
import { invalidQuery } from './invalid-query.ts'
import { compareValues } from './order.ts'
import { type Column, columnNamed } from './workflows-table.ts'

export type Predicate = (kept: KeptFlow) => boolean

/** Parentheses and `not` inside one another. */
const maxDepth = 50

/** The rows a filter lets through. @throws `Connector.ParameterInvalid` */
export function readFilter(filter: string): Predicate {
  const reading: Reading = { tokens: readTokens(filter), next: 0, depth: 0 }
  const predicate = readOr(reading)
  const rest = reading.tokens[reading.next]
  if (rest !== undefined) throw unexpected(rest, '"and", "or" or the end')
  return predicate
}

interface Reading {
  readonly tokens: readonly Token[]
  next: number
  depth: number
}

function readOr(reading: Reading): Predicate {
  const parts = [readAnd(reading)]
  while (takeWord(reading, 'or')) parts.push(readAnd(reading))
  return (kept) => parts.some((part) => part(kept))
}

function readAnd(reading: Reading): Predicate {
  const parts = [readNot(reading)]
  while (takeWord(reading, 'and')) parts.push(readNot(reading))
  return (kept) => parts.every((part) => part(kept))
}

function readNot(reading: Reading): Predicate {
  if (!takeWord(reading, 'not')) return readPrimary(reading)
  const inner = deeper(reading, readNot)
  return (kept) => !inner(kept)
}

function deeper(reading: Reading, read: (reading: Reading) => Predicate): Predicate {
  reading.depth += 1
  if (reading.depth > maxDepth) throw invalidQuery('$filter', `It nests deeper than ${maxDepth} levels.`)
  const predicate = read(reading)
  reading.depth -= 1
  return predicate
}

function readPrimary(reading: Reading): Predicate {
  const token = take(reading, 'a column, a function or "("')
  if (token.kind === '(') {
    const inner = deeper(reading, readOr)
    expectSign(reading, ')')
    return inner
  }
  if (token.kind !== 'word') throw unexpected(token, 'a column, a function or "("')
  if (reading.tokens[reading.next]?.kind === '(') return readFunction(reading, token)
  return readComparison(reading, columnNamed(token.text, '$filter'))
}

const textFunctions: ReadonlyMap<string, (text: string, part: string) => boolean> = new Map([
  ['contains', (text, part) => text.includes(part)],
  ['endswith', (text, part) => text.endsWith(part)],
  ['startswith', (text, part) => text.startsWith(part)],
])

function readFunction(reading: Reading, name: Token): Predicate {
  const test = textFunctions.get(name.text.toLowerCase())
  if (test === undefined) {
    throw invalidQuery(
      '$filter',
      `There is no function ${quoted(name.text)}; there are ${[...textFunctions.keys()].join(', ')}.`,
    )
  }
  expectSign(reading, '(')
  const column = columnNamed(take(reading, 'a column').text, '$filter')
  expectSign(reading, ',')
  const part = take(reading, 'a text in quotes')
  if (part.kind !== 'text') throw unexpected(part, 'a text in quotes')
  expectSign(reading, ')')
  if (column.type !== 'text') throw mismatch(column, 'searched for a text')
  const wanted = part.text.toLowerCase()
  return (kept) => {
    const value = column.read(kept)
    return typeof value === 'string' && test(value.toLowerCase(), wanted)
  }
}

type Comparison = (difference: number) => boolean

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['eq', (difference) => difference === 0],
  ['ne', (difference) => difference !== 0],
  ['gt', (difference) => difference > 0],
  ['ge', (difference) => difference >= 0],
  ['lt', (difference) => difference < 0],
  ['le', (difference) => difference <= 0],
])

function readComparison(reading: Reading, column: Column): Predicate {
  const operators = [...comparisons.keys()].join(', ')
  const operator = take(reading, operators)
  const compare = comparisons.get(operator.kind === 'word' ? operator.text.toLowerCase() : '')
  if (compare === undefined) throw unexpected(operator, operators)
  const literal = literalFor(column, take(reading, 'a value'))
  const isEquality = ['eq', 'ne'].includes(operator.text.toLowerCase())
  if (literal === null && !isEquality) throw mismatch(column, `compared with null by ${operator.text}`)
  return (kept) => {
    const value = column.type === 'date' ? instantOf(column.read(kept)) : column.read(kept)
    // An order with nothing is never true; equality with nothing has an answer.
    return value === null && !isEquality ? false : compare(compareValues(value, literal))
  }
}

/** The value a literal stands for in comparisons with a column; dates are ms since the epoch. */
function literalFor(column: Column, { kind, text, at }: Token): Value {
  if (kind === 'word' && text.toLowerCase() === 'null') return null
  if (column.type === 'number' && kind === 'number') return Number(text)
  if (column.type === 'text' && kind === 'text') return text
  if (column.type === 'id' && (kind === 'text' || kind === 'bare')) return text
  const instant = column.type === 'date' && (kind === 'text' || kind === 'bare') ? instantOf(text) : null
  if (instant !== null) return instant
  if (kind === '(' || kind === ')' || kind === ',') throw unexpected({ kind, text, at }, 'a value')
  throw mismatch(column, `compared with ${quoted(text)}`)
}

function instantOf(text: Value): number | null {
  const instant = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(instant) ? null : instant
}

const kindNames = { text: 'texts in quotes', id: 'ids', number: 'numbers', date: 'dates' } as const

function mismatch(column: Column, what: string) {
  return invalidQuery(
    '$filter',
    `The column "${column.name}" holds ${kindNames[column.type]}; it cannot be ${what}.`,
  )
}

function takeWord(reading: Reading, word: string): boolean {
  const token = reading.tokens[reading.next]
  if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false
  reading.next += 1
  return true
}

function take(reading: Reading, wanted: string): Token {
  const token = reading.tokens[reading.next]
  if (token === undefined) throw invalidQuery('$filter', `It ends where ${wanted} should stand.`)
  reading.next += 1
  return token
}

function expectSign(reading: Reading, sign: Token['kind']): void {
  const token = take(reading, `"${sign}"`)
  if (token.kind !== sign) throw unexpected(token, `"${sign}"`)
}

function unexpected({ text, at }: Token, wanted: string) {
  return invalidQuery('$filter', `At position ${at + 1} there is ${quoted(text)} instead of ${wanted}.`)
}
