import { quoted } from '@flowstead/errors'
import { fitsInteger, toDecimal } from '../arithmetic.ts'
import { type Envelope, envelopeBytes, envelopeOf, isEnvelope } from '../content.ts'
import { expressionError } from '../errors.ts'
import { parseJson } from '../json/parse-json.ts'
import { maxForeignJsonDepth } from '../limits.ts'
import { Decimal, floatValue, integerValue, isNumber, type NumberValue, toDouble } from '../numbers.ts'
import { invariantMarks, parseDecimal, parseFloatText, splitNumber } from '../parse-number.ts'
import { printValue } from '../print-value.ts'
import { base64Bytes, utf8Text } from '../text/base64.ts'
import { bounded, boundedText } from '../text/bounded-text.ts'
import { numberMarks } from '../text/culture.ts'
import { parseDataUri } from '../text/data-uri.ts'
import { percentDecode, percentEncode } from '../text/percent.ts'
import type { Value } from '../value.ts'
import { define } from './function-row.ts'

const octets = 'application/octet-stream'

function cannotConvert(value: Value, type: string) {
  return expressionError('Expression.Value', `${quoted(printValue(value))} cannot be converted to ${type}.`)
}

function bool(value: string | boolean | NumberValue): boolean {
  if (typeof value === 'boolean') return value
  if (isNumber(value)) return toDouble(value) !== 0
  const word = value.trim().toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  throw cannotConvert(value, 'a boolean')
}

/** Through a double, as the service does: beyond 2^53 the last digits are rounded. */
function int(value: string | boolean | NumberValue): Value {
  if (typeof value === 'boolean') throw cannotConvert(value, 'an integer')
  const exact = typeof value === 'string' ? integerOfText(value) : integerOfNumber(value)
  if (exact === undefined || !fitsInteger(exact)) throw cannotConvert(value, 'an integer')
  return integerValue(exact)
}

function integerOfText(text: string): bigint | undefined {
  const parts = splitNumber(text, invariantMarks, { allowsExponent: true, allowsTrailingSign: false })
  // The service casts the double, and the cast makes the least integer of NaN.
  if (parts === undefined) return text.trim().toLowerCase() === 'nan' ? -(2n ** 63n) : undefined
  const double = Number(
    `${parts.sign}${parts.whole || '0'}.${parts.fraction || '0'}e${parts.exponent || '0'}`,
  )
  return Number.isInteger(double) ? BigInt(double) : undefined
}

function integerOfNumber(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (value instanceof Decimal) {
    const unit = 10n ** BigInt(value.scale)
    return value.digits % unit === 0n ? value.digits / unit : undefined
  }
  const double = toDouble(value)
  return Number.isInteger(double) ? BigInt(double) : undefined
}

function float(value: string | NumberValue, locale?: string): Value {
  if (isNumber(value)) return floatValue(toDouble(value))
  const marks = locale === undefined ? invariantMarks : numberMarks(locale)
  const double =
    parseFloatText(value, marks) ?? (locale === undefined ? notANumber(value) : special(value, locale))
  if (double === undefined) throw cannotConvert(value, 'a float')
  return floatValue(double)
}

function notANumber(text: string): number | undefined {
  return text.trim().toLowerCase() === 'nan' ? Number.NaN : undefined
}

/** NaN and the infinities as the culture writes them. */
function special(text: string, locale: string): number | undefined {
  const { infinity, minus, nan } = numberMarks(locale)
  const word = text.trim().toLowerCase()
  if (word === nan.toLowerCase()) return Number.NaN
  const sign = word.startsWith('-') || word.startsWith(minus) ? -1 : 1
  const size = word.replace(/^[-+\u2212]/, '')
  return size === infinity.toLowerCase() ? sign * Number.POSITIVE_INFINITY : undefined
}

function isFloat(text: string, locale = ''): boolean {
  return (parseFloatText(text, numberMarks(locale)) ?? special(text, locale)) !== undefined
}

