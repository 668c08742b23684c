import type { NamedFile } from '@flowstead/definition'
import { isObject, type ObjectValue, printJson, type Value } from '@flowstead/expressions'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { review } from '../review.ts'
import {
  changedAt,
  corpusDocuments,
  documentNamed,
  fileOf,
  mapEntries,
  mapValues,
} from './documents.testing.ts'
import { figuresOf, findingKeys } from './outcome.testing.ts'

const documents = corpusDocuments()
const file = fc.constantFrom(...documents.keys())
const runs = { numRuns: 25 }

const spaces = fc.array(fc.constantFrom('', ' ', '\t', '\n', '\r\n', '\n    '), {
  minLength: 1,
  maxLength: 9,
})

/** A JSON text with white space after each of its parts. */
function spaced(text: string, spaces: readonly string[]): string {
  let count = 0
  return text.replaceAll(
    /"(?:[^"\\]|\\.)*"|[{}[\],:]/g,
    (part) => `${part}${spaces[count++ % spaces.length]}`,
  )
}

const withText = (name: string, text: string): NamedFile => ({ name, bytes: new TextEncoder().encode(text) })

describe('white space and line ends', () => {
  test('change nothing of a review but lines', () => {
    fc.assert(
      fc.property(file, spaces, (name, between) => {
        const text = printJson(documentNamed(documents, name).value)
        const outcome = (given: string) =>
          review([withText(name, given)]).flows.map(({ findings, data, score, breakdown, identity }) => ({
            findings: findings.map(({ line, column, ...rest }) => JSON.stringify(rest)).sort(),
            ...{ data, score, breakdown, identity },
          }))
        expect(outcome(spaced(text, between))).toEqual(outcome(text))
      }),
      runs,
    )
  })

  test.each(['\n', '\r\n'])('lines are counted with %j', (lineEnd) => {
    const text = [
      '{"definition": {',
      '"triggers": {},',
      '"actions": {',
      '"A": {"type": "Nothing"}',
      '}}}',
    ].join(lineEnd)
    const [found] = review([withText('a.json', text)]).flows
    expect(found?.findings.find(({ rule }) => rule === 'STR002')).toMatchObject({ line: 4, column: 7 })
  })
})

type Reorder = (members: readonly Member[]) => readonly Member[]
type Member = readonly [key: string, value: Value]

/** A definition with the members of itself, its triggers and its actions in another order; actions stay in theirs. */
function reordered(definition: Value, reorder: Reorder): Value {
  return inOrder(definition)

  function inOrder(holder: Value): Value {
    return isObject(holder) ? Object.fromEntries(reorder(Object.entries(inside(holder)))) : holder
  }

  function inside(holder: ObjectValue): ObjectValue {
    return mapEntries(holder, ([key, inner]) => {
      if (key === 'actions' || key === 'triggers') return [key, mapValues(inner, inOrder)]
      if (key === 'cases' || key === 'tools') return [key, mapValues(inner, inOrder)]
      return [key, key === 'else' || key === 'default' || key === 'runAfter' ? inOrder(inner) : inner]
    }) as ObjectValue
  }
}

const reorder: fc.Arbitrary<Reorder> = fc.oneof(
  fc.constant<Reorder>((members) => members.toReversed()),
  fc.nat({ max: 5 }).map<Reorder>((by) => (members) => [...members.slice(by), ...members.slice(0, by)]),
)

test('members in another order change neither findings nor figures', () => {
  fc.assert(
    fc.property(file, reorder, (name, order) => {
      const { value, flows } = documentNamed(documents, name)
      let changed = value
      for (const { definitionAt } of flows)
        changed = changedAt(changed, definitionAt, (definition) => reordered(definition, order))
      const [before, after] = [fileOf(name, value), fileOf(name, changed)]
      expect(findingKeys(review([after]))).toEqual(findingKeys(review([before])))
      expect(figuresOf(after, 'documented')).toEqual(figuresOf(before, 'documented'))
    }),
    runs,
  )
})
