/**
 * Random and mutated expressions for finding what breaks. The same seed gives the same expressions.
 *
 * Four kinds in turn: calls of any function with arguments of any kind; examples of the functions with characters
 * changed; two examples cut and joined; tokens of the language in any order.
 */
import { functions } from './functions/index.ts'
import type { ObjectValue } from './value.ts'

/** Draws from a seed: uniform, repeatable, quick. */
export interface Draws {
  below(limit: number): number
  from<T>(choices: readonly T[]): T
}

/** A generator with a state of 32 bits (mulberry32). */
export function drawsFrom(seed: number): Draws {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, from: (choices) => choices[below(choices.length)] as (typeof choices)[number] }
}

const rows = [...functions.values()]
const names = rows.map(({ name }) => name)
const examples = rows.flatMap((row) => row.examples.map(([text]) => text))

/** Literals that functions stumble over. */
const literals = [
  'null true false 0 1 -1 2 7 100 1.5 -0.0 1e300 9223372036854775807 -9223372036854775808 2147483648 100000',
  "'' 'a' 'abc' ' ' '0' '1.0' '1e5' 'NaN' '{}' '[1,2.50]' 'Day' 'month' '%' '%zz' 'de-DE' 'fr-FR' '__proto__'",
  "'2018-03-15T13:30:45Z' '2018-02-30' '9999-12-31' '03/15/2018' '1.02:03:04.5' 'o' 'D' 'yyyy' 'N2' '#,##0.00;(0)'",
  "'constructor' 'toString' '<a/>' '<a><b>1</b></a>' '/a/b' '//*' 'https://a.b/c?d#e' 'data:,a' 'aGVsbG8=' 'é😀ß'",
  "'W.EuropeStandardTime' 'UTC' 'Europe/Berlin' '\ud800' '@{1}' 'a,b;c' 'X' 'E30' 'G999' 'fffffff' '\\' '''' ''''''",
].flatMap((line) => line.split(' '))

const references = [
  "variables('n')",
  "variables('text')",
  "variables('list')",
  "variables('deep')?['a']?['b']",
  "outputs('A')?['body/value']",
  "body('A')",
  'item()',
  'triggerBody()',
  "variables('none')",
]

/** What the references of the expressions read. */
export const fuzzData: { readonly [part: string]: ObjectValue } = {
  variables: { n: 5, text: 'Hello, World', list: [1, 'two', null, { a: 3 }, [4]], deep: { a: { b: 'c' } } },
  actions: { A: { outputs: { body: { value: [1, 2, 3], name: 'x' } } } },
  item: { id: 1, name: 'one' },
  trigger: { outputs: { body: { a: [1, 2.5, true] } } },
}

const tokens = [
  ...[
    '(',
    ')',
    ',',
    '.',
    '?',
    '[',
    ']',
    '{',
    '}',
    '@',
    '@{',
    "'",
    '"',
    '+',
    '-',
    '\u00a0',
    '\u200b',
    '’',
    '\n',
    ' ',
  ],
  ...names.slice(0, 40),
  ...literals.slice(0, 60),
]

/** The next expression, without the leading `@`. */
export function randomExpression(draws: Draws): string {
  switch (draws.below(4)) {
    case 0:
      return call(draws, 3)
    case 1:
      return mutated(draws, draws.from(examples))
    case 2:
      return spliced(draws, draws.from(examples), draws.from(examples))
    default:
      return Array.from({ length: 1 + draws.below(12) }, () => draws.from(tokens)).join('')
  }
}

function call(draws: Draws, depth: number): string {
  const row = draws.from(rows)
  const most = Math.min(row.maxArgs, row.minArgs + 2)
  const isRight = draws.below(20) > 0
  const count = isRight ? row.minArgs + draws.below(most - row.minArgs + 1) : draws.below(5)
  const args = Array.from({ length: count }, () => argument(draws, depth - 1))
  const access = draws.below(5) === 0 ? draws.from(["?['a']", '.a', '[0]', '?[0]', "?['body/value']"]) : ''
  return `${row.name}(${args.join(', ')})${access}`
}

function argument(draws: Draws, depth: number): string {
  const kind = draws.below(10)
  if (kind < 5 || depth <= 0) return draws.from(literals)
  return kind < 7 ? draws.from(references) : call(draws, depth)
}

function mutated(draws: Draws, text: string): string {
  let result = text
  for (let changes = 1 + draws.below(4); changes > 0; changes--) {
    const at = draws.below(result.length + 1)
    const dropped = draws.below(3)
    result =
      result.slice(0, at) + (draws.below(2) === 0 ? draws.from(tokens) : '') + result.slice(at + dropped)
  }
  return result
}

function spliced(draws: Draws, a: string, b: string): string {
  return a.slice(0, draws.below(a.length + 1)) + b.slice(draws.below(b.length + 1))
}
