import { describe, expect, test } from 'vitest'
import { checkedJson, cli } from '../cli.testing.ts'

describe('eval', () => {
  test.each([
    ["concat('a', 'b')", '"ab"\n'],
    ["@concat('a', 'b')", '"ab"\n'],
    ["Hello @{toUpper('x')}", '"Hello X"\n'],
    ['createArray(1, 2)', '[\n  1,\n  2\n]\n'],
    ['add(12345678901234567, 1)', '12345678901234568\n'],
  ])('%s', async (expression, printed) => {
    expect(await cli(['eval', expression])).toEqual({ code: 0, out: printed, err: '' })
  })

  test('reads variables and outputs from the data', async () => {
    const stdin = '{"variables":{"n":2},"actions":{"A":{"outputs":{"body":{"x":3}}}}}'
    const { out } = await cli(['eval', "add(variables('n'), body('A')?['x'])", '--data', '-'], { stdin })
    expect(out).toBe('5\n')
  })

  test('utcNow is now unless the data fixes it', async () => {
    expect((await cli(['eval', 'utcNow()'])).code).toBe(0)
    const { out } = await cli(['eval', 'utcNow()', '--data', '-'], {
      stdin: '{"now":"2026-01-02T03:04:05Z"}',
    })
    expect(out).toContain('2026-01-02T03:04:05')
  })

  test('an error shows the place under the expression and exits with 1', async () => {
    const { code, out, err } = await cli(['eval', "concat('a', concatt('b'))"])
    expect(code).toBe(1)
    expect(out).toBe('')
    const lines = err.split('\n')
    expect(lines[0]).toContain('error[Expression.UnknownFunction]')
    expect(lines[1]?.charAt(lines[2]?.indexOf('^') ?? -1)).toBe('c')
    expect(lines[2]?.indexOf('^')).toBe(5 + "concat('a', ".length)
    expect(err).toContain('concat')
  })

  test.each(["length('four')", "concatt('a')"])('--json of %s follows its schema', async (expression) => {
    checkedJson((await cli(['eval', expression, '--json'])).out, 'eval/1')
  })

  test('data that is no object is unreadable', async () => {
    expect((await cli(['eval', '1', '--data', '-'], { stdin: '[1]' })).code).toBe(4)
  })

  test('--explain shows each part with its value', async () => {
    const { out } = await cli(['eval', 'if(equals(1, 1), add(1, 2), nope())', '--explain'])
    const results = ['3', 'true', '3', 'not reached']
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line, index) => line.endsWith(`  ${results[index]}`)),
    ).toEqual(results.map(() => true))
    const { steps } = checkedJson(
      (await cli(['eval', '@length(5)', '--explain', '--json'])).out,
      'eval/1',
    ) as { steps: { outcome: string }[] }
    expect(steps.map(({ outcome }) => outcome)).toEqual(['error'])
  })

  test('--ast shows the tree', async () => {
    const document = checkedJson((await cli(['eval', 'a @{b()}', '--ast', '--json'])).out, 'eval-ast/1')
    expect(document.tree).toMatchObject({ kind: 'interpolation', parts: ['a ', { kind: 'call', name: 'b' }] })
  })

  test('without an expression every line of standard input is one', async () => {
    const { code, out, err } = await cli(['eval'], { stdin: 'add(1, 2)\n\n.describe nope\nupper(1)\n' })
    expect(out).toBe('3\n')
    expect(err).toContain('Cli.NotFound')
    expect(err).toContain('Expression.UnknownFunction')
    expect(code).toBe(1)
  })

  test('two tasks at once are wrong usage', async () => {
    expect((await cli(['eval', '1', '--list'])).code).toBe(2)
  })
})

describe('eval --cases', () => {
  const cases = JSON.stringify([
    { id: 'a', fn: 'add', expr: '@add(1, 2)', expect: 3.0, tier: 'A' },
    { id: 'b', fn: 'add', expr: '@add(1, 2)', expect: 4, tier: 'B' },
    { id: 'c', fn: 'int', expr: "@int('x')", expectError: 'Type', tier: 'A' },
    { id: 'd', fn: 'guid', expr: '@guid()', expectPattern: '^[0-9a-f-]{36}$', tier: 'A' },
    { id: 'e', fn: 'nope', expr: '@nope()', expect: 1, tier: 'A', skip: 'reason' },
    { id: 'f', fn: 'json', expr: `@json('{"b":1,"a":[5.0]}')`, expect: { a: [5], b: 1 }, tier: 'C' },
    {
      id: 'g',
      fn: 'utcNow',
      expr: "@utcNow('d')",
      expect: '9/25/2025',
      context: { now: '2025-09-25T05:18:31Z' },
    },
  ])

  test('counts, and tells what the failures gave', async () => {
    const { code, out } = await cli(['eval', '--cases', '-', '--json'], { stdin: cases })
    expect(code).toBe(1)
    expect(checkedJson(out, 'eval-cases/1')).toEqual({
      schema: 'eval-cases/1',
      total: 7,
      passed: 5,
      failed: 1,
      skipped: 1,
      failures: [{ id: 'b', expr: '@add(1, 2)', expected: 4, actual: 3 }],
    })
  })

  test('--tier takes only some; 0 when all hold', async () => {
    const { code, out } = await cli(['eval', '--cases', '-', '--tier', 'a,C'], { stdin: cases })
    expect(code).toBe(0)
    expect(out).toBe('5 cases: 4 passed, 0 failed, 1 skipped\n')
  })

  test('a file that is no list of cases is unreadable', async () => {
    expect((await cli(['eval', '--cases', '-'], { stdin: '[{"id":1}]' })).code).toBe(4)
  })
})

describe('eval --list and --describe', () => {
  test('list all functions, or those of a category', async () => {
    const all = checkedJson((await cli(['eval', '--list', '--json'])).out, 'eval-functions/1')
    expect(all.functions).toHaveLength(140)
    expect((await cli(['eval', '--list', 'uri'])).out.split('\n')).toHaveLength(7)
    expect((await cli(['eval', '--list', 'nope'])).code).toBe(1)
  })

  test('explain one, or suggest the nearest', async () => {
    const { out } = await cli(['eval', '--describe', 'FORMATDATETIME'])
    expect(out).toContain('formatDateTime(timestamp: string, format?: string, locale?: string): string')
    expect(out).toContain('15-Mar-18')
    checkedJson((await cli(['eval', '--describe', 'body', '--json'])).out, 'eval-functions/1')
    const wrong = await cli(['eval', '--describe', 'formatdate'])
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('Did you mean')
  })
})
