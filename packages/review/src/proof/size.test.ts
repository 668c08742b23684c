import { describe, expect, test } from 'vitest'
import { review } from '../review.ts'
import { everyDocument } from './every-document.testing.ts'
import { hugeFlows } from './huge-flows.testing.ts'
import { complaints } from './well-formed.testing.ts'

const reviewText = (text: string) => review([{ name: 'a.json', bytes: new TextEncoder().encode(text) }])
const reviewOf = (actions: object, more: object = {}) =>
  reviewText(
    JSON.stringify({
      definition: { triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } }, actions, ...more },
    }),
  )
const compose = (inputs: unknown) => ({ type: 'Compose', inputs })
const nested = (levels: number): object => {
  let actions: object = { Last: compose(1) }
  for (let level = 0; level < levels; level += 1) actions = { [`Scope_${level}`]: { type: 'Scope', actions } }
  return actions
}
/** `concat(concat(…))`, so deep. */
const deep = (levels: number): string => `@${'concat('.repeat(levels)}1${')'.repeat(levels)}`

describe('a flow that is too large to be read', () => {
  test.each([
    [
      '50,000 actions',
      () => reviewOf(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`A${i}`, compose(1)]))),
    ],
    ['a depth of 1,000', () => reviewOf(nested(500))],
    ['a depth of 100,000', () => reviewText('[{"a":'.repeat(50_000))],
  ])('because of %s is told, not thrown', (_why, reviewed) => {
    const { flows, findings } = reviewed()
    expect(flows).toEqual([])
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['STR001 error'])
  })
})

describe('a flow that is just readable', () => {
  test('has 19,000 actions, all of them counted and checked', () => {
    const actions = Object.fromEntries(
      Array.from({ length: 19_000 }, (_, index) => [
        `A${index}`,
        index === 9 ? compose("@outputs('B')") : compose(1),
      ]),
    )
    const [reviewed] = reviewOf(actions).flows
    expect(reviewed?.metrics.steps).toBe(19_000)
    expect(reviewed?.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['LIM701', 'REF101']))
  })

  test('is nested as deep as can be read', () => {
    const reviewed = reviewOf(nested(240))
    expect(reviewed.flows[0]?.metrics.steps).toBe(241)
    expect(everyDocument(reviewed).flatMap(complaints)).toEqual([])
  })

  test.each(Object.entries(hugeFlows))('is hard to follow: %s', (_name, actionsOf) => {
    const reviewed = reviewOf(actionsOf(30))
    expect(reviewed.flows).toHaveLength(1)
    expect(everyDocument(reviewed).flatMap(complaints)).toEqual([])
  })
})

describe('a flow with', () => {
  test.each([
    ['a text of five megabytes', { A: compose('x'.repeat(5e6)) }],
    ['an expression of a megabyte', { A: compose(`@concat('${'x'.repeat(1e6)}')`) }],
    ['a name of a megabyte', { ['x'.repeat(1e6)]: compose(1) }],
    ['10,000 variables', hugeFlows['variables in one action']?.(10_000) ?? {}],
    ['expressions nested 1,000 deep', { A: compose(deep(1_000)) }],
    ['expressions nested 200 deep', { A: compose(deep(200)) }],
    [
      '10,000 keys in an object',
      { A: compose(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`@{k${i}}`, i]))) },
    ],
    [
      'actions that wait for each other',
      {
        A: { ...compose("@outputs('B')"), runAfter: { B: ['Succeeded'] } },
        B: { ...compose("@outputs('A')"), runAfter: { A: ['Failed'] } },
      },
    ],
    [
      'an action that waits for itself',
      { A: { ...compose("@outputs('A')"), runAfter: { A: ['Succeeded'] } } },
    ],
    [
      'a name of a lone surrogate',
      { '\ud800': compose('\udc00'), 'a\u0000b': compose('\u0000'), '\u202Eexe': compose(1) },
    ],
  ])('%s is reviewed and shown', (_what, actions) => {
    const reviewed = reviewOf(actions)
    expect(reviewed.flows[0]?.metrics.steps).toBe(Object.keys(actions).length)
    expect(everyDocument(reviewed).flatMap(complaints)).toEqual([])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'])(
    'everything named %s loses nothing',
    (name) => {
      const object = (value: unknown): object => JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as object
      const inside = {
        type: 'Scope',
        actions: object({ type: name, kind: name, inputs: object(`@variables('${name}')`) }),
      }
      const reviewed = reviewOf(
        {
          ...object({
            type: 'Switch',
            expression: name,
            cases: object({ case: name, actions: { Inside: inside } }),
          }),
          Last: {
            type: 'InitializeVariable',
            inputs: { variables: [{ name, type: name, value: object(1) }] },
            runAfter: object([name]),
          },
        },
        { parameters: object({ type: name }), outputs: object({ value: name }), staticResults: object({}) },
      )
      expect(reviewed.flows[0]?.data.actionArray.map((each) => each.name)).toEqual([
        name,
        'Inside',
        name,
        'Last',
      ])
      expect(everyDocument(reviewed).flatMap(complaints)).toEqual([])
    },
  )
})
