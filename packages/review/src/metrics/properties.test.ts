import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readFlows } from '@flowstead/definition'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../config/defaults.ts'
import type { ReviewConfig } from '../config/scoring-config.ts'
import { makeData } from '../data/make-data.ts'
import { subjectOf } from '../subject/subject.ts'
import { measure } from './measure.ts'
import { connectorAction, measureExample, variable } from './measured.testing.ts'
import type { Measured, Profile } from './metrics.ts'

const profiles: readonly Profile[] = ['documented', 'as-shipped']

/** A flow without its names: a kind of action, what it holds, and the statuses in which it follows the one before. */
interface Shape {
  readonly kind: (typeof kinds)[number]
  readonly holds: readonly Shape[]
  readonly after: readonly string[]
}

const kinds = [
  'Compose',
  'Scope',
  'If',
  'Switch',
  'Foreach',
  'Call',
  'Init',
  'Set',
  'Terminate',
  'Read',
] as const
const containers: ReadonlySet<string> = new Set(['Scope', 'If', 'Switch', 'Foreach'])

const { shapes } = fc.letrec<{ shapes: readonly Shape[] }>((tie) => ({
  shapes: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      holds: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant([]), tie('shapes')),
      after: fc.subarray(['Succeeded', 'Failed', 'Skipped', 'TimedOut'], { minLength: 1 }),
    }),
    { maxLength: 5 },
  ),
}))

/** The actions of a shape, named by their number. */
function build(list: readonly Shape[], nameOf: (index: number) => string): Record<string, object> {
  let count = 0
  const block = (inner: readonly Shape[]): Record<string, object> => {
    const actions: Record<string, object> = {}
    let previous: string | undefined
    for (const shape of inner) {
      const index = count
      count += 1
      const name = nameOf(index)
      const runAfter = previous === undefined ? {} : { [previous]: shape.after }
      actions[name] = { ...content(shape, index, previous, block), runAfter }
      previous = name
    }
    return actions
  }
  return block(list)
}

function content(
  { kind, holds }: Shape,
  index: number,
  previous: string | undefined,
  block: (inner: readonly Shape[]) => Record<string, object>,
): object {
  if (containers.has(kind)) return container(kind, block(holds))
  if (kind === 'Init') return variable(`s${index}`, 'string', index % 2 === 0 ? 'start' : undefined)
  if (kind === 'Set') return { type: 'SetVariable', inputs: { name: `s${index - 1}`, value: 'x' } }
  if (kind === 'Call')
    return connectorAction(index % 2 === 0 ? 'GetItems' : 'PatchItem', `shared_x_${index % 5}`)
  if (kind === 'Terminate') return { type: 'Terminate', inputs: { runStatus: 'Failed' } }
  return { type: 'Compose', inputs: previous === undefined ? 1 : `@outputs('${previous}')` }
}

function container(kind: string, actions: object): object {
  if (kind === 'Switch')
    return { type: kind, expression: '@1', cases: { One: { case: 1, actions } }, default: { actions: {} } }
  if (kind === 'If') return { type: kind, expression: { and: [] }, actions: {}, else: { actions } }
  return kind === 'Foreach' ? { type: kind, foreach: '@range(0, 1)', actions } : { type: kind, actions }
}

const config: fc.Arbitrary<ReviewConfig> = fc
  .array(fc.integer({ min: -10, max: 30 }), { minLength: 20, maxLength: 20 })
  .map((points) => {
    const names = Object.keys(defaultConfig.scoring.scores)
    const scores = Object.fromEntries(names.map((name, index) => [name, points[index] ?? 0]))
    return {
      ...defaultConfig,
      scoring: { reference: 'any', scores: scores as ReviewConfig['scoring']['scores'] },
    }
  })

test('the lines of the breakdown add up to the score, whatever flow and scoring', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.oneof(fc.constant(defaultConfig), config),
      fc.constantFrom(...profiles),
      (list, scoring, profile) => {
        const { score, breakdown } = measureExample(
          { actions: build(list, (index) => `N${index}`) },
          profile,
          scoring,
        )
        expect(breakdown.reduce((sum, { reached }) => sum + reached, 0)).toBe(score)
        for (const line of breakdown) {
          expect(line.lost).toBe(line.possible - line.reached)
          expect(line.lost).toBeGreaterThanOrEqual(0)
          expect(line.remedy === '').toBe(line.lost === 0)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('names other than Main and Exception change no figure as documented', () => {
  const figures = ({ metrics, bands, score, counters }: Measured) => ({ metrics, bands, score, counters })
  fc.assert(
    fc.property(shapes, fc.constantFrom('Ärger_', 'Terminate_', 'TimedOut_', 'Failed.'), (list, prefix) => {
      const plain = measureExample({ actions: build(list, (index) => `N${index}`) })
      const renamed = measureExample({ actions: build(list, (index) => `${prefix}${1000 - index}`) })
      expect(figures(renamed)).toEqual(figures(plain))
    }),
    { numRuns: 60 },
  )
})

interface CorpusEntry {
  readonly file: string
}

const folder = fileURLToPath(new URL('../../../../conformance/corpus/', import.meta.url))
const corpus = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as {
  readonly definitions: readonly CorpusEntry[]
}

describe('the corpus', () => {
  const files = [...new Set(corpus.definitions.map(({ file }) => file))]
  const subjects = files
    .flatMap((file) => readFlows(readFileSync(folder + file), file).flows)
    .map((flow) => subjectOf(flow))

  test('holds 159 flows', () => {
    expect(subjects).toHaveLength(159)
  })

  test.each(profiles)('is measured %s, and figures agree with the data', (profile) => {
    for (const subject of subjects) {
      const measured = measure(subject, defaultConfig, profile)
      const identity = { id: subject.flow.id, name: subject.flow.name, owner: '', environment: '' }
      const data = makeData(subject, measured, identity, defaultConfig)
      expect(measured.score).toBeGreaterThanOrEqual(0)
      expect(measured.score).toBeLessThanOrEqual(100)
      expect(data.steps).toBe(data.actionArray.length)
      expect(data.variables).toBe(data.variableArray.length)
      expect(data.connectors).toBe(data.apiActionArray.length)
      expect(data.connectionRefs).toBe(data.connectionArray.length)
      expect(data.exception).toBe(data.exceptionArray.length)
      expect(data.complexity).toBe(data.actionArray.reduce((sum, { complexity }) => sum + complexity, 0))
    }
  })
})

test('a flow of 20,000 actions is measured in linear time and space', () => {
  const actions = Object.fromEntries(
    Array.from({ length: 200 }, (_, outer) => [
      `Scope_${outer}`,
      {
        type: 'Scope',
        actions: Object.fromEntries(
          Array.from({ length: 99 }, (_unused, inner) => [
            `Set_${outer}_${inner}`,
            inner === 0
              ? variable(`s${outer}`, 'string')
              : { type: 'Compose', inputs: `@variables('s${inner}')` },
          ]),
        ),
      },
    ]),
  )
  const text = JSON.stringify({ triggers: {}, actions })
  const flow = readFlows(new TextEncoder().encode(text), 'large.json').flows[0]
  if (flow === undefined) throw new Error('The flow was not read.')
  for (const profile of profiles) {
    const subject = subjectOf(flow)
    const data = makeData(
      subject,
      measure(subject, defaultConfig, profile),
      { id: '', name: '', owner: '', environment: '' },
      defaultConfig,
    )
    expect(data.steps).toBe(20_000)
    expect(JSON.stringify(data).length).toBeLessThan(40 * text.length)
  }
})
