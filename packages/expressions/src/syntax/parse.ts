/**
 * Text to tree. The language has literals, calls, and property access on calls; no operators. White space is
 * free between tokens. The parser recurses once per nesting, bounded by `maxExpressionDepth`.
 */
import { quoted } from '@flowstead/errors'
import { fitsInteger } from '../arithmetic.ts'
import { type ExpressionErrorCode, expressionError } from '../errors.ts'
import { maxExpressionDepth, maxExpressionLength } from '../limits.ts'
import { floatValue, integerValue } from '../numbers.ts'
import { oddCharacter } from './odd-character.ts'
import type { AccessTree, CallTree, LiteralTree, Span, Tree } from './tree.ts'

export interface ParseOptions {
  /** UTF-16 units allowed; default 8,192. */
  readonly maxLength?: number
}

/**
 * The tree of an expression, written without the leading `@`.
 * @throws `Expression.Parse` with the offset, `Expression.Limit` for text too long or too deeply nested.
 */
export function parse(text: string, options: ParseOptions = {}): Tree {
  return parseSpan(text, { start: 0, end: text.length }, options)
}

/** The tree of the expression that fills a span of a longer text; its spans count from the whole text. */
export function parseSpan(text: string, { start, end }: Span, options: ParseOptions = {}): Tree {
  const maxLength = options.maxLength ?? maxExpressionLength
  if (end - start > maxLength)
    throw expressionError('Expression.Limit', `An expression may have at most ${maxLength} characters.`, {
      at: start,
    })
  const parser = new Parser(text, start, end)
  return parser.whole()
}

