import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { references } from '../compile/expression.ts'
import { floatValue } from '../numbers.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { callsIn } from './references.ts'
import { parseTemplateText } from './template-text.ts'
import type { Tree } from './tree.ts'

/** A tree without its spans, for comparison. */
function shape(tree: Tree): unknown {
  if (tree.kind === 'literal') return { kind: tree.kind, value: tree.value }
  if (tree.kind === 'call') return { kind: tree.kind, name: tree.name, args: tree.args.map(shape) }
  const { kind, style, isOptional } = tree
  return { kind, style, isOptional, target: shape(tree.target), key: shape(tree.key) }
}

const span = { start: 0, end: 0 }
const names = fc.constantFrom('concat', 'outputs', 'Add', 'x1', 'été', '$a', 'a-b')

const literals: fc.Arbitrary<Tree> = fc
  .oneof(
    fc.constantFrom(null, true, false),
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(floatValue),
    fc.constantFrom(9223372036854775807n, -9223372036854775808n),
  )
  .map((value) => ({ kind: 'literal', value, ...span }) as Tree)

const trees = fc.letrec<{ tree: Tree; call: Tree; target: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, literals, tie('target')),
  call: fc
    .tuple(names, fc.array(tie('tree'), { maxLength: 3 }))
    .map(([name, args]) => ({ kind: 'call', name, args, ...span }) as Tree),
  target: fc.oneof(
    { maxDepth: 4 },
    tie('call'),
    fc
      .tuple(tie('target'), fc.boolean(), fc.option(tie('tree')), names)
      .map(([target, isOptional, key, name]) => accessOf(target, isOptional, key, name)),
  ),
})).tree

function accessOf(target: Tree, isOptional: boolean, key: Tree | null, name: string): Tree {
  const bracket = { kind: 'access', target, style: 'bracket', isOptional, key, ...span }
  if (key !== null) return bracket as Tree
  return { ...bracket, style: 'dot', key: { kind: 'literal', value: name, ...span } } as Tree
}

describe('parse and print', () => {
  test('printing then parsing gives the same tree', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(shape(parse(print(tree), { maxLength: 100_000 }))).toStrictEqual(shape(tree))
      }),
      { numRuns: 300 },
    )
  })

  test('nodes carry the span of their text', () => {
    const text = " concat( 'a''b' , outputs('X')?.body [ 0 ] ) "
    const spans = callsIn(parse(text)).map(({ start, end }) => text.slice(start, end))
    expect(spans).toEqual(["concat( 'a''b' , outputs('X')?.body [ 0 ] )", "outputs('X')"])
  })

  test.each([
    ["concat('a", 7],
    ['length("a")', 7],
    ['5abc', 1],
    ['f(x)', 2],
    ['f(1)(2)', 4],
    ['f()?', 4],
    ["f() 'a'", 4],
    ['9223372036854775808', 0],
    ['1e999', 0],
  ])('%s fails at %d', (text, at) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'Expression.Parse', at }))
  })

  test('text too long and nesting too deep are limits', () => {
    const limit = expect.objectContaining({ code: 'Expression.Limit' })
    expect(() => parse('f('.repeat(100_000))).toThrow(limit)
    expect(() => parse('f('.repeat(100_000), { maxLength: 1_000_000 })).toThrow(limit)
    expect(() => parse(`f()${'[f()'.repeat(100_000)}`, { maxLength: 1_000_000 })).toThrow(limit)
  })
})

describe('parseTemplateText', () => {
  test.each([
    ['plain a@b.com', 'plain a@b.com'],
    ['@@x @{1}', '@x @{1}'],
    ['a @@{b}', 'a @{b}'],
    [' @@', ' @@'],
  ])('%j is the text %j', (text, result) => {
    expect(parseTemplateText(text)).toEqual({ kind: 'text', text: result })
  })

  test('spans in holes count from the start of the string', () => {
    const text = "a @{f('}')} b@{g()}"
    const template = parseTemplateText(text)
    const holes =
      template.kind === 'interpolation' ? template.parts.filter((part) => typeof part !== 'string') : []
    expect(holes.map(({ start, end }) => text.slice(start, end))).toEqual(["f('}')", 'g()'])
  })
})

test('references name what is read, and the path after it', () => {
  const text =
    "concat(Outputs('A')?['body']?.value[0], variables('v'), items(concat('L')), item()[variables('k')].x)"
  expect(
    references(parse(text)).map(({ fn, name, path, isComputed }) => ({ fn, name, path, isComputed })),
  ).toEqual([
    { fn: 'outputs', name: 'A', path: ['body', 'value', 0], isComputed: false },
    { fn: 'variables', name: 'v', path: [], isComputed: false },
    { fn: 'items', name: undefined, path: [], isComputed: true },
    { fn: 'item', name: undefined, path: [], isComputed: false },
    { fn: 'variables', name: 'k', path: [], isComputed: false },
  ])
  const [first] = references(parse(text))
  expect(text.slice(first?.nameSpan?.start, first?.nameSpan?.end)).toBe("'A'")
})
