import type { NamedFile } from '@flowstead/definition'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { handlerName, workingScopeName } from '../metrics/exception-flags.ts'
import type { Profile } from '../metrics/metrics.ts'
import { review } from '../review.ts'
import type { Setting } from '../rule.ts'
import { rules } from '../rules/index.ts'
import { changedAt, corpusDocuments, documentNamed, fileOf } from './documents.testing.ts'
import { figuresOf, findingKeys } from './outcome.testing.ts'
import { type NewNames, newNames, renameActions } from './rename-actions.testing.ts'

const documents = corpusDocuments()
const textsOf = (setting: Setting): readonly string[] => (typeof setting === 'number' ? [] : [setting].flat())

/** Names that the score or a rule looks for. */
const configured: ReadonlySet<string> = new Set(
  [
    handlerName,
    workingScopeName,
    ...rules.flatMap(({ settings = {} }) => Object.values(settings).flatMap(textsOf)),
  ].map((name) => name.toLowerCase()),
)

/** What new names begin with; a number makes each the only one. */
const beginnings = fc.array(
  fc.oneof(
    fc.constantFrom('Get', 'Zpráva o stavu', '読み込み', 'отчёт', 'قراءة', 'Password', 'Copy of e-mail', 'i'),
    fc.string({ unit: fc.constantFrom(...'abcXYZ 019_-éßλж字'), minLength: 1, maxLength: 40 }),
  ),
  { minLength: 1, maxLength: 8 },
)
const sample = fc.record({ file: fc.constantFrom(...documents.keys()), beginnings })
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never

interface Renamed {
  /** Every expression spells its names as the actions do. */
  readonly before: NamedFile
  readonly after: NamedFile
  readonly oldNames: ReadonlyMap<string, string>
}

function renamed({ file, beginnings: starts }: Sample): Renamed {
  const { value, flows } = documentNamed(documents, file)
  let [before, after] = [value, value]
  const oldNames = new Map<string, string>()
  for (const flow of flows) {
    const own: NewNames = new Map([...flow.actions].map(([key, action]) => [key, action.name]))
    const fresh = newNames(flow, configured, (index) => `n${starts[index % starts.length]}q${index}`)
    for (const [key, to] of fresh) oldNames.set(to, own.get(key) ?? key)
    before = changedAt(before, flow.definitionAt, (definition) => renameActions(definition, own))
    after = changedAt(after, flow.definitionAt, (definition) => renameActions(definition, fresh))
  }
  return { before: fileOf(file, before), after: fileOf(file, after), oldNames }
}

const isAboutNames = ({ rule, category }: Finding): boolean => category === 'naming' || rule === 'LIM705'

describe('renaming every action that configuration does not name', () => {
  test('changes no finding but of the rules about names', () => {
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after, oldNames } = renamed(drawn)
        const keysOf = (file: NamedFile): string[] =>
          findingKeys(review([file]), {
            without: isAboutNames,
            nameOf: (key) => oldNames.get(key) ?? key,
          })
        expect(keysOf(after)).toEqual(keysOf(before))
      }),
      { numRuns: 40 },
    )
  })

  test('changes no figure as documented', () => {
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after } = renamed(drawn)
        expect(figuresOf(after, 'documented')).toEqual(figuresOf(before, 'documented'))
      }),
      { numRuns: 20 },
    )
  })

  test('changes no figure as shipped, but for variables, which the product looks for in any text', () => {
    const besidesUse = (file: NamedFile, profile: Profile) =>
      figuresOf(file, profile).map(({ metrics, bands, lines }) => ({
        metrics: { ...metrics, flags: { ...metrics.flags, varNameUse: undefined } },
        bands,
        lines: lines.filter(({ name }) => name !== 'varUsed'),
      }))
    fc.assert(
      fc.property(sample, (drawn) => {
        const { before, after } = renamed(drawn)
        expect(besidesUse(after, 'as-shipped')).toEqual(besidesUse(before, 'as-shipped'))
      }),
      { numRuns: 20 },
    )
  })
})