function isInt(text: string): boolean {
  const word = text.trim()
  return /^[+-]?\d{1,30}$/.test(word) && fitsInteger(BigInt(word.replace('+', '')))
}

function decimal(value: string | NumberValue): Value {
  const made = typeof value === 'string' ? parseDecimal(value) : toDecimal(value)
  if (made === undefined) throw cannotConvert(value, 'a decimal')
  return made
}

function binary(value: Value): Envelope {
  const bytes = isEnvelope(value) ? envelopeBytes(value) : Buffer.from(printValue(value), 'utf8')
  return envelopeOf(octets, bytes)
}

function dataUri(value: Value): string {
  if (isEnvelope(value))
    return `data:${value['$content-type']};base64,${envelopeBytes(value).toString('base64')}`
  const type = typeof value === 'string' ? 'text/plain' : 'application/json'
  return `data:${type};charset=utf-8;base64,${Buffer.from(printValue(value), 'utf8').toString('base64')}`
}

/** The content stays as written: whether it is base64 shows when somebody reads it. */
function dataUriToBinary(text: string): Envelope {
  const { contentType, content } = parseDataUri(text, 'checked')
  return { '$content-type': contentType, $content: content }
}

function dataUriToString(text: string): string {
  return utf8Text(base64Bytes(parseDataUri(text, 'utf-8').content))
}

function encode(text: string): string {
  return boundedText(percentEncode(text))
}

function base64(text: string): string {
  bounded((Buffer.byteLength(text) * 4) / 3)
  return Buffer.from(text, 'utf8').toString('base64')
}

function base64ToString(text: string): string {
  return utf8Text(base64Bytes(text))
}

function base64ToBinary(text: string): Envelope {
  base64Bytes(text)
  return { '$content-type': octets, $content: text }
}

const notNull = 'value: boolean | string | number | array | object'

