// Walks JSON text token by token without recursion, so that hostile nesting cannot overflow the stack.
// 1. Handlers see a well-formed sequence (every begin they go into has its end) until an error; after it nothing.
// 2. Comments, trailing commas and raw control characters in strings are tolerated and told once.
import { type TokenKind, Tokens } from './tokens.ts'

/** What a walk tells. Offsets are in UTF-16 units. */
export interface JsonHandlers {
  /** False passes over it: what is in it is neither told nor checked. */
  begin(kind: 'object' | 'array', offset: number): boolean
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

/** Walks `text`; the result is `undefined` when all of it was one JSON value. */
export function scanJson(text: string, handlers: JsonHandlers): ScanFailure | undefined {
  return new Walk(text, handlers).run()
}

class Walk {
  readonly #tokens: Tokens
  readonly #handlers: JsonHandlers
  readonly #open: ('object' | 'array')[] = []
  readonly #told = new Set<string>()
  #expected: Expected = 'value'
  #afterComma = false

  constructor(text: string, handlers: JsonHandlers) {
    this.#tokens = new Tokens(text)
    this.#handlers = handlers
  }

  run(): ScanFailure | undefined {
    for (;;) {
      const token = this.#tokens.next()
      if (this.#tokens.broken !== undefined) return this.#failure(this.#tokens.broken)
      if (this.#tokens.hasControl) this.#tolerate('a control character')
      if (token === 'comment') {
        this.#tolerate('a comment')
        continue
      }
      if (token === 'end') {
        return this.#expected === 'nothing' ? undefined : this.#failure('the text ends too early')
      }
      const failure = this.#take(token)
      if (failure !== undefined) return failure
    }
  }

  #take(token: TokenKind): ScanFailure | undefined {
    switch (this.#expected) {
      case 'nothing':
        return this.#failure('there is more text after the end')
      case 'colon':
        if (token !== ':') return this.#failure('a colon is missing')
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

  #takeSeparator(token: TokenKind): ScanFailure | undefined {
    if (token === ',') {
      this.#tookComma()
      return undefined
    }
    return this.#closes(token) ? this.#close() : this.#failure('a comma or a closing bracket is missing')
  }

  #takeKey(token: TokenKind): ScanFailure | undefined {
    if (token === '}') return this.#close()
    if (token !== 'string') return this.#failure('a key in double quotes is missing')
    this.#handlers.key(this.#tokens.value, this.#tokens.offset)
    this.#expected = this.#tokens.takes(':') ? 'value' : 'colon'
    this.#afterComma = false
    return undefined
  }

  #takeValue(token: TokenKind): ScanFailure | undefined {
    const { value, offset } = this.#tokens
    switch (token) {
      case '{':
        return this.#openContainer('object', offset)
      case '[':
        return this.#openContainer('array', offset)
      case ']':
        return this.#expected === 'value-or-end' ? this.#close() : this.#failure('a value is missing')
      case 'string':
      case 'number':
        return this.#scalar(token, value, offset)
      case 'true':
      case 'false':
      case 'null':
        return this.#scalar('word', token, offset)
      default:
        return this.#failure('a value is missing')
    }
  }

  #openContainer(kind: 'object' | 'array', offset: number): ScanFailure | undefined {
    if (this.#open.length >= maxJsonDepth) {
      const message = `The JSON is nested more than ${maxJsonDepth} levels deep.`
      return { code: 'Definition.TooDeep', message, offset }
    }
    if (!this.#handlers.begin(kind, offset)) {
      this.#tokens.skipContainer()
      this.#ended()
      return undefined
    }
    this.#open.push(kind)
    this.#expected = kind === 'object' ? 'key-or-end' : 'value-or-end'
    this.#afterComma = false
    return undefined
  }

  #scalar(kind: 'string' | 'number' | 'word', text: string, offset: number): undefined {
    this.#handlers.scalar(kind, text, offset)
    this.#ended()
  }

  #closes(token: TokenKind): boolean {
    return token === (this.#open.at(-1) === 'object' ? '}' : ']')
  }

  #close(): undefined {
    if (this.#afterComma) this.#tolerate('a trailing comma')
    this.#open.pop()
    this.#handlers.end(this.#tokens.offset)
    this.#ended()
  }

  #ended(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma-or-end'
    this.#afterComma = false
    if (this.#open.length > 0 && this.#tokens.takes(',')) this.#tookComma()
  }

  #tookComma(): void {
    this.#expected = this.#open.at(-1) === 'object' ? 'key-or-end' : 'value-or-end'
    this.#afterComma = true
  }

  #tolerate(what: string): void {
    if (this.#told.has(what)) return
    this.#told.add(what)
    this.#handlers.tolerated?.(what, this.#tokens.offset)
  }

  #failure(reason: string): ScanFailure {
    const { offset } = this.#tokens
    return { code: 'Definition.NotJson', message: `The file is not JSON: ${reason}.`, offset }
  }
}
