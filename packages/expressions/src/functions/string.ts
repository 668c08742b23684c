import type { Evaluate } from '../compile/evaluate.ts'
import { expressionError } from '../errors.ts'
import { maxItems } from '../limits.ts'
import type { NumberValue } from '../numbers.ts'
import { printValue } from '../print-value.ts'
import type { Scope } from '../scope.ts'
import type { CallTree } from '../syntax/tree.ts'
import { bounded, boundedItems, replaceAll } from '../text/bounded-text.ts'
import { formatNumber } from '../text/format-number.ts'
import { guidText } from '../text/guid.ts'
import { toLower, toUpper } from '../text/letter-case.ts'
import { countParts } from '../text/split-parts.ts'
import { trim } from '../text/trim.ts'
import type { Value } from '../value.ts'
import { define } from './function-row.ts'

/** Literals are printed when compiling. */
function concat(args: readonly Evaluate[], call: CallTree): Evaluate {
  const parts = args.map((argument, index) => {
    const tree = call.args[index]
    return tree?.kind === 'literal' ? printValue(tree.value) : argument
  })
  return (scope) => {
    let text = ''
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] as string | Evaluate
      text += typeof part === 'string' ? part : printValue(part(scope))
    }
    bounded(text.length, call.start)
    return text
  }
}

function substring(text: string, from: number | bigint, count?: number | bigint): string {
  const start = Number(from)
  const length = count === undefined ? text.length - start : Number(count)
  if (start >= 0 && length >= 0 && start + length <= text.length) return text.slice(start, start + length)
  throw expressionError(
    'Expression.Value',
    `Start ${start} and length ${length} must not be negative, and their sum not more than the length ` +
      `${text.length} of the text.`,
  )
}

function split(text: string, delimiter: string): Value[] {
  if (delimiter === '') return [text]
  if (text.length > maxItems) boundedItems(countParts(text, delimiter))
  return text.split(delimiter)
}

function replace(text: string, part: string, by: string): string {
  if (part === '') throw expressionError('Expression.Value', 'The text to be replaced must not be empty.')
  return replaceAll(text, part, by)
}

function lastIndexOf(text: string, part: string): number {
  if (part === '') return Math.max(0, text.length - 1)
  return toUpper(text).lastIndexOf(toUpper(part))
}

function nthIndexOf(text: string, part: string, occurrence: number): number {
  if (occurrence === 0) throw expressionError('Expression.Value', 'The occurrence must not be 0.')
  if (part === '') return 0
  let at = occurrence > 0 ? -1 : text.length
  for (let left = Math.abs(Number(occurrence)); left > 0; left--) {
    if (occurrence < 0 && at === 0) return -1
    at = occurrence > 0 ? text.indexOf(part, at + 1) : text.lastIndexOf(part, at - 1)
    if (at < 0) return -1
  }
  return at
}

