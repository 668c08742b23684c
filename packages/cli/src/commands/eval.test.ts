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
})
