import { isFlowsteadError } from '@flowstead/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../compile/expression.ts'
import { scopeFromData } from '../scope-from-data.ts'
import { parse } from '../syntax/parse.ts'
import { check } from './check.ts'
import { excerptAt, withCaret } from './excerpt.ts'
import { explain } from './explain.ts'
import { type Renaming, renameInExpression, renameInTemplate } from './rename.ts'

describe('check', () => {
  test.each([
    ["concat('a', variables('x'))", []],
    ["length(outputs('A')?['body'])", []],
    ["if(false, concatt('a'), 1)", [['Expression.UnknownFunction', 'concatt']]],
    ["substring('a')", [['Expression.Arity', 'substring']]],
    ["add('1', 2)", [['Expression.Type', "'1'"]]],
    ["add(1, toUpper('a'))", [['Expression.Type', "toUpper('a')"]]],
    [
      "first(concat('a'), nope())",
      [
        ['Expression.Arity', 'first'],
        ['Expression.UnknownFunction', 'nope'],
      ],
    ],
    ["and(equals(1, 1), 'true')", [['Expression.Type', "'true'"]]],
    ["json('{}')[toLower(5)]", [['Expression.Type', '5']]],
  ])('%s', (text, problems) => {
    const found = check(parse(text)).map(({ code, start, end }) => [code, text.slice(start, end)])
    expect(found).toEqual(problems)
  })

  test('suggests the nearest names, and says which argument got what', () => {
    expect(check(parse("formatDatTime('x')"))[0]?.hint).toContain('formatDateTime')
    expect(check(parse("substring('a', 'b')"))[0]?.message).toMatch(/second.*"start".*integer.*String/)
  })

  test('what check finds fails when it is reached, with the same code', () => {
    for (const text of ["add('1', 2)", "substring('a')", 'nope()', 'toUpper(createArray(1))', 'not(5)']) {
      const [problem] = check(parse(text))
      expect(() => evaluate(text, scopeFromData({}))).toThrow(
        expect.objectContaining({ code: problem?.code }),
      )
    }
  })
})

describe('rename', () => {
  const action: Renaming = { kind: 'action', from: 'Get_user', to: "Get_Ada's user" }

  test.each<[string, Renaming, string]>([
    ["@outputs( 'Get_user' )?['body']", action, "@outputs( 'Get_Ada''s user' )?['body']"],
    [
      "a @{body('get_USER').x} b @{items('Get_user')}",
      action,
      "a @{body('Get_Ada''s user').x} b @{items('Get_Ada''s user')}",
    ],
    ["@variables('Get_user')", action, "@variables('Get_user')"],
    [
      "@concat(variables('n'), variables('N'))",
      { kind: 'variable', from: 'n', to: 'm' },
      "@concat(variables('m'), variables('m'))",
    ],
    [
      "@actions('A')[variables('A')]",
      { kind: 'action', from: 'A', to: 'B' },
      "@actions('B')[variables('A')]",
    ],
    ["@outputs(concat('Get', '_user'))", action, "@outputs(concat('Get', '_user'))"],
    ["@@outputs('Get_user')", action, "@@outputs('Get_user')"],
    ["outputs('Get_user')", action, "outputs('Get_user')"],
    [
      "@concat('Get_user', outputs('It''s'))",
      { kind: 'action', from: "it's", to: 'x' },
      "@concat('Get_user', outputs('x'))",
    ],
  ])('%s', (text, renaming, result) => {
    expect(renameInTemplate(text, renaming)).toBe(result)
  })

  test('in an expression without the @', () => {
    expect(renameInExpression("  body('A') ", { kind: 'action', from: 'a', to: 'B' })).toBe("  body('B') ")
  })

  test('renaming there and back gives the same bytes', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.toLowerCase() === text)
    fc.assert(
      fc.property(name, (to) => {
        const text = "x @{ body( 'A' )?.b } @{outputs('A')['}']}"
        const there = renameInTemplate(text, { kind: 'action', from: 'A', to })
        expect(renameInTemplate(there, { kind: 'action', from: to, to: 'A' })).toBe(text)
      }),
    )
  })
})

