/** Date formats of .NET: single letters stand for patterns of the culture, patterns consist of tokens. */
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { boundedFormat } from '../text/bounded-text.ts'
import { type DateCulture, dateCulture } from './date-culture.ts'

/** Letters of one field, or text to be copied. */
export type DateToken =
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'text'; readonly text: string }

/** A format made ready: its tokens and the culture whose names they use. */
export interface DatePattern {
  readonly tokens: readonly DateToken[]
  readonly culture: DateCulture
}

const roundTrip = "yyyy-MM-ddTHH':'mm':'ss.fffffffK"

/** The tokens of a format in a locale. @throws `Expression.Value` for a wrong format or locale */
export function readDatePattern(format: string, locale: string): DatePattern {
  boundedFormat(format)
  const culture = dateCulture(locale)
  const letter = format === '' ? 'G' : format
  if (letter.length > 1) return { tokens: tokensOf(letter, culture), culture }
  if (letter === 'o' || letter === 'O') return invariant(roundTrip)
  if (letter === 'r' || letter === 'R') return invariant("ddd, dd MMM yyyy HH':'mm':'ss 'GMT'")
  if (letter === 's') return invariant("yyyy-MM-ddTHH':'mm':'ss")
  if (letter === 'u') return invariant("yyyy-MM-dd HH':'mm':'ss'Z'")
  return { tokens: tokensOf(standardPattern(letter, culture), culture), culture }
}

function invariant(pattern: string): DatePattern {
  const culture = dateCulture('en-US')
  return { tokens: tokensOf(pattern, culture), culture }
}

function standardPattern(letter: string, culture: DateCulture): string {
  const { shortDate, longDate, shortTime, longTime, monthDay, yearMonth } = culture
  const patterns = new Map([
    ['d', shortDate],
    ['D', longDate],
    ['f', `${longDate} ${shortTime}`],
    ['F', `${longDate} ${longTime}`],
    ['U', `${longDate} ${longTime}`],
    ['g', `${shortDate} ${shortTime}`],
    ['G', `${shortDate} ${longTime}`],
    ['m', monthDay],
    ['M', monthDay],
    ['t', shortTime],
    ['T', longTime],
    ['y', yearMonth],
    ['Y', yearMonth],
  ])
  const pattern = patterns.get(letter)
  if (pattern === undefined) throw wrongFormat(letter)
  return pattern
}

const longest: Readonly<Record<string, number>> = { f: 7, F: 7 }

function tokensOf(format: string, culture: DateCulture): DateToken[] {
  const tokens: DateToken[] = []
  for (let at = 0; at < format.length; ) {
    const [token, next] = tokenAt(format, at, culture)
    tokens.push(token)
    at = next
  }
  return tokens
}

function tokenAt(format: string, at: number, culture: DateCulture): [DateToken, number] {
  const letter = format.charAt(at)
  if (/[dMyhHmsfFtzKg]/.test(letter)) return fieldAt(format, at)
  if (letter === "'" || letter === '"') return quotedAt(format, at)
  if (letter === '\\') {
    if (at + 1 >= format.length) throw wrongFormat(format)
    return [text(format.charAt(at + 1)), at + 2]
  }
  if (letter === '%') {
    const next = format.charAt(at + 1)
    if (next === '' || next === '%') throw wrongFormat(format)
    return tokenAt(format.slice(0, at + 2), at + 1, culture)
  }
  if (letter === ':') return [text(culture.timeSeparator), at + 1]
  if (letter === '/') return [text(culture.dateSeparator), at + 1]
  return [text(letter), at + 1]
}

function fieldAt(format: string, at: number): [DateToken, number] {
  const letter = format.charAt(at)
  let end = at + 1
  if (letter !== 'K') while (format[end] === letter) end += 1
  const count = end - at
  if (count > (longest[letter] ?? 100)) throw wrongFormat(format)
  return [{ kind: 'field', letter, count }, end]
}

function quotedAt(format: string, start: number): [DateToken, number] {
  let content = ''
  for (let at = start + 1; at < format.length; at++) {
    const letter = format.charAt(at)
    if (letter === format[start]) return [text(content), at + 1]
    if (letter === '\\') at += 1
    content += format.charAt(at)
  }
  throw wrongFormat(format)
}

function text(content: string): DateToken {
  return { kind: 'text', text: content }
}

function wrongFormat(format: string) {
  return expressionError('Expression.Value', `${quoted(format)} is not a format of dates.`)
}
