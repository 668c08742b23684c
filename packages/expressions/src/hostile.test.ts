import { isFlowsteadError } from '@flowstead/errors'
import { describe, expect, test } from 'vitest'
import { check } from './analysis/check.ts'
import { explain } from './analysis/explain.ts'
import { renameInExpression } from './analysis/rename.ts'
import { compileExpression, evaluate, references } from './compile/expression.ts'
import { scopeFromData } from './scope-from-data.ts'
import { parse } from './syntax/parse.ts'
import { print } from './syntax/print.ts'
import type { ObjectValue } from './value.ts'

/** What an expression over variables gives, or the code of its error. */
function outcome(text: string, variables: ObjectValue = {}): unknown {
  try {
    return evaluate(text, scopeFromData({ variables }))
  } catch (error) {
    if (isFlowsteadError(error)) return error.code
    throw error
  }
}

// The sizes are such that time by the square of the input would end the test by its limit of five seconds.
describe('time grows with the input, not by its square', () => {
  test.each<[string, string, unknown]>([
    ['trim(v)', `a${' '.repeat(300_000)}b`, `a${' '.repeat(300_000)}b`],
    ["length(split(v, 'a'))", 'a'.repeat(1_000_000), 1_000_001],
    ["length(join(split(v, 'a'), 'bb'))", 'a'.repeat(500_000), 1_000_000],
    ["length(replace(v, 'a', ''))", 'a'.repeat(1_000_000), 0],
    ["nthIndexOf(v, 'a', 9223372036854775807)", 'a'.repeat(300_000), -1],
    ["parseDateTime(v, 'en-us', v)", 'MMM'.repeat(100_000), 'Expression.Value'],
    ["formatTimeSpan(v, 'c')", `${' '.repeat(300_000)}x`, 'Expression.Value'],
    ['length(formatNumber(1, v))', "'".repeat(9_000), 0],
    ['formatNumber(1, v)', '0'.repeat(300_000), 'Expression.Limit'],
    ["formatDateTime('2020-01-01', v)", 'yyyy '.repeat(100_000), 'Expression.Limit'],
    ["formatTimeSpan('1:00', v)", '\\\\a'.repeat(100_000), 'Expression.Limit'],
    ['int(v)', '9'.repeat(300_000), 'Expression.Value'],
    ['length(uriComponentToString(v))', '%c3'.repeat(200_000), 600_000],
    ['dataUriToBinary(v)', `data:${';'.repeat(200_000)},`, 'Expression.Value'],
    ['length(decodeXmlName(v))', '_x'.repeat(200_000), 400_000],
    ["length(json(v)?['a'])", `{${'"a":"b",'.repeat(100_000)}"a":"cc"}`, 2],
    ['json(v)', `"${'\\"'.repeat(300_000)}`, 'Expression.Value'],
    ["length(json(xml(v))?['a']?['b'])", `<a>${'<b/>'.repeat(20_000)}</a>`, 20_000],
    ['xml(v)', '<a>'.repeat(50_000) + '</a>'.repeat(50_000), 'Expression.Limit'],
    ["xpath(xml(v), '//*//*//*//*')", '<a>'.repeat(500) + '</a>'.repeat(500), 'Expression.Limit'],
    ["xpath(xml(v), '//*[//*[//*]]')", `<a>${'<b/>'.repeat(500)}</a>`, 'Expression.Limit'],
  ])('%s', (text, v, result) => {
    expect(outcome(text.replaceAll(/\bv\b/g, "variables('v')"), { v })).toEqual(result)
  })

  test('arrays, texts and XML have their largest size', () => {
    const v = 'a'.repeat(6_000_000)
    expect(outcome("split(variables('v'), 'a')", { v })).toBe('Expression.Limit')
    expect(outcome("chunk(variables('v'), 1)", { v })).toBe('Expression.Limit')
    expect(outcome("length(split(variables('v'), 'a'))", { v })).toBe(6_000_001)
    expect(outcome("xml(variables('v'))", { v: '<a/>'.repeat(6_000_000) })).toBe('Expression.Limit')
    expect(outcome("base64(variables('v'))", { v: 'a'.repeat(90_000_000) })).toBe('Expression.Limit')
  })

  test('an expression of ten million characters is refused', () => {
    expect(outcome('f('.repeat(5_000_000))).toBe('Expression.Limit')
  })
})

describe('a chain of 100,000 properties', () => {
  const text = `variables('v')${'?.a'.repeat(100_000)}`
  const options = { maxLength: 1_000_000 }

  test('parses, prints, compiles and is evaluated', () => {
    const tree = parse(text, options)
    expect(print(tree)).toBe(text)
    expect(references(tree)[0]?.path).toHaveLength(100_000)
    expect(check(tree)).toEqual([])
    const scope = scopeFromData({ variables: { v: null } })
    expect(compileExpression(text, options).evaluate(scope)).toBe(null)
  })

  test('is too long for what people type', () => {
    const limit = expect.objectContaining({ code: 'Expression.Limit' })
    expect(() => explain(text, scopeFromData({}), 'expression')).toThrow(limit)
    expect(() => renameInExpression(text, { kind: 'variable', from: 'v', to: 'w' })).toThrow(limit)
  })
})

test('no text reaches what is outside the language', () => {
  for (const text of [
    "constructor.constructor('return process')()",
    "constructor('return process')",
    'this',
    'process.exit()',
    "require('fs')",
    "json('{}').constructor.constructor('x')()",
    "json('{}')['__proto__']['polluted']",
    "createArray()['constructor']",
    "''.constructor",
    "concat('a').length",
  ])
    expect(outcome(text)).toMatch(/^Expression\.(Parse|UnknownFunction|MissingProperty|Type|Arity)$/)
})