/** Functions over text. */
export const stringFunctions = define('string', {
  concat: {
    args: ['...texts: any'],
    result: 'string',
    description: 'All values, printed, as one text.',
    examples: [["concat('Hello', 1, null)", 'Hello1']],
    keeps: false,
    lazy: concat,
  },
  endsWith: {
    args: ['text: string', 'end: string'],
    result: 'boolean',
    description: 'Whether a text ends with another, ignoring case.',
    examples: [["endsWith('hello world', 'WORLD')", true]],
    call: (text: string, end: string) => toUpper(text).endsWith(toUpper(end)),
  },
  startsWith: {
    args: ['text: string', 'start: string'],
    result: 'boolean',
    description: 'Whether a text starts with another, ignoring case.',
    examples: [["startsWith('Hello', 'he')", true]],
    call: (text: string, start: string) => toUpper(text).startsWith(toUpper(start)),
  },
  indexOf: {
    args: ['text: string', 'part: string'],
    result: 'integer',
    description: 'Where a part first stands in a text, ignoring case; -1 when nowhere.',
    examples: [["indexOf('Hello World', 'WORLD')", 6]],
    call: (text: string, part: string) => toUpper(text).indexOf(toUpper(part)),
  },
  lastIndexOf: {
    args: ['text: string', 'part: string'],
    result: 'integer',
    description: 'Where a part last stands in a text, ignoring case; -1 when nowhere.',
    examples: [["lastIndexOf('Hey there', 'e')", 8]],
    call: lastIndexOf,
  },
  nthIndexOf: {
    args: ['text: string', 'part: string', 'occurrence: integer'],
    result: 'integer',
    description: 'Where the nth occurrence of a part stands, counted from 1, or from the end when negative.',
    examples: [["nthIndexOf('123456789123465789', '1', 2)", 9]],
    call: nthIndexOf,
  },
  replace: {
    args: ['text: string', 'part: string', 'by: string'],
    result: 'string',
    description: 'The text with every occurrence of a part replaced, with regard to case.',
    examples: [["replace('the old string', 'old', 'new')", 'the new string']],
    call: replace,
  },
  slice: {
    args: ['text: string', 'start: integer', 'end?: integer'],
    result: 'string',
    description: 'The part from start up to, not including, end; negative positions count from the end.',
    examples: [["slice('Hello World', 3, -1)", 'lo Worl']],
    call: (text: string, start: number, end?: number) =>
      text.slice(Number(start), end === undefined ? undefined : Number(end)),
  },
  split: {
    args: ['text: string', 'delimiter: string'],
    result: 'array',
    description: 'The parts of a text between occurrences of a delimiter.',
    examples: [["split('a_b_c', '_')", ['a', 'b', 'c']]],
    call: split,
  },
  substring: {
    args: ['text: string', 'start: integer', 'length?: integer'],
    result: 'string',
    description: 'The part of a text from a start, of a length or up to the end.',
    examples: [["substring('hello world', 6, 5)", 'world']],
    call: substring,
  },
  toLower: {
    args: ['text: string'],
    result: 'string',
    description: 'The text in lower case.',
    examples: [["toLower('Hello')", 'hello']],
    call: toLower,
  },
  toUpper: {
    args: ['text: string'],
    result: 'string',
    description: 'The text in upper case.',
    examples: [["toUpper('Hello')", 'HELLO']],
    call: toUpper,
  },
  trim: {
    args: ['text: string'],
    result: 'string',
    description: 'The text without white space around it.',
    examples: [["trim(' Hello  ')", 'Hello']],
    call: trim,
  },
  trimByteOrderMark: {
    args: ['text: string'],
    result: 'string',
    description: 'The text without a leading byte order mark.',
    examples: [["trimByteOrderMark('abc')", 'abc']],
    call: (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text),
  },
  formatNumber: {
    args: ['number: number', 'format: string', 'locale?: string'],
    result: 'string',
    description: 'A number in a format of .NET and the marks of a locale, en-us by default.',
    examples: [["formatNumber(1234567.891, 'N2', 'de-DE')", '1.234.567,89']],
    call: (value: NumberValue, format: string, locale = 'en-us') => formatNumber(value, format, locale),
  },
  guid: {
    args: ['format?: string'],
    result: 'string',
    description: 'A new identifier in format D (default), N, B, P or X.',
    examples: [["length(guid('N'))", 32]],
    scoped: (scope: Scope, format = 'D') => guidText(() => scope.random(), format),
  },
  utf8Length: {
    args: ['text: string'],
    result: 'integer',
    description: 'The number of bytes of a text in UTF-8.',
    examples: [["utf8Length('é')", 2]],
    call: (text: string) => Buffer.byteLength(text, 'utf8'),
  },
  utf16Length: {
    args: ['text: string'],
    result: 'integer',
    description: 'The number of bytes of a text in UTF-16.',
    examples: [["utf16Length('hello')", 10]],
    call: (text: string) => text.length * 2,
  },
})