/** Functions from one type to another. */
export const conversionFunctions = define('conversion', {
  array: {
    args: ['value: any'],
    result: 'array',
    description: 'An array of one item.',
    examples: [["array('hello')", ['hello']]],
    call: (value: Value) => [value],
  },
  base64: {
    args: ['text: string'],
    result: 'string',
    description: 'The text in base64.',
    examples: [["base64('hello')", 'aGVsbG8=']],
    call: base64,
  },
  encodeBase64: {
    args: ['text: string'],
    result: 'string',
    description: 'The older name of base64.',
    examples: [["encodeBase64('hello')", 'aGVsbG8=']],
    deprecated: 'base64',
    call: base64,
  },
  base64ToBinary: {
    args: ['text: string'],
    result: 'object',
    description: 'The bytes of a base64 text.',
    examples: [["base64ToBinary('aGVsbG8=')", { '$content-type': octets, $content: 'aGVsbG8=' }]],
    call: base64ToBinary,
  },
  base64ToString: {
    args: ['text: string'],
    result: 'string',
    description: 'The UTF-8 text in a base64 text.',
    examples: [["base64ToString('aGVsbG8=')", 'hello']],
    call: base64ToString,
  },
  decodeBase64: {
    args: ['text: string'],
    result: 'string',
    description: 'The older name of base64ToString.',
    examples: [["decodeBase64('aGVsbG8=')", 'hello']],
    deprecated: 'base64ToString',
    call: base64ToString,
  },
  base64ToJson: {
    args: ['text: string'],
    result: 'any',
    description: 'The value of the JSON in a base64 text.',
    examples: [["base64ToJson('eyJhIjoxfQ==')", { a: 1 }]],
    call: (text: string) => parseJson(base64ToString(text), { maxDepth: maxForeignJsonDepth }),
  },
  binary: {
    args: [notNull],
    result: 'object',
    description: 'The bytes of a printed value.',
    examples: [["binary('abc')", { '$content-type': octets, $content: 'YWJj' }]],
    keeps: false,
    call: binary,
  },
  bool: {
    args: ['value: boolean | string | number'],
    result: 'boolean',
    description: 'A boolean of the words true and false, or of a number, where only zero is false.',
    examples: [["bool('True')", true]],
    call: bool,
  },
  dataUri: {
    args: [notNull],
    result: 'string',
    description: 'A data URI of a value.',
    examples: [["dataUri('hello')", 'data:text/plain;charset=utf-8;base64,aGVsbG8=']],
    keeps: false,
    call: dataUri,
  },
  dataUriToBinary: {
    args: ['uri: string'],
    result: 'object',
    description: 'The bytes in a data URI with their content type.',
    examples: [["dataUriToBinary('data:,a')", { '$content-type': 'text/plain', $content: 'YQ==' }]],
    call: dataUriToBinary,
  },
  decodeDataUri: {
    args: ['uri: string'],
    result: 'object',
    description: 'The older name of dataUriToBinary.',
    examples: [["decodeDataUri('data:,a')", { '$content-type': 'text/plain', $content: 'YQ==' }]],
    deprecated: 'dataUriToBinary',
    call: dataUriToBinary,
  },
  dataUriToString: {
    args: ['uri: string'],
    result: 'string',
    description: 'The text in a data URI.',
    examples: [["dataUriToString('data:text/plain,abc')", 'abc']],
    call: dataUriToString,
  },
  decimal: {
    args: ['value: string | number'],
    result: 'decimal',
    description: 'A decimal with up to 29 digits, the zeros at its end kept.',
    examples: [["string(decimal('5.0'))", '5.0']],
    call: decimal,
  },
  float: {
    args: ['value: string | number', 'locale?: string'],
    result: 'float',
    description: 'A float, written in the marks of a locale or the invariant ones.',
    examples: [["float('10.000,333', 'de-DE')", 10000.333]],
    call: float,
  },
  int: {
    args: ['value: boolean | string | number'],
    result: 'integer',
    description: 'An integer; fractions are refused, not rounded.',
    examples: [["int('10')", 10]],
    call: int,
  },
  isFloat: {
    args: ['value: string', 'locale?: string'],
    result: 'boolean',
    description: 'Whether a text is a number in the marks of a locale or the invariant ones.',
    examples: [["isFloat('10,000.00')", true]],
    call: isFloat,
  },
  isInt: {
    args: ['value: string'],
    result: 'boolean',
    description: 'Whether a text is an integer of 64 bits.',
    examples: [["isInt('12.5')", false]],
    call: isInt,
  },
  string: {
    args: ['value: any'],
    result: 'string',
    description: 'A value as text; arrays and objects as JSON, null as nothing.',
    examples: [['string(createArray(1, 2))', '[1,2]']],
    keeps: false,
    call: printValue,
  },
  uriComponent: {
    args: ['text: string'],
    result: 'string',
    description: 'The text encoded for a part of a URI.',
    examples: [["uriComponent('a b')", 'a%20b']],
    call: encode,
  },
  encodeUriComponent: {
    args: ['text: string'],
    result: 'string',
    description: 'The text encoded for a part of a URI; the same as uriComponent.',
    examples: [["encodeUriComponent('a b')", 'a%20b']],
    call: encode,
  },
  uriComponentToString: {
    args: ['text: string'],
    result: 'string',
    description: 'The text that was encoded for a part of a URI.',
    examples: [["uriComponentToString('a%20b')", 'a b']],
    call: percentDecode,
  },
  decodeUriComponent: {
    args: ['text: string'],
    result: 'string',
    description: 'The text that was encoded for a part of a URI; the same as uriComponentToString.',
    examples: [["decodeUriComponent('a%20b')", 'a b']],
    call: percentDecode,
  },
  uriComponentToBinary: {
    args: ['text: string'],
    result: 'object',
    description: 'The bytes of what was encoded for a part of a URI.',
    examples: [["uriComponentToBinary('a')", { '$content-type': octets, $content: 'YQ==' }]],
    call: (text: string) => envelopeOf(octets, Buffer.from(percentDecode(text), 'utf8')),
  },
})