const numberToken = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
// Names end at characters that only look like spaces or quotes, so that those are named in errors.
const nameToken =
  /[^\s.,(){}@[\]?'\u00ad\u061c\u200b-\u200f\u2018-\u201f\u202a-\u202e\u2032\u2033\u2060\u2066-\u2069]+/y
const words = new Map<string, null | boolean>([
  ['true', true],
  ['false', false],
  ['null', null],
])

class Parser {
  private readonly text: string
  private readonly end: number
  private at: number
  private depth = 0

  constructor(text: string, start: number, end: number) {
    this.text = text
    this.at = start
    this.end = end
  }

  whole(): Tree {
    const tree = this.expression()
    this.skipSpace()
    if (this.at < this.end) throw this.unexpected('The expression should end here', this.hintAfterEnd())
    return tree
  }

  private hintAfterEnd(): string | undefined {
    const closing = this.peek()
    return closing === ')' || closing === ']' ? `There is one ${quoted(closing)} too many.` : undefined
  }

  private expression(): Tree {
    this.depth += 1
    if (this.depth > maxExpressionDepth)
      throw this.error(`Calls may nest at most ${maxExpressionDepth} deep.`, { code: 'Expression.Limit' })
    this.skipSpace()
    const tree = this.primary()
    this.depth -= 1
    return tree
  }

  private primary(): Tree {
    const first = this.peek()
    if (first === "'") return this.string()
    if (first === '"') throw this.error('Texts stand in single quotes, not in double quotes.')
    if (/[\d+.-]/.test(first)) return this.number()
    const start = this.at
    const name = this.token(nameToken)
    if (name === undefined) throw this.unexpected('An expression belongs here')
    this.skipSpace()
    if (this.peek() === '(') return this.accesses(this.call(name, start))
    const word = words.get(name.toLowerCase())
    if (word !== undefined) return { kind: 'literal', value: word, start, end: start + name.length }
    if (oddCharacter(this.peek()) !== undefined) throw this.unexpected('A "(" belongs here')
    this.at = start
    throw this.error(`${quoted(name)} is neither a value nor a call.`)
  }

  private call(name: string, start: number): CallTree {
    this.at += 1
    const args: Tree[] = []
    if (!this.takes(')')) {
      do args.push(this.expression())
      while (this.takes(','))
      if (!this.takes(')'))
        throw this.unexpected(
          'A "," or ")" belongs here',
          `The "(" of ${quoted(`${name}(`)} is not closed yet.`,
        )
    }
    return { kind: 'call', name, args, start, end: this.at }
  }

  private accesses(call: CallTree): CallTree | AccessTree {
    let target: CallTree | AccessTree = call
    let next = this.access(target)
    while (next !== undefined) {
      target = next
      next = this.access(target)
    }
    return target
  }

  private access(target: CallTree | AccessTree): AccessTree | undefined {
    const start = target.start
    const isOptional = this.takes('?')
    if (this.takes('.')) {
      const key = this.property()
      return { kind: 'access', target, style: 'dot', isOptional, key, start, end: this.at }
    }
    if (this.takes('[')) {
      const key = this.expression()
      if (!this.takes(']'))
        throw this.unexpected('A "]" belongs here', 'The "[" before it is not closed yet.')
      return { kind: 'access', target, style: 'bracket', isOptional, key, start, end: this.at }
    }
    if (isOptional) throw this.unexpected('A "?" is followed by "." or "["; one of them belongs here')
    return undefined
  }

  private property(): LiteralTree {
    this.skipSpace()
    const start = this.at
    const name = this.token(nameToken)
    if (name === undefined) throw this.unexpected('The name of a property belongs here')
    return { kind: 'literal', value: name, start, end: this.at }
  }

  private string(): LiteralTree {
    const start = this.at
    let value = ''
    let from = start + 1
    for (;;) {
      const quote = this.text.indexOf("'", from)
      if (quote < 0 || quote >= this.end) throw this.unclosed(start)
      value += this.text.slice(from, quote)
      this.at = quote + 1
      if (this.peek() !== "'") break
      value += "'"
      from = this.at + 1
    }
    return { kind: 'literal', value, start, end: this.at }
  }

  private number(): LiteralTree {
    const start = this.at
    const token = this.token(numberToken)
    if (token === undefined) throw this.error('This is not a number.')
    if (this.at < this.end && !/[\s,)\]}]/.test(this.peek())) throw this.unexpected('A number ends here')
    return { kind: 'literal', value: this.numberValue(token, start), start, end: this.at }
  }

  private numberValue(token: string, start: number): LiteralTree['value'] {
    if (/[.eE]/.test(token)) {
      const double = Number(token)
      if (Number.isFinite(double)) return floatValue(double)
    } else {
      const integer = BigInt(token.startsWith('+') ? token.slice(1) : token)
      if (fitsInteger(integer)) return integerValue(integer)
    }
    this.at = start
    throw this.error('The number is out of range.')
  }

  private token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const token = pattern.exec(this.text)?.[0].slice(0, this.end - this.at)
    if (token === undefined || token === '') return undefined
    this.at += token.length
    return token
  }

  private takes(mark: string): boolean {
    this.skipSpace()
    if (this.peek() !== mark) return false
    this.at += 1
    return true
  }

  private peek(): string {
    return this.at < this.end ? (this.text[this.at] ?? '') : ''
  }

  private skipSpace(): void {
    for (; this.at < this.end; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return
    }
  }

  private unclosed(start: number) {
    const curly = /[\u2018\u2019]/.exec(this.text.slice(start, this.end))
    const hint =
      curly === null ? undefined : `A curly quote (${curly[0]}) does not close it; a straight one (') does.`
    this.at = start
    return this.error('The text that opens here is not closed.', { hint })
  }

  private unexpected(what: string, hint?: string) {
    const found = this.peek()
    const odd = oddCharacter(found)
    if (odd !== undefined) return this.error(`There is ${odd.name} here.`, { hint: odd.hint })
    return this.error(`${what}, but there is ${found === '' ? 'nothing more' : quoted(found)}.`, { hint })
  }

  private error(message: string, { code = 'Expression.Parse', hint }: Details = {}) {
    return expressionError(code, message, { at: this.at, hint })
  }
}

interface Details {
  readonly code?: ExpressionErrorCode
  readonly hint?: string | undefined
}
