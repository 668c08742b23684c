import { isObject, setOwn, type Value } from '@flowstead/expressions'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { review } from '../review.ts'
import { corpusDocuments, documentNamed, fileOf } from './documents.testing.ts'
import { everyDocument } from './every-document.testing.ts'
import { complaints } from './well-formed.testing.ts'

const documents = corpusDocuments()

/** Values of every JSON type, those among them that have broken readers elsewhere. */
const value = fc.oneof(
  fc.constantFrom<Value>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    'x',
    '@',
    '@@',
    '@{',
    "@variables('x')",
    "@outputs('')?['']",
    '\ud800',
    '\u0000',
    '__proto__',
    [],
    {},
    [[]],
    [null],
    { type: null },
    { actions: [] },
    { '': {} },
  ),
  fc.jsonValue({ maxDepth: 2 }).map((json) => json as Value),
)

/** A value or a key somewhere in a document, replaced. */
const mutation = fc.record({
  file: fc.constantFrom(...documents.keys()),
  /** Where, in millionths of the way through all places. */
  at: fc.noBias(fc.nat({ max: 999_999 })),
  value,
  of: fc.constantFrom('value', 'key'),
})
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

function places(json: Value): number {
  const inner = Array.isArray(json) ? json : isObject(json) ? Object.values(json) : []
  let count = 1
  for (const each of inner) count += places(each)
  return count
}

const nameOf = (json: Value): string => (typeof json === 'string' ? json : JSON.stringify(json))

function mutated(json: Value, { at, value: replacement, of }: Mutation): Value {
  let left = Math.floor((at * places(json)) / 1_000_000)
  return visit(json)

  function visit(inner: Value): Value {
    if (left-- === 0) return replacement
    if (Array.isArray(inner)) return inner.map(visit)
    if (!isObject(inner)) return inner
    const copy = {}
    for (const [key, member] of Object.entries(inner)) {
      const isRenamed = left === 0 && of === 'key'
      const name = isRenamed ? nameOf(replacement) : key
      setOwn(copy, name, isRenamed ? member : visit(member))
      if (isRenamed) left = -1
    }
    return copy
  }
}

const fileOfMutation = (drawn: Mutation) =>
  fileOf(drawn.file, mutated(documentNamed(documents, drawn.file).value, drawn))

describe('a published flow with any value in any place', () => {
  test('is reviewed', () => {
    fc.assert(
      fc.property(mutation, (drawn) => {
        const { flows, findings } = review([fileOfMutation(drawn)])
        expect(flows.length + findings.length).toBeGreaterThan(0)
        for (const { findings: own } of flows)
          for (const { message, hint } of own)
            expect(`${message}${hint}`).not.toMatch(/undefined|NaN|\[object/)
      }),
      { numRuns: 280 },
    )
  })

  test('gives documents that are whole', () => {
    fc.assert(
      fc.property(mutation, (drawn) => {
        expect(everyDocument(review([fileOfMutation(drawn)])).flatMap(complaints)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})
