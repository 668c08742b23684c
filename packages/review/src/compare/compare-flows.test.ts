import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Flow, readFlows } from '@flowstead/definition'
import { isObject, type ObjectValue, printJson, setOwn, type Value } from '@flowstead/expressions'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ExampleFlow, readExample } from '../rules/example-flow.ts'
import { compareFlows } from './compare-flows.ts'
import type { Change } from './comparison.ts'

function flowOf(example: ExampleFlow): Flow {
  const [flow] = readExample(example).flows
  if (flow === undefined) throw new Error('The example holds no flow.')
  return flow
}

/** Each change in one line. */
function changes(before: ExampleFlow, after: ExampleFlow): string[] {
  return compareFlows(flowOf(before), flowOf(after)).changes.map(line)
}

function line({ kind, subject, name, path, before, after }: Change): string {
  return `${kind} ${subject} ${name} ${path} ${before ?? ''} -> ${after ?? ''}`.replaceAll(/ +/g, ' ').trim()
}

const compose = (inputs: unknown, after?: string, more: object = {}): object => ({
  type: 'Compose',
  inputs,
  runAfter: after === undefined ? {} : { [after]: ['Succeeded'] },
  ...more,
})

describe('nothing has changed', () => {
  const corpus = fileURLToPath(new URL('../../../../conformance/corpus/', import.meta.url))
  const index = JSON.parse(readFileSync(`${corpus}index.json`, 'utf8')) as {
    readonly definitions: readonly { readonly file: string }[]
  }

  test('between a flow of the corpus and itself, with its keys in another order', () => {
    let compared = 0
    for (const { file } of index.definitions) {
      const bytes = readFileSync(corpus + file)
      for (const flow of readFlows(bytes, file).flows) {
        const text = printJson(reversed(flow.definition))
        const [other] = readFlows(new TextEncoder().encode(text), file).flows
        if (other === undefined) throw new Error(`${file} cannot be read again.`)
        const { parameters, connectionReferences } = flow
        expect(compareFlows(flow, flow).changes).toEqual([])
        expect(compareFlows(flow, { ...other, parameters, connectionReferences }).changes, file).toEqual([])
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(150)
  })

  test.each([
    ['spaces and style in expressions', "@equals(outputs('A')?['x'], 1)", "@Equals( outputs('a')?.x,1 )"],
    ['spaces in a text with holes', "Hello @{ body('A') }", "Hello @{body('A')}"],
  ])('with %s', (_what, one, other) => {
    expect(changes({ actions: { A: compose(one) } }, { actions: { A: compose(other) } })).toEqual([])
  })

  test("with a status in other letters, another order of edges, and another designer's id", () => {
    const edges = (runAfter: object, id: string): ExampleFlow => ({
      actions: {
        A: compose(1),
        B: compose(2),
        C: { type: 'compose', inputs: 3, runAfter, metadata: { operationMetadataId: id } },
      },
    })
    const one = edges({ A: ['Succeeded', 'Failed'], B: ['Succeeded'] }, '1')
    expect(changes(one, edges({ b: ['SUCCEEDED'], A: ['Failed', 'Succeeded'] }, '2'))).toEqual([])
  })

  test('whatever the definition holds', () => {
    const plain = [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)]
    const value = fc.anything({ values: plain, maxDepth: 3 })
    const action = fc.record({
      type: fc.constantFrom('Compose', 'Scope', 'If', 'Switch', 3),
      inputs: value,
      cases: value,
      actions: value,
      runAfter: fc.dictionary(fc.string(), fc.array(fc.string())),
    })
    fc.assert(
      fc.property(fc.dictionary(fc.string(), action, { maxKeys: 5 }), (actions) => {
        const flow = flowOf({ actions })
        expect(compareFlows(flow, flow).changes).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

/** The same value with the keys of every object in reverse order. */
function reversed(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isObject(value)) return value
  const copy: ObjectValue = {}
  for (const [key, inner] of Object.entries(value).reverse()) setOwn(copy, key, reversed(inner))
  return copy
}

describe('an action', () => {
  test('is renamed once, with the expressions and edges that mean it', () => {
    const before = { A: compose({ a: 1 }), B: compose("@outputs('A')", 'A') }
    const after = { Total: compose({ a: 1 }), B: compose("@outputs('Total')", 'Total') }
    expect(changes({ actions: before }, { actions: after })).toEqual(['R action Total A -> Total'])
  })

  test("is renamed and edited when it keeps the designer's id", () => {
    const metadata = { operationMetadataId: '7' }
    const before = { A: compose(1, undefined, { metadata }), B: compose(1) }
    const after = { C: compose(2, undefined, { metadata }), B: compose(1) }
    expect(changes({ actions: before }, { actions: after })).toEqual([
      'R action C A -> C',
      'E action C inputs 1 -> 2',
    ])
  })

  test("swaps its name with another's", () => {
    const id = (operationMetadataId: string) => ({ metadata: { operationMetadataId } })
    const before = { A: compose(1, undefined, id('1')), B: compose(2, undefined, id('2')) }
    const after = { A: compose(2, undefined, id('2')), B: compose(1, undefined, id('1')) }
    expect(changes({ actions: before }, { actions: after })).toEqual([
      'R action A B -> A',
      'R action B A -> B',
    ])
  })

  test('that is renamed where an expression forgets it makes that expression mean something else', () => {
    const before = { A: compose({ a: 1 }), B: compose("@outputs('A')") }
    const after = { Total: compose({ a: 1 }), B: compose("@outputs('A')") }
    const { changes: found } = compareFlows(flowOf({ actions: before }), flowOf({ actions: after }))
    expect(found[1]).toMatchObject({ kind: 'E', name: 'B', before: "@outputs('A')", after: "@outputs('A')" })
    expect(found[1]?.note).toMatch(/renamed/)
  })

  test('is moved into a scope, and its edges follow', () => {
    const before = { A: compose(1), B: compose(2, 'A') }
    const after = {
      A: compose(1),
      Main: { type: 'Scope', runAfter: { A: ['Succeeded'] }, actions: { B: compose(2) } },
    }
    expect(changes({ actions: before }, { actions: after })).toEqual([
      'N action Main -> Scope',
      'M action B at the top level -> in "Main"',
      'E action B runAfter A (Succeeded) -> nothing: first of its branch',
    ])
  })

  test('is moved to the other branch', () => {
    const branch = (key: string): ExampleFlow => ({
      actions: {
        Check: {
          type: 'If',
          expression: true,
          ...(key === 'actions' ? { actions: { A: compose(1) } } : { else: { actions: { A: compose(1) } } }),
        },
      },
    })
    expect(changes(branch('actions'), branch('else'))).toEqual([
      'M action A in "Check", if true -> in "Check", if false',
    ])
  })

  test('inside a renamed scope is not moved', () => {
    const scope = { type: 'Scope', actions: { A: compose(1), B: compose(2, 'A') } }
    expect(changes({ actions: { Scope: scope } }, { actions: { Main: scope } })).toEqual([
      'R action Main Scope -> Main',
    ])
  })

  test('is new, or deleted, with what it calls', () => {
    const call = {
      type: 'OpenApiConnection',
      inputs: {
        host: { connectionName: 'shared_vome', operationId: 'ListShifts', apiId: '/apis/shared_vome' },
      },
    }
    expect(changes({ actions: {} }, { actions: { Shifts: call } })).toEqual([
      'N action Shifts -> OpenApiConnection, ListShifts of shared_vome',
    ])
    expect(changes({ actions: { Shifts: call } }, { actions: {} })).toEqual([
      'D action Shifts OpenApiConnection, ListShifts of shared_vome ->',
    ])
  })

  test('has changed inputs by path', () => {
    const inputs = (top: number, more: object) => ({ parameters: { $top: top, 'item/Name': 'x' }, ...more })
    expect(
      changes(
        { actions: { A: compose(inputs(1, { old: true })) } },
        { actions: { A: compose(inputs(5, { retryPolicy: { type: 'none' } })) } },
      ),
    ).toEqual([
      'E action A inputs.parameters["$top"] 1 -> 5',
      'D action A inputs.old true ->',
      'N action A inputs.retryPolicy -> {"type":"none"}',
    ])
  })

  test('has lists whose elements are aligned', () => {
    const list = (...items: unknown[]): ExampleFlow => ({ actions: { A: compose(items) } })
    expect(changes(list('b', 'c', 'd'), list('a', 'b', 'd'))).toEqual([
      'A action A inputs[0] -> a',
      'A action A inputs[1] c ->',
    ])
    expect(changes(list({ id: 1, n: 1 }, { id: 2 }), list({ id: 1, n: 2 }, { id: 2 }))).toEqual([
      'E action A inputs[0].n 1 -> 2',
    ])
  })

  test('has cases that are known by their value', () => {
    const choice = (cases: object): ExampleFlow => ({
      actions: { Choose: { type: 'Switch', expression: '@1', cases } },
    })
    const paid = { case: 'paid', actions: { A: compose(1) } }
    expect(
      changes(choice({ Case: paid, Other: { case: 'x', actions: {} } }), choice({ Paid: paid })),
    ).toEqual(['R action Choose cases.Paid Case -> Paid', 'D action Choose cases.Other {"case":"x"} ->'])
  })
})

describe('around the actions', () => {
  test('the trigger, whatever it is called now', () => {
    const trigger = (recurrence: object) => ({ type: 'Recurrence', recurrence })
    expect(
      changes(
        { triggers: { Recurrence: trigger({ frequency: 'Day', interval: 1 }) } },
        { triggers: { Every_night: trigger({ frequency: 'Day', interval: 2 }) } },
      ),
    ).toEqual([
      'R trigger Every_night Recurrence -> Every_night',
      'E trigger Every_night recurrence.interval 1 -> 2',
    ])
  })

  test('parameters, connection references and the description', () => {
    expect(
      changes(
        {
          parameters: { limit: { type: 'Int', defaultValue: 1 }, old: { type: 'String' } },
          connectionReferences: { mail: { api: 'shared_office365', logicalName: 'a' } },
        },
        {
          description: 'Books rooms.',
          parameters: { limit: { type: 'int', defaultValue: 2 } },
          connectionReferences: { mail: { api: 'shared_smtp', logicalName: 'a' } },
        },
      ),
    ).toEqual([
      'N flow description -> Books rooms.',
      'E parameter limit defaultValue 1 -> 2',
      'D parameter old {"type":"string"} ->',
      'E connection reference mail api shared_office365 -> shared_smtp',
    ])
  })

  test('variables, renamed where they are declared, written and read', () => {
    const flow = (name: string, value: number): ExampleFlow => ({
      actions: {
        Start: { type: 'InitializeVariable', inputs: { variables: [{ name, type: 'integer', value }] } },
        Add: { type: 'IncrementVariable', inputs: { name, value: 1 }, runAfter: { Start: ['Succeeded'] } },
        Read: compose(`@variables('${name}')`, 'Add'),
      },
    })
    expect(changes(flow('count', 0), flow('iCount', 5))).toEqual([
      'R variable iCount count -> iCount',
      'E variable iCount value 0 -> 5',
    ])
  })
})

describe('a comparison stays small', () => {
  test('with long texts that differ late', () => {
    const text = (end: string): ExampleFlow => ({ actions: { A: compose(`${'x'.repeat(5000)}${end}`) } })
    const [change] = compareFlows(flowOf(text('one')), flowOf(text('two'))).changes
    expect(change?.before).toBe(`…${'x'.repeat(40)}one`)
    expect(change?.after).toBe(`…${'x'.repeat(40)}two`)
  })

  test('with 5,000 changed actions', () => {
    const flow = (value: number): ExampleFlow => ({
      actions: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`A${index}`, compose(value)])),
    })
    const { changes: kept, counts, leftOut } = compareFlows(flowOf(flow(1)), flowOf(flow(2)))
    expect([kept.length, counts.E, leftOut]).toEqual([2_000, 5_000, 3_000])
  })

  test('with keys of every kind and lists in lists', () => {
    const deep = (end: string): unknown =>
      Array.from({ length: 60 }).reduce((inner) => [inner], end as unknown)
    const hostile = (value: string) => JSON.parse(`{"__proto__":{"a":"${value}"},"constructor":"${value}"}`)
    expect(
      changes(
        { actions: { A: compose(deep('one')), __proto: compose(hostile('x')) } },
        { actions: { A: compose(deep('two')), __proto: compose(hostile('y')) } },
      ).map((each) => each.slice(-40)),
    ).toEqual([
      expect.stringMatching(/\[0\]\[0\] one -> two$/),
      'E action __proto inputs.__proto__.a x -> y'.slice(-40),
      'E action __proto inputs.constructor x -> y'.slice(-40),
    ])
  })
})
