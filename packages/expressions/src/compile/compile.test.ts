import { isFlowsteadError } from '@flowstead/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functions } from '../functions/index.ts'
import { parseJson } from '../json/parse-json.ts'
import type { BoundCall } from '../scope.ts'
import { scopeFromData } from '../scope-from-data.ts'
import { values } from '../value.testing.ts'
import type { ObjectValue, Value } from '../value.ts'
import { compileExpression, evaluate } from './expression.ts'
import { compileTemplate } from './template.ts'

const empty = scopeFromData({})

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (isFlowsteadError(error)) return error.code
    throw error
  }
}

describe('compileExpression', () => {
  test('an error tells where in the text and in the file it is', () => {
    const expression = compileExpression("concat('a', toUpper(null))", { path: 'actions.A.inputs' })
    expect(() => expression.evaluate(empty)).toThrow(
      expect.objectContaining({ code: 'Expression.Type', path: 'actions.A.inputs', at: 12 }),
    )
  })

  test('an unknown function fails when reached, with the nearest name', () => {
    const expression = compileExpression("if(false, concatt('a'), 1)")
    expect(expression.evaluate(empty)).toBe(1)
    expect(() => evaluate("concatt('a')", empty)).toThrow(
      expect.objectContaining({ code: 'Expression.UnknownFunction', hint: 'Did you mean "concat"?' }),
    )
  })

  test('an error that is deferred comes when the expression is evaluated', () => {
    const expression = compileExpression('concat(', { onError: 'defer' })
    expect(codeOf(() => expression.evaluate(empty))).toBe('Expression.Parse')
    expect(codeOf(() => compileExpression('concat('))).toBe('Expression.Parse')
  })

  test('a binder replaces the look-up, and nothing is a missing reference', () => {
    const bind = ({ fn, name }: BoundCall) => (name === 'A' ? () => `${fn} of A` : () => undefined)
    expect(compileExpression("outputs('A')", { bind }).evaluate(empty)).toBe('outputs of A')
    expect(compileExpression("body('A')", { bind }).evaluate(empty)).toBe('body of A')
    expect(codeOf(() => compileExpression("variables('B')", { bind }).evaluate(empty))).toBe(
      'Expression.MissingReference',
    )
  })

  test('a binder that knows only outputs serves body too', () => {
    const bind = ({ fn }: BoundCall) => (fn === 'outputs' ? () => ({ body: 7 }) : undefined)
    expect(compileExpression("body('A')", { bind }).evaluate(empty)).toBe(7)
  })

  test.each([
    ["variables('v')", true],
    ["length(variables('v'))", false],
    ["variables('v')?[0]", false],
    ["createArray(variables('v'))", true],
    ["last(variables('v'))?.x", false],
    ["if(true, variables('v'), null)", true],
  ])('%s keeps the variable: %s', (text, isKept) => {
    const calls: BoundCall[] = []
    compileExpression(text, {
      bind(call) {
        calls.push(call)
        return undefined
      },
    })
    expect(calls).toEqual([{ fn: 'variables', name: 'v', isKept }])
  })

  test('slashes in a key are a path only when there is no such key', () => {
    const scope = scopeFromData({ actions: { A: { outputs: { body: { v: [{ w: 1 }] }, 'x/y': 2 } } } })
    expect(evaluate("outputs('A')?['body/v']", scope)).toEqual([{ w: 1 }])
    expect(evaluate("outputs('A')?['body/v/0/w']", scope)).toBe(1)
    expect(evaluate("outputs('A')['x/y']", scope)).toBe(2)
    expect(evaluate("outputs('A')?['a/b']", scope)).toBe(null)
    expect(codeOf(() => evaluate("outputs('A')['a/b']", scope))).toBe('Expression.MissingProperty')
  })

  test('keys that name prototype members are ordinary keys', () => {
    const scope = scopeFromData({ trigger: { outputs: { body: parseJson('{"__proto__":{"x":1}}') } } })
    expect(evaluate("triggerBody()['__proto__'].x", scope)).toBe(1)
    for (const key of ['constructor', 'toString', 'hasOwnProperty', '__proto__'])
      expect(evaluate(`json('{}')?['${key}']`, empty)).toBe(null)
    for (const fn of ['constructor', 'toString', '__proto__'])
      expect(codeOf(() => evaluate(`${fn}()`, empty))).toBe('Expression.UnknownFunction')
  })

  test('no function changes a prototype', () => {
    const made = evaluate(
      `setProperty(addProperty(json('{}'), '__proto__', json('{"polluted":1}')), 'a', 1)`,
      empty,
    )
    expect(Object.keys(made as ObjectValue)).toEqual(['__proto__', 'a'])
    expect(
      evaluate(`union(json('{"__proto__":{"polluted":1}}'), json('{"constructor":{"prototype":2}}'))`, empty),
    ).not.toHaveProperty('polluted')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('compileTemplate', () => {
  const scope = scopeFromData({ variables: { n: 1, name: 'key' } })

  test('parts without expressions are shared, not copied', () => {
    const constant = { a: [1, { b: 'x' }] }
    const template = compileTemplate({ constant, dynamic: "@variables('n')" })
    const resolved = template.resolve(scope) as ObjectValue
    expect(resolved).toEqual({ constant, dynamic: 1 })
    expect(resolved.constant).toBe(constant)
    expect(compileTemplate(constant).isConstant).toBe(true)
    expect(compileTemplate(constant).resolve(scope)).toBe(constant)
  })

  test('escapes are undone in constants too', () => {
    expect(compileTemplate({ '@@a': ['@@b', 'c@d'] }).resolve(scope)).toEqual({ '@a': ['@b', 'c@d'] })
  })

  test('keys are templates and must be strings', () => {
    expect(compileTemplate({ "@variables('name')": 1, "x@{variables('n')}": 2 }).resolve(scope)).toEqual({
      key: 1,
      x1: 2,
    })
    expect(codeOf(() => compileTemplate({ "@variables('n')": 1 }).resolve(scope))).toBe('Expression.Type')
  })

  test('references carry the pointer to their string', () => {
    const { references } = compileTemplate({ 'a/b': ["@{variables('n')}"] })
    expect(references.map(({ fn, name, pointer }) => ({ fn, name, pointer }))).toEqual([
      { fn: 'variables', name: 'n', pointer: '/a~1b/0' },
    ])
  })

  test('with defer only the broken part fails, and tells its path', () => {
    const template = compileTemplate({ a: '@concat(', b: 1 }, { onError: 'defer', path: 'actions.A.inputs' })
    expect(() => template.resolve(scope)).toThrow(
      expect.objectContaining({ code: 'Expression.Parse', path: 'actions.A.inputs.a', at: 8 }),
    )
    expect(codeOf(() => compileTemplate({ a: '@concat(' }))).toBe('Expression.Parse')
  })
})

describe('limits', () => {
  test.each([
    ['range(0, 100001)', 'Expression.Value'],
    [`length(join(range(0, 100000), '${'x'.repeat(2000)}'))`, 'Expression.Limit'],
    [`length(replace(string(range(0, 100000)), ',', '${'x'.repeat(2000)}'))`, 'Expression.Limit'],
    ['pow(10, 1000000)', 'Expression.Arithmetic'],
  ])('%s is refused', (text, code) => {
    expect(codeOf(() => evaluate(text, empty))).toBe(code)
  })

  test('a value that nests 100,000 deep is a limit in every function', () => {
    let deep: Value = []
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    const scope = scopeFromData({ variables: { deep, other: structuredCopy(deep) } })
    for (const fn of ['string', 'concat', 'binary', 'dataUri', 'union'])
      expect(codeOf(() => evaluate(`${fn}(variables('deep'))`, scope))).toBe('Expression.Limit')
    expect(codeOf(() => evaluate("equals(variables('deep'), variables('other'))", scope))).toBe(
      'Expression.Limit',
    )
    expect(codeOf(() => compileTemplate(deep))).toBe('Expression.Limit')
    expect(codeOf(() => compileTemplate("x@{variables('deep')}").resolve(scope))).toBe('Expression.Limit')
    expect(codeOf(() => evaluate(`json('${'['.repeat(8000)}')`, empty))).toBe('Expression.Limit')
  })

  function structuredCopy(value: Value): Value {
    let copy: Value = []
    for (let current = value; Array.isArray(current) && current.length > 0; current = current[0] as Value)
      copy = [copy]
    return copy
  }
})

describe('whatever is evaluated gives a value or a FlowsteadError', () => {
  const names = [...functions.values()].map((row) => row.name)

  test('for any function with any values', () => {
    const call = fc.tuple(fc.constantFrom(...names), fc.array(values, { maxLength: 4 }))
    fc.assert(
      fc.property(call, ([name, args]) => {
        const variables: ObjectValue = Object.fromEntries(args.map((value, index) => [`v${index}`, value]))
        const text = `${name}(${args.map((_, index) => `variables('v${index}')`).join(', ')})`
        codeOf(() => compileTemplate(`@{${text}}`).resolve(scopeFromData({ variables })))
      }),
      { numRuns: 2000 },
    )
  })

  test('for the examples of the functions, changed at random', () => {
    const texts = [...functions.values()].flatMap((row) => row.examples.map(([text]) => text))
    const change = fc.tuple(fc.constantFrom(...texts), fc.nat(60), fc.nat(4), fc.string({ maxLength: 3 }))
    fc.assert(
      fc.property(change, ([text, at, drop, insert]) => {
        codeOf(() => evaluate(text.slice(0, at) + insert + text.slice(at + drop), empty))
      }),
      { numRuns: 2000 },
    )
  })

  test('first(reverse(x)) is last(x)', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 5 }), (items) => {
        const scope = scopeFromData({ variables: { items } })
        const pair = evaluate(
          "createArray(first(reverse(variables('items'))), last(variables('items')))",
          scope,
        ) as Value[]
        expect(pair[0]).toBe(pair[1])
      }),
    )
  })
})
