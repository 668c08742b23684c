import { quoted } from '@flowstead/errors'
import { invalidQuery } from './invalid-query.ts'

/** A piece of a filter, with its offset. */
export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'bare' | '(' | ')' | ','
  /** The word, the unquoted text, or the literal as written; empty at the end. */
  readonly text: string
  readonly at: number
}

/** Filters are made by flows from data; a longer one is a mistake. */
const maxLength = 10_000

/** Alternatives in order of trial: dates and GUIDs begin like numbers and words. */
const piece =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<bare>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-]))|(?<number>[+-]?\d+(?:\.\d+)?(?![\w-]))|(?<word>[a-z_][\w.]*)|(?<sign>[(),]))/iy

/** The pieces of a filter. @throws `Connector.ParameterInvalid` at what is none */
export function readTokens(filter: string): Token[] {
  if (filter.length > maxLength) {
    throw invalidQuery('$filter', `A filter has at most ${maxLength} characters, not ${filter.length}.`)
  }
  const tokens: Token[] = []
  const end = filter.trimEnd().length
  for (let at = 0; at < end; ) {
    piece.lastIndex = at
    const found = piece.exec(filter)
    if (found === null)
      throw invalidQuery('$filter', `It cannot be read from ${quoted(filter.slice(at).trimStart())} on.`)
    const [whole] = found
    tokens.push(tokenOf(found.groups ?? {}, at + whole.length - whole.trimStart().length))
    at = piece.lastIndex
  }
  return tokens
}

function tokenOf(groups: Record<string, string | undefined>, at: number): Token {
  const { text, bare, number, word, sign } = groups
  if (text !== undefined) return { kind: 'text', text: text.slice(1, -1).replaceAll("''", "'"), at }
  if (bare !== undefined) return { kind: 'bare', text: bare, at }
  if (number !== undefined) return { kind: 'number', text: number, at }
  if (word !== undefined) return { kind: 'word', text: word, at }
  return { kind: sign as '(' | ')' | ',', text: sign as string, at }
}
