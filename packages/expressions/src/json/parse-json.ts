/**
 * Reads JSON text without losing numbers.
 *
 * Nearly all JSON holds no number that a double would change. One scan of the text proves that, and
 * `JSON.parse` does the work; otherwise the reader below does.
 *
 * 1. An integer beyond 2^53 becomes `bigint`, `5.0` and `1e2` become `WholeFloat`, a fraction whose text a
 *    double does not give back (`1.10`, 20 digits) becomes `Decimal`; everything else is a plain number.
 * 2. `<digits>E-<scale>` is a `Decimal`: `printJson` writes it where the plain text would read as a float.
 * 3. `{"$number":"NaN"}` (or Infinity, -Infinity) is that float; `printJson` writes the `$` of such a key in
 *    data as an escape, so data never turns into a number.
 * 4. Nesting beyond the limit is `Expression.Limit` before anything recurses.
 */
import { type ExpressionErrorCode, expressionError } from '../errors.ts'
import { maxJsonDepth, maxNumberLength } from '../limits.ts'
import { Decimal, floatValue, integerValue } from '../numbers.ts'
import { type ObjectValue, setOwn, type Value } from '../value.ts'

export interface ParseJsonOptions {
  /** Arrays and objects inside one another; default 2,000. */
  readonly maxDepth?: number
  /**
   * `platform` reads as the function `json` does: a name that repeats takes its last place, and a string may
   * hold line breaks and other control characters. Default `strict`.
   */
  readonly manner?: 'strict' | 'platform'
}

/**
 * The value of a JSON text.
 * @throws `Expression.Value` with the offset when the text is not JSON, `Expression.Limit` when it nests too deeply.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): Value {
  const { maxDepth = maxJsonDepth, manner = 'strict' } = options
  const { isPlain, names } = scan(text, maxDepth)
  if (isPlain) {
    try {
      const value = JSON.parse(text) as Value
      if (manner === 'strict' || names === 0 || countNames(value) === names) return value
    } catch {
      // The careful reader finds the offset; the message of JSON.parse would quote the text.
    }
  }
  return new Reader(text, maxDepth, manner).read()
}

/** Names in all objects of a value: fewer than the text has when one repeats. */
function countNames(value: Value): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countNames(item)
    return count
  }
  const object = value as ObjectValue
  for (const key of Object.keys(object)) count += 1 + countNames(object[key] as Value)
  return count
}

const quote = 34
const backslash = 92
const colon = 58

interface Scanned {
  /** Whether `JSON.parse` gives what the careful reader would give. */
  readonly isPlain: boolean
  /** Names of members. */
  readonly names: number
}

function scan(text: string, maxDepth: number): Scanned {
  let depth = 0
  let names = 0
  let isPlain = true
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      const end = endOfString(text, at)
      if (end < 0) return { isPlain: false, names }
      if (end - at === 9 && text.startsWith('$number', at + 1)) isPlain = false
      at = end
    } else if (startsNumber(code)) {
      const end = endOfNumber(text, at)
      isPlain = isPlain && isPlainNumber(text, at, end)
      at = end
    } else {
      if (code === colon) names += 1
      depth += depthChange(code)
      if (depth > maxDepth) throw tooDeep(at)
      at += 1
    }
  }
  return { isPlain, names }
}

function startsNumber(code: number): boolean {
  return code === 45 || (code >= 48 && code <= 57)
}

function depthChange(code: number): number {
  if (code === 91 || code === 123) return 1
  return code === 93 || code === 125 ? -1 : 0
}

/** The offset after the closing quote of the string that opens at `start`; -1 when it never closes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > 0 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? -1 : end + 1
}

function isEscaped(text: string, start: number, at: number): boolean {
  let slashes = 0
  while (at - 1 - slashes > start && text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1
  return slashes % 2 === 1
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    const belongs =
      (code >= 48 && code <= 57) || code === 46 || code === 101 || code === 69 || code === 43 || code === 45
    if (!belongs) break
  }
  return end
}

function isPlainNumber(text: string, start: number, end: number): boolean {
  let isInteger = true
  for (let at = start + 1; at < end && isInteger; at++) {
    const code = text.charCodeAt(at)
    isInteger = code >= 48 && code <= 57
  }
  if (isInteger && end - start <= 15)
    return text.charCodeAt(start) !== 45 || text.charCodeAt(start + 1) !== 48
  const token = text.slice(start, end)
  const value = Number(token)
  if (isInteger) return Number.isSafeInteger(value)
  if (Number.isSafeInteger(value)) return false
  return String(value) === token || (/[eE]/.test(token) && !exactDecimal.test(token))
}

const exactDecimal = /^(-?\d+)E(0|-[1-9]\d*)$/
const numberPattern = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

/** The value of a number token, or `undefined` when it is none. */
function numberOf(token: string): Value | undefined {
  const shape = numberPattern.exec(token)
  if (shape === null) return undefined
  const [, fraction, exponent] = shape
  if (fraction === undefined && exponent === undefined) return integerValue(BigInt(token))
  const exact = exactDecimal.exec(token)
  if (exact !== null)
    return decimalOf(exact[1] ?? '', Math.abs(Number(exact[2]))) ?? floatValue(Number(token))
  const double = Number(token)
  if (exponent !== undefined || fraction === '.0') return floatValue(double)
  if (String(double) === token) return double
  const scale = (fraction ?? '.').length - 1
  return decimalOf(token.replace('.', ''), scale) ?? floatValue(double)
}

