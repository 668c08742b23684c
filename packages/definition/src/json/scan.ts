// Walks JSON text token by token without recursion, so that hostile nesting cannot overflow the stack.
// 1. Handlers see a well-formed sequence (every begin has its end) until an error; after an error nothing.
// 2. Comments, trailing commas and raw control characters in strings are tolerated and told once.
import { createScanner, type JSONScanner } from 'jsonc-parser'

// The library declares its numbers as ambient const enums, which isolated modules cannot use.
const SyntaxKind = {
  OpenBraceToken: 1,
  CloseBraceToken: 2,
  OpenBracketToken: 3,
  CloseBracketToken: 4,
  CommaToken: 5,
  ColonToken: 6,
  NullKeyword: 7,
  TrueKeyword: 8,
  FalseKeyword: 9,
  StringLiteral: 10,
  NumericLiteral: 11,
  LineCommentTrivia: 12,
  BlockCommentTrivia: 13,
  LineBreakTrivia: 14,
  Trivia: 15,
  EOF: 17,
} as const
const noScanError = 0
const invalidCharacter = 6

/** What a walk tells. Offsets are in UTF-16 units. */
export interface JsonHandlers {
  begin(kind: 'object' | 'array', offset: number): void
  key(name: string, offset: number): void
  /** `text` is the decoded string, or the source text of a number, `true`, `false`, `null`. */
  scalar(kind: 'string' | 'number' | 'word', text: string, offset: number): void
  end(offset: number): void
  tolerated?(what: string, offset: number): void
}

/** Why a walk stopped. */
export interface ScanFailure {
  readonly code: 'Definition.NotJson' | 'Definition.TooDeep'
  readonly message: string
  readonly offset: number
}

/** Objects and arrays inside each other that a file may have. */
export const maxJsonDepth = 500

type Expected = 'value' | 'value-or-end' | 'key-or-end' | 'key' | 'colon' | 'comma-or-end' | 'nothing'

/** By the number of the library's scan error. */
const scanErrors: Readonly<Record<number, string>> = {
  1: 'a comment has no end',
  2: 'a string has no end',
  3: 'a number has no end',
  4: 'a string has a broken \\u escape',
  5: 'a string has an unknown escape',
}

/** Walks `text`; the result is `undefined` when all of it was one JSON value. */
export function scanJson(text: string, handlers: JsonHandlers): ScanFailure | undefined {
  return new Walk(text, handlers).run()
}

class Walk {
  readonly #scanner: JSONScanner
  readonly #handlers: JsonHandlers
  readonly #open: ('object' | 'array')[] = []
  readonly #told = new Set<string>()
  #expected: Expected = 'value'
  #afterComma = false

  constructor(text: string, handlers: JsonHandlers) {
    this.#scanner = createScanner(text, false)
    this.#handlers = handlers
  }

  run(): ScanFailure | undefined {
    for (;;) {
      const token = this.#nextToken()
      const broken = scanErrors[this.#scanner.getTokenError()]
      if (broken !== undefined) return this.#failure(broken)
      if (Number(this.#scanner.getTokenError()) === invalidCharacter) this.#tolerate('a control character')
      if (token === SyntaxKind.EOF) {
        return this.#expected === 'nothing' ? undefined : this.#failure('the text ends too early')
      }
      const failure = this.#take(token)
      if (failure !== undefined) return failure
    }
  }

  #nextToken(): number {
    for (;;) {
      const token: number = this.#scanner.scan()
      if (token === SyntaxKind.LineCommentTrivia || token === SyntaxKind.BlockCommentTrivia) {
        if (Number(this.#scanner.getTokenError()) !== noScanError) return token
        this.#tolerate('a comment')
      } else if (token !== SyntaxKind.Trivia && token !== SyntaxKind.LineBreakTrivia) {
        return token
      }
    }
  }

  #take(token: number): ScanFailure | undefined {
    switch (this.#expected) {
      case 'nothing':
        return this.#failure('there is more text after the end')
      case 'colon':
        if (token !== SyntaxKind.ColonToken) return this.#failure('a colon is missing')
        this.#expected = 'value'
        return undefined
      case 'comma-or-end':
        return this.#takeSeparator(token)
      case 'key':
      case 'key-or-end':
        return this.#takeKey(token)
      default:
        return this.#takeValue(token)
    }
  }

  #takeSeparator(token: number): ScanFailure | undefined {
    if (token === SyntaxKind.CommaToken) {
      this.#expected = this.#open.at(-1) === 'object' ? 'key-or-end' : 'value-or-end'
      this.#afterComma = true
      return undefined
    }
    return this.#closes(token) ? this.#close() : this.#failure('a comma or a closing bracket is missing')
  }

  #takeKey(token: number): ScanFailure | undefined {
    if (token === SyntaxKind.CloseBraceToken) return this.#close()
    if (token !== SyntaxKind.StringLiteral) return this.#failure('a key in double quotes is missing')
    this.#handlers.key(this.#scanner.getTokenValue(), this.#scanner.getTokenOffset())
    this.#expected = 'colon'
    this.#afterComma = false
    return undefined
  }

  #takeValue(token: number): ScanFailure | undefined {
    const offset = this.#scanner.getTokenOffset()
    switch (token) {
      case SyntaxKind.OpenBraceToken:
        return this.#openContainer('object', offset)
      case SyntaxKind.OpenBracketToken:
        return this.#openContainer('array', offset)
      case SyntaxKind.CloseBracketToken:
        return this.#expected === 'value-or-end' ? this.#close() : this.#failure('a value is missing')
      case SyntaxKind.StringLiteral:
        return this.#scalar('string', offset)
      case SyntaxKind.NumericLiteral:
        return this.#scalar('number', offset)
      case SyntaxKind.TrueKeyword:
      case SyntaxKind.FalseKeyword:
      case SyntaxKind.NullKeyword:
        return this.#scalar('word', offset)
      default:
        return this.#failure('a value is missing')
    }
  }

  #openContainer(kind: 'object' | 'array', offset: number): ScanFailure | undefined {
    if (this.#open.length >= maxJsonDepth) {
      const message = `The JSON is nested more than ${maxJsonDepth} levels deep.`
      return { code: 'Definition.TooDeep', message, offset }
    }
    this.#open.push(kind)
    this.#handlers.begin(kind, offset)
    this.#expected = kind === 'object' ? 'key-or-end' : 'value-or-end'
    this.#afterComma = false
    return undefined
  }

  #scalar(kind: 'string' | 'number' | 'word', offset: number): undefined {
    this.#handlers.scalar(kind, this.#scanner.getTokenValue(), offset)
    this.#ended()
  }

  #closes(token: number): boolean {
    return (
      token === (this.#open.at(-1) === 'object' ? SyntaxKind.CloseBraceToken : SyntaxKind.CloseBracketToken)
    )
  }

  #close(): undefined {
    if (this.#afterComma) this.#tolerate('a trailing comma')
    this.#open.pop()
    this.#handlers.end(this.#scanner.getTokenOffset())
    this.#ended()
  }

  #ended(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma-or-end'
    this.#afterComma = false
  }

  #tolerate(what: string): void {
    if (this.#told.has(what)) return
    this.#told.add(what)
    this.#handlers.tolerated?.(what, this.#scanner.getTokenOffset())
  }

  #failure(reason: string): ScanFailure {
    const offset = this.#scanner.getTokenOffset()
    return { code: 'Definition.NotJson', message: `The file is not JSON: ${reason}.`, offset }
  }
}