describe('errors', () => {
  function failure(text: string) {
    try {
      evaluate(text, scopeFromData({ variables: { v: { a: null } } }))
    } catch (error) {
      if (isFlowsteadError(error)) return error
    }
    throw new Error(`${text} should fail.`)
  }

  test.each([
    ['concat(‘a’)', 7, /curly quote \(U\+2018\)/],
    ['concat(“a”)', 7, /curly double quote/],
    ["concat('a',\u00a0'b')", 11, /no-break space \(U\+00A0\)/],
    ["con\u200bcat('a')", 3, /zero-width character \(U\+200B\)/],
    ["\ufeffconcat('a')", 0, /byte order mark/],
    ["concat('a'\u202e)", 10, /direction of text/],
    ['concat("a")', 7, /single quotes/],
  ])('%j names the character', (text, at, message) => {
    expect(failure(text)).toMatchObject({
      code: 'Expression.Parse',
      at,
      message: expect.stringMatching(message),
    })
  })

  test('odd characters inside a text are data', () => {
    expect(evaluate("concat('‘\u00a0\u200b')", scopeFromData({}))).toBe('‘\u00a0\u200b')
  })

  test('a text closed by a curly quote says so', () => {
    expect(failure("concat('a’)").hint).toContain('’')
  })

  test.each([
    ["concat('a', toUpper('b')", 'concat('],
    ["concat('a'))", 'too many'],
    ["json('[1]')[0", '"["'],
  ])('%s names the bracket', (text, hint) => {
    expect(failure(text).hint).toContain(hint)
  })

  test('a step on null names what was null and how to write it', () => {
    const error = failure("concat('x', variables('v')?['a']['b'])")
    expect(error.message).toContain("variables('v')?['a']")
    expect(error.hint).toContain("variables('v')?['a']?['b']")
    expect(error.at).toBe(33)
  })

  test('a missing property tells which there are', () => {
    expect(failure("variables('v').b").hint).toContain('a')
  })

  test('a missing action or variable is named', () => {
    expect(failure("outputs('Nope')")).toMatchObject({ code: 'Expression.MissingReference', at: 0 })
    expect(failure("variables('w')").message).toBe('There is no variable "w".')
  })

  test('the line of an error with a caret below', () => {
    expect(withCaret("concat(\r\n\t'a', x)", 15)).toBe("\t'a', x)\n\t     ^")
    expect(excerptAt('ab\ncd', 4)).toEqual({ line: 'cd', lineNumber: 2, column: 2, before: 'c' })
    expect(excerptAt('ab', 99)).toMatchObject({ line: 'ab', column: 3 })
  })
})

describe('explain', () => {
  const scope = scopeFromData({ variables: { n: 2 } })

  test('every step has its value, what was not needed is not reached', () => {
    const { steps, value } = explain("@if(greater(variables('n'), 1), add(variables('n'), 1), nope())", scope)
    expect(value).toBe(3)
    expect(
      steps.map(({ text, depth, outcome }) => [
        depth,
        text,
        outcome.kind === 'value' ? outcome.value : outcome.kind,
      ]),
    ).toEqual([
      [0, "if(greater(variables('n'), 1), add(variables('n'), 1), nope())", 3],
      [1, "greater(variables('n'), 1)", true],
      [2, "variables('n')", 2],
      [1, "add(variables('n'), 1)", 3],
      [2, "variables('n')", 2],
      [1, 'nope()', 'not reached'],
    ])
  })

  test('a failing step has its error, and so has the whole', () => {
    const { steps, error } = explain("x@{first(split(variables('n'), ';'))}", scope)
    expect(error?.code).toBe('Expression.Type')
    expect(steps.map(({ outcome }) => outcome.kind)).toEqual(['error', 'error', 'value'])
  })

  test('interpolation and plain text have values too', () => {
    expect(explain("n is @{variables('n')}", scope)).toMatchObject({ value: 'n is 2' })
    expect(explain('plain', scope)).toEqual({ steps: [], value: 'plain' })
  })
})
