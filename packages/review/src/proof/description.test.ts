import type { NamedFile } from '@flowstead/definition'
import { isObject, type Value } from '@flowstead/expressions'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignTexts } from '../documents/hostile-texts.testing.ts'
import type { Finding } from '../finding.ts'
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

/** Notes by the number of the place they are for; `undefined` takes away what was there. */
const notes = fc.array(
  fc.oneof(
    fc.constantFrom(
      undefined,
      '',
      "@{outputs('Compose')} and @variables('nobody')",
      "@concat('a', @parameters('p') @{parameters('q')}",
      'See https://example.com/a?sig=abc, or call +1 555 0100.',
      'x'.repeat(300),
    ),
    foreignTexts.map((texts) => texts.notes),
  ),
  { minLength: 1, maxLength: 6 },
)
const sample = fc.record({ file: fc.constantFrom(...documents.keys()), notes })
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never

/** Rules that are about notes: whether there are some, and how long they may be. */
const isAboutNotes = ({ rule }: Finding): boolean => rule === 'MNT513' || rule === 'LIM705'

/** A definition with the notes of itself, of its triggers and of its actions replaced. */
function withNotes(definition: Value, texts: readonly (string | undefined)[]): Value {
  let count = 0
  return noted(definition)

  function noted(holder: Value): Value {
    if (!isObject(holder)) return holder
    const note = texts[count % texts.length]
    count += 1
    const { description: _, ...rest } = holder
    return inside(note === undefined ? rest : { ...rest, description: note })
  }

  function inside(holder: Value): Value {
    return mapEntries(holder, ([key, inner]) => {
      if (key === 'actions' || key === 'triggers') return [key, mapValues(inner, noted)]
      if (key === 'cases' || key === 'tools') return [key, mapValues(inner, inside)]
      return [key, key === 'else' || key === 'default' ? inside(inner) : inner]
    })
  }
}

function changed({ file, notes: texts }: Sample): { readonly before: NamedFile; readonly after: NamedFile } {
  const { value, flows } = documentNamed(documents, file)
  let after = value
  for (const flow of flows)
    after = changedAt(after, flow.definitionAt, (definition) => withNotes(definition, texts))
  return { before: fileOf(file, value), after: fileOf(file, after) }
}

describe('a description that is changed, added or taken away', () => {
  test('changes no finding but of the rules about descriptions', () => {
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after } = changed(drawn)
        const keysOf = (file: NamedFile): string[] => findingKeys(review([file]), { without: isAboutNotes })
        expect(keysOf(after)).toEqual(keysOf(before))
      }),
      { numRuns: 60 },
    )
  })

  test.each(['documented', 'as-shipped'] as const)('changes no figure, %s', (profile) => {
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after } = changed(drawn)
        expect(figuresOf(after, profile)).toEqual(figuresOf(before, profile))
      }),
      { numRuns: 40 },
    )
  })

  test('changes nothing in the data but the notes and the text of the action', () => {
    const dataOf = (file: NamedFile) =>
      review([file]).flows.map(({ data }) => ({
        ...data,
        actionArray: data.actionArray.map((each) => ({ ...each, notes: '' })),
        apiActionArray: data.apiActionArray.map((each) => ({ ...each, notes: '' })),
        exceptionArray: data.exceptionArray.map((each) => ({ ...each, notes: '' })),
        actionObjectArray: data.actionObjectArray.map((each) => ({ ...each, object: '' })),
      }))
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after } = changed(drawn)
        expect(dataOf(after)).toEqual(dataOf(before))
      }),
      { numRuns: 30 },
    )
  })
})
