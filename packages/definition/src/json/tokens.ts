// Cuts JSON text into tokens, comments and all. Definitions are read over and over (the model, the places of findings)
// and most of a text is white space and strings, so the engine's own searches pass over these, not a loop of ours.

export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'comment'
  | 'unknown'
  | 'end'

const quote = 0x22
const backslash = 0x5c
const slash = 0x2f
const openBrace = 0x7b
const openBracket = 0x5b
const asterisk = 0x2a
const minus = 0x2d
const plus = 0x2b
const dot = 0x2e
const lineFeed = 0x0a
const carriageReturn = 0x0d

const signs: ReadonlyMap<number, TokenKind> = new Map(
  (['{', '}', '[', ']', ':', ','] as const).map((sign) => [sign.charCodeAt(0), sign]),
)
const words: ReadonlySet<string> = new Set(['true', 'false', 'null'] satisfies TokenKind[])

/** What comes before the space. */
const control = /[^ -\uffff]/

/** Reads one token after another; white space is passed over. */
export class Tokens {
  /** Where the token begins, in UTF-16 units. */
  offset = 0
  /** The decoded string, or the source text of a number. */
  value = ''
  /** Why the token cannot be read as JSON, although it is clear what is meant. */
  broken: string | undefined
  /** Whether a string has control characters in it. */
  hasControl = false
  readonly #text: string
  readonly #solid = /[^ \t\r\n]/g
  readonly #mark = /["/{}[\]]/g
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): TokenKind {
    const unit = this.#skipSpace()
    this.offset = this.#at
    this.broken = undefined
    this.hasControl = false
    if (unit === quote) return this.#string()
    const sign = signs.get(unit)
    if (sign !== undefined) {
      this.#at += 1
      return sign
    }
    if (unit === minus || isDigit(unit)) return this.#number()
    if (this.#at >= this.#text.length) return 'end'
    return unit === slash ? this.#comment() : this.#word()
  }

  /** Takes a sign if it is what comes next. */
  takes(sign: ':' | ','): boolean {
    if (this.#skipSpace() !== sign.charCodeAt(0)) return false
    this.#at += 1
    return true
  }

  /** Passes over the rest of a container whose bracket was just read; it is well-formed. */
  skipContainer(): void {
    const text = this.#text
    const mark = this.#mark
    for (let depth = 1; depth > 0; ) {
      mark.lastIndex = this.#at
      if (!mark.test(text)) {
        this.#at = text.length
        return
      }
      this.#at = mark.lastIndex
      const unit = text.charCodeAt(this.#at - 1)
      if (unit === quote) this.#skipString()
      else if (unit === slash) this.#skipComment()
      else depth += unit === openBrace || unit === openBracket ? 1 : -1
    }
  }

  /** To behind the next quote that is not escaped. */
  #skipString(): void {
    const text = this.#text
    for (;;) {
      const end = text.indexOf('"', this.#at)
      if (end < 0) {
        this.#at = text.length
        return
      }
      let before = end - 1
      while (before >= this.#at && text.charCodeAt(before) === backslash) before -= 1
      this.#at = end + 1
      if ((end - before) % 2 === 1) return
    }
  }

  #skipComment(): void {
    this.#at -= 1
    this.#comment()
  }

  #skipSpace(): number {
    const unit = this.#text.charCodeAt(this.#at)
    if (unit > 0x20 || Number.isNaN(unit)) return unit
    this.#solid.lastIndex = this.#at
    this.#at = this.#solid.test(this.#text) ? this.#solid.lastIndex - 1 : this.#text.length
    return this.#text.charCodeAt(this.#at)
  }

  #string(): TokenKind {
    const start = this.#at + 1
    const end = this.#text.indexOf('"', start)
    const value = end < 0 ? '\\' : this.#text.slice(start, end)
    this.#at = start
    if (value.includes('\\') || control.test(value)) return this.#oddString()
    this.value = value
    this.#at = end + 1
    return 'string'
  }

  /** A string with escapes, with control characters, or without an end. */
  #oddString(): TokenKind {
    const text = this.#text
    let start = this.#at
    let decoded = ''
    for (;;) {
      const unit = text.charCodeAt(this.#at)
      if (unit === quote) {
        this.value = decoded + text.slice(start, this.#at)
        this.#at += 1
        return 'string'
      }
      if (unit === backslash) {
        decoded += text.slice(start, this.#at) + this.#escape()
        start = this.#at
      } else if (unit >= 0x20) this.#at += 1
      else if (this.#at >= text.length || unit === lineFeed || unit === carriageReturn) {
        this.broken = 'a string has no end'
        return 'string'
      } else {
        this.hasControl = true
        this.#at += 1
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1]
    this.#at += 2
    switch (letter) {
      case '"':
      case '\\':
      case '/':
        return letter
      case 'b':
        return '\b'
      case 'f':
        return '\f'
      case 'n':
        return '\n'
      case 'r':
        return '\r'
      case 't':
        return '\t'
      case 'u':
        return this.#unicode()
      default:
        this.broken = 'a string has an unknown escape'
        return ''
    }
  }

  #unicode(): string {
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (/^[0-9a-f]{4}$/i.test(digits)) {
      this.#at += 4
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    this.broken = 'a string has a broken \\u escape'
    return ''
  }

  #number(): TokenKind {
    const text = this.#text
    if (text.charCodeAt(this.#at) === minus) this.#at += 1
    if (!isDigit(text.charCodeAt(this.#at))) return 'unknown'
    if (text[this.#at] === '0') this.#at += 1
    else this.#digits()
    if (text.charCodeAt(this.#at) === dot) {
      this.#at += 1
      this.#digits()
    }
    if (text[this.#at] === 'e' || text[this.#at] === 'E') {
      this.#at += 1
      const unit = text.charCodeAt(this.#at)
      if (unit === plus || unit === minus) this.#at += 1
      this.#digits()
    }
    this.value = text.slice(this.offset, this.#at)
    return 'number'
  }

  #digits(): void {
    const start = this.#at
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at += 1
    if (this.#at === start) this.broken = 'a number has no end'
  }

  #comment(): TokenKind {
    const text = this.#text
    const second = text.charCodeAt(this.#at + 1)
    if (second === slash) {
      while (this.#at < text.length && !isLineBreak(text.charCodeAt(this.#at))) this.#at += 1
      return 'comment'
    }
    if (second !== asterisk) {
      this.#at += 1
      return 'unknown'
    }
    const end = text.indexOf('*/', this.#at + 2)
    this.#at = end < 0 ? text.length : end + 2
    if (end < 0) this.broken = 'a comment has no end'
    return 'comment'
  }

  /** Everything up to white space or a sign. */
  #word(): TokenKind {
    const text = this.#text
    while (this.#at < text.length && !endsWord(text.charCodeAt(this.#at))) this.#at += 1
    const word = text.slice(this.offset, this.#at)
    return words.has(word) ? (word as TokenKind) : 'unknown'
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

function isLineBreak(unit: number): boolean {
  return unit === lineFeed || unit === carriageReturn
}

function endsWord(unit: number): boolean {
  return (
    unit === 0x20 || unit === 0x09 || isLineBreak(unit) || unit === quote || unit === slash || signs.has(unit)
  )
}