function decimalOf(digits: string, scale: number): Decimal | undefined {
  const value = BigInt(digits)
  const size = value < 0n ? -value : value
  return scale > 28 || size >= 1n << 96n ? undefined : new Decimal(value, scale)
}

class Reader {
  private readonly text: string
  private readonly maxDepth: number
  private readonly manner: 'strict' | 'platform'
  private at = 0

  constructor(text: string, maxDepth: number, manner: 'strict' | 'platform') {
    this.text = text
    this.maxDepth = maxDepth
    this.manner = manner
  }

  read(): Value {
    const value = this.value(0)
    this.skipSpace()
    if (this.at < this.text.length) throw this.error('Nothing may follow the value.')
    return value
  }

  private value(depth: number): Value {
    this.skipSpace()
    const first = this.text[this.at]
    if (first === '{' || first === '[') {
      if (depth >= this.maxDepth) throw tooDeep(this.at)
      this.at += 1
      return first === '{' ? this.object(depth + 1) : this.array(depth + 1)
    }
    if (first === '"') return this.string()
    return this.word()
  }

  private array(depth: number): Value[] {
    const items: Value[] = []
    if (this.takes(']')) return items
    do items.push(this.value(depth))
    while (this.takes(','))
    this.expect(']')
    return items
  }

  private object(depth: number): ObjectValue | number {
    const start = this.at - 1
    const object: ObjectValue = {}
    if (this.takes('}')) return object
    do {
      this.skipSpace()
      const key = this.string()
      this.expect(':')
      const value = this.value(depth)
      if (this.manner === 'platform') delete object[key]
      setOwn(object, key, value)
    } while (this.takes(','))
    this.expect('}')
    return specialFloats.get(this.text.slice(start, Math.min(this.at, start + 30))) ?? object
  }

  private string(): string {
    const start = this.at
    if (this.text[start] !== '"') throw this.error('A text in double quotes belongs here.')
    const end = endOfString(this.text, start)
    if (end < 0) throw this.error('The text is not closed.')
    this.at = end
    const inner = this.text.slice(start + 1, end - 1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string
    if (!/[\\\u0000-\u001f]/.test(inner)) return inner
    const isLenient = this.manner === 'platform'
    try {
      return JSON.parse(
        isLenient ? escaped(this.text.slice(start, end)) : this.text.slice(start, end),
      ) as string
    } catch {
      this.at = start
      throw this.error('The text holds a wrong escape or a control character.')
    }
  }

  private word(): Value {
    const start = this.at
    while (this.at < this.text.length && !/[\s,:[\]{}"]/.test(this.text[this.at] ?? '')) this.at += 1
    const token = this.text.slice(start, this.at)
    if (token === 'true') return true
    if (token === 'false') return false
    if (token === 'null') return null
    if (token.length > maxNumberLength)
      throw this.error('A number has too many digits.', 'Expression.Limit', start)
    const number = numberOf(token)
    if (number === undefined) throw this.error('A value belongs here.', 'Expression.Value', start)
    return number
  }

  private takes(mark: string): boolean {
    this.skipSpace()
    if (this.text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private expect(mark: string): void {
    if (!this.takes(mark)) throw this.error(`A ${mark} belongs here.`)
  }

  private skipSpace(): void {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
    }
  }

  private error(what: string, code: ExpressionErrorCode = 'Expression.Value', at = this.at) {
    return expressionError(code, `The text is not JSON: ${what}`, { at })
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const escapeOrControl = /\\[^\u0000-\u001f]|\\?([\u0000-\u001f])/g

/** A string token with its control characters as escapes; a backslash before one means nothing. */
function escaped(token: string): string {
  return token.replace(escapeOrControl, (whole, control?: string) =>
    control === undefined ? whole : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const specialFloats = new Map<string, number>([
  ['{"$number":"NaN"}', Number.NaN],
  ['{"$number":"Infinity"}', Number.POSITIVE_INFINITY],
  ['{"$number":"-Infinity"}', Number.NEGATIVE_INFINITY],
])

function tooDeep(at: number) {
  return expressionError('Expression.Limit', 'The JSON text nests too deeply.', { at })
}

/** Whether the text of a decimal reads back as that decimal rather than as a float. */
export function readsAsDecimal(text: string): boolean {
  const value = numberOf(text)
  return value instanceof Decimal
}
