import { describe, expect, test } from 'vitest'
import { checkFlow } from '../../check-rules.ts'
import { subjectOf } from '../../subject/subject.ts'
import { type ExampleFlow, readExample } from '../example-flow.ts'
import { referenceRules } from './index.ts'

function messages(id: string, example: ExampleFlow): string[] {
  const only = referenceRules.filter((rule) => rule.id === id)
  return readExample(example).flows.flatMap((flow) =>
    checkFlow(subjectOf(flow), { only }).map(({ message }) => message),
  )
}

const value = (inputs: unknown, ...before: string[]) => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(before.map((name) => [name, ['Succeeded']])),
})
const counter = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'counter', type: 'integer', value: 0 }] },
}

describe('outputs that are upstream', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['of an action two steps before', { A: value(1), B: value(2, 'A'), C: value("@outputs('A')", 'B') }],
    [
      'of an action inside a scope that has ended',
      { S: { type: 'Scope', actions: { A: value(1) } }, B: value("@outputs('A')", 'S') },
    ],
    [
      'of the scope itself',
      { S: { type: 'Scope', actions: { A: value(1) } }, B: value("@result('S')", 'S') },
    ],
    [
      'of an action before the loop that holds the reader',
      {
        A: value([1]),
        L: {
          type: 'Foreach',
          foreach: "@outputs('A')",
          actions: { B: value("@outputs('A')"), C: value("@outputs('B')", 'B') },
          runAfter: { A: ['Succeeded'] },
        },
      },
    ],
    [
      'of the body of an Until in its own condition',
      {
        U: {
          type: 'Until',
          expression: "@equals(outputs('A'), 1)",
          limit: { count: 5, timeout: 'PT1H' },
          actions: { A: value(1) },
        },
      },
    ],
    [
      'of a branch that may have been taken, after the condition',
      {
        If: {
          type: 'If',
          expression: '@equals(triggerBody(), 1)',
          actions: { A: value(1) },
          else: { actions: {} },
        },
        B: value("@coalesce(outputs('A'), 0)", 'If'),
      },
    ],
    [
      'of the action itself in its tracked properties',
      { A: { ...value(1), trackedProperties: { x: "@outputs('A')" } } },
    ],
    ['whose name has spaces', { 'Get it': value(1), B: value("@outputs('Get_it')", 'Get it') }],
    [
      'of a failed action',
      { A: value(1), B: { ...value("@actions('A')"), runAfter: { A: ['Failed', 'TimedOut'] } } },
    ],
  ]
  test.each(cases)('%s are there', (_, actions) => {
    expect(messages('REF105', { actions })).toEqual([])
  })
})

describe('outputs that are not upstream', () => {
  const cases: readonly (readonly [string, object, RegExp])[] = [
    ['of a parallel action', { A: value(1), B: value("@outputs('A')") }, /wait for it/],
    ['of a later action', { A: value("@outputs('B')"), B: value(1, 'A') }, /runs after/],
    [
      'of the other branch',
      {
        If: {
          type: 'If',
          expression: '@equals(triggerBody(), 1)',
          actions: { A: value(1) },
          else: { actions: { B: value("@outputs('A')") } },
        },
      },
      /another branch/,
    ],
    [
      'of an action inside, read by the list of the loop',
      { L: { type: 'Foreach', foreach: "@outputs('A')", actions: { A: value(1) } } },
      /decides first/,
    ],
    [
      'of the scope around',
      { S: { type: 'Scope', actions: { A: value("@result('S')") } } },
      /which it holds/,
    ],
    ['of the action itself', { A: value("@outputs('A')") }, /reads itself/],
  ]
  test.each(cases)('%s are missed', (_, actions, expected) => {
    expect(messages('REF105', { actions })).toEqual([expect.stringMatching(expected)])
  })

  test('a trigger cannot read an action', () => {
    const trigger = {
      type: 'Recurrence',
      recurrence: { frequency: 'Day', interval: 1 },
      conditions: [{ expression: "@equals(outputs('A'), 1)" }],
    }
    expect(messages('REF105', { trigger, actions: { A: value(1) } })).toHaveLength(1)
  })
})

describe('variables', () => {
  test('one that another variable starts with is there when it was initialized before', () => {
    const next = {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'next', type: 'integer', value: "@variables('counter')" }] },
      runAfter: { Start: ['Succeeded'] },
    }
    expect(messages('REF104', { actions: { Start: counter, Next: next } })).toEqual([])
  })

  test('setting one beside its initialization is found', () => {
    const set = { type: 'SetVariable', inputs: { name: 'Counter', value: 1 } }
    expect(messages('REF104', { actions: { Start: counter, Set: set } })).toHaveLength(1)
  })

  test('one that a computed name may initialize is left alone', () => {
    const computed = {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: "@{parameters('x')}", type: 'integer' }] },
    }
    const actions = { Start: counter, Other: computed, Show: value("@variables('counter')") }
    expect(messages('REF104', { parameters: { x: { type: 'String' } }, actions })).toEqual([])
  })
})

describe('loops', () => {
  test('item() inside a data operation inside a scope is fine', () => {
    const select = { type: 'Select', inputs: { from: '@triggerBody()', select: { a: "@item()?['a']" } } }
    expect(messages('REF106', { actions: { S: { type: 'Scope', actions: { Select: select } } } })).toEqual([])
  })

  test('item() in the list of a data operation has nothing to read', () => {
    const select = { type: 'Select', inputs: { from: "@item()?['a']", select: { a: 1 } } }
    expect(messages('REF106', { actions: { Select: select } })).toHaveLength(1)
  })

  test('items() of an outer loop is fine, of a loop beside it is not', () => {
    const inner = {
      type: 'Foreach',
      foreach: "@items('Outer')",
      actions: { Show: value("@items('Beside')") },
    }
    const outer = { type: 'Foreach', foreach: '@triggerBody()', actions: { Inner: inner } }
    const beside = { type: 'Foreach', foreach: '@triggerBody()', actions: { X: value(1) } }
    expect(messages('REF106', { actions: { Outer: outer, Beside: beside } })).toHaveLength(1)
  })
})
