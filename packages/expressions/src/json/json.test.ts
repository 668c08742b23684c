import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, WholeFloat } from '../numbers.ts'
import { values } from '../value.testing.ts'
import type { Value } from '../value.ts'
import { parseJson } from './parse-json.ts'
import { compactJson, printJson } from './print-json.ts'

describe('parseJson', () => {
  test.each<[string, Value]>([
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740991', -9007199254740991],
    ['5.0', new WholeFloat(5)],
    ['1e2', new WholeFloat(100)],
    ['-0.0', new WholeFloat(-0)],
    ['-0', 0],
    ['1.10', new Decimal(110n, 2)],
    ['0.12345678901234567890', new Decimal(12345678901234567890n, 20)],
    ['1.5', 1.5],
    ['1e-7', 1e-7],
    ['1e300', 1e300],
    ['11E-1', new Decimal(11n, 1)],
    ['{"$number":"NaN"}', Number.NaN],
    ['"5.0"', '5.0'],
  ])('%s keeps its number', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value)
    expect(parseJson(`[1.10,${text}]`)).toStrictEqual([new Decimal(110n, 2), value])
  })

  test('reads what JSON.parse reads, on either way', () => {
    const text = '{"a":[1,{"b":"x\\u0041\\"\\\\"}],"__proto__":{"c":true},"d":null," ":-1.5}'
    expect(parseJson(text)).toStrictEqual(JSON.parse(text))
    expect(parseJson(` [ 2.50 , ${text} ] `)).toStrictEqual([new Decimal(250n, 2), JSON.parse(text)])
    expect(Object.hasOwn(parseJson(`[2.50,${text}]`) as Value[] & object, '__proto__')).toBe(false)
  })

  test.each([
    '',
    '{',
    '[1,]',
    '{"a" 1}',
    '01',
    '1.',
    'nul',
    '"a',
    '"\n"',
    '{"a":1}}',
    '[1 2]',
    '.5',
    '+1',
    'NaN',
  ])('%j is refused with a code', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'Expression.Value' }))
  })

  test('the message never quotes the text', () => {
    expect(() => parseJson('{"password": hunter2}')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2'), at: 13 }),
    )
  })

  test.each(['[', '{"a":', '[1.10,'])('100,000 levels of %s are a limit, not an overflow', (open) => {
    expect(() => parseJson(open.repeat(100_000))).toThrow(
      expect.objectContaining({ code: 'Expression.Limit' }),
    )
  })

  test('a number of a million digits is a limit', () => {
    expect(() => parseJson('1'.repeat(1_000_000))).toThrow(
      expect.objectContaining({ code: 'Expression.Limit' }),
    )
  })
})

describe('printJson', () => {
  test('whatever is printed reads back the same', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(isDeepStrictEqual(parseJson(printJson(value)), value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('a value that nests too deeply is a limit', () => {
    let value: Value = 1
    for (let depth = 0; depth < 100_000; depth++) value = [value]
    expect(() => printJson(value)).toThrow(expect.objectContaining({ code: 'Expression.Limit' }))
  })
})

test('JSON inside text shows floats with a point and NaN as text', () => {
  const value = [
    5,
    new WholeFloat(5),
    1.5,
    1e20,
    Number.NaN,
    new Decimal(5n, 0),
    new Decimal(110n, 2),
    true,
    null,
  ]
  expect(compactJson(value)).toBe('[5,5.0,1.5,1E+20,"NaN",5.0,1.10,true,null]')
})

test('JSON inside text has line separators as escapes', () => {
  expect(compactJson(['a\u0085\u2028\u2029b\n'])).toBe('["a\\u0085\\u2028\\u2029b\\n"]')
})
