import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testZip } from './archive/zip.testing.ts'
import { problemCodes } from './codes.ts'
import { corpus, corpusBytes } from './corpus.testing.ts'
import { readFlows } from './read-flows.ts'
import { summarise } from './summary.ts'
import { validateFlow } from './validate/validate-flow.ts'

const files = corpus.definitions.filter(({ actions }) => actions < 60)
const scraps = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '@',
  '@{',
  "'",
  'null',
  '-1e999',
  '/*',
  '__proto__',
  '\u0000',
  '\ud800',
  '"runAfter":',
]

/** Cuts, doubles, replaces and inserts pieces of a file. */
function mutations(): fc.Arbitrary<{
  file: number
  changes: { at: number; length: number; insert: string }[]
}> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 40 }),
    insert: fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 6 }), fc.constant('')),
  })
  return fc.record({
    file: fc.nat(files.length - 1),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  })
}

function mutated(text: string, changes: readonly { at: number; length: number; insert: string }[]): string {
  return changes.reduce((current, { at, length, insert }) => {
    const start = Math.floor(at * current.length)
    return current.slice(0, start) + insert + current.slice(start + length)
  }, text)
}

function readAll(bytes: Uint8Array, name: string): void {
  const { flows, problems } = readFlows(bytes, name)
  for (const flow of flows) {
    summarise(flow)
    problems.concat(validateFlow(flow)).forEach(expectLocated)
  }
  problems.forEach(expectLocated)
  expect(flows.length + problems.length).toBeGreaterThan(0)
}

function expectLocated({
  code,
  pointer,
  file,
  message,
}: {
  code: string
  pointer: string
  file: string
  message: string
}): void {
  expect(Object.keys(problemCodes)).toContain(code)
  expect([typeof pointer, file === '', message === '']).toEqual(['string', false, false])
}

test('600 mutated corpus files are read or refused with a place, never a throw', () => {
  fc.assert(
    fc.property(mutations(), ({ file, changes }) => {
      const entry = files[file] as (typeof files)[number]
      const text = new TextDecoder().decode(corpusBytes(entry.file))
      readAll(new TextEncoder().encode(mutated(text, changes)), entry.file)
    }),
    { numRuns: 600 },
  )
})

const junk = [
  null,
  true,
  0,
  -1e21,
  '',
  '@',
  '@{',
  "@outputs('x')",
  '[concat()]',
  [],
  {},
  [null],
  { type: 'If' },
  { actions: [] },
  { __proto__: 1 },
]

/** Replaces the value a number of steps down, each step chosen by one of `turns`. */
function replaceAt(value: unknown, turns: readonly number[], replacement: unknown): unknown {
  const [turn, ...rest] = turns
  if (turn === undefined || typeof value !== 'object' || value === null) return replacement
  const entries = Object.entries(value)
  if (entries.length === 0) return replacement
  const chosen = turn % entries.length
  const changed = entries.map(([key, inner], index) => [
    key,
    index === chosen ? replaceAt(inner, rest, replacement) : inner,
  ])
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed)
}

test('600 corpus files with one value replaced are read or refused, never a throw', () => {
  const turns = fc.array(fc.nat(1000), { maxLength: 14 })
  fc.assert(
    fc.property(fc.nat(files.length - 1), turns, fc.constantFrom(...junk), (file, path, replacement) => {
      const entry = files[file] as (typeof files)[number]
      const whole = JSON.parse(new TextDecoder().decode(corpusBytes(entry.file)))
      readAll(new TextEncoder().encode(JSON.stringify(replaceAt(whole, path, replacement))), entry.file)
    }),
    { numRuns: 600 },
  )
})

test('200 archives with changed bytes are read or refused, never a throw', () => {
  const archive = testZip([
    { name: 'Workflows/a.json', content: corpusBytes((files[0] as (typeof files)[number]).file) },
    { name: 'b.json', content: '{}' },
  ])
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      (changes) => {
        const bytes = new Uint8Array(archive)
        for (const [at, byte] of changes) bytes[at] = byte
        const { flows, problems } = readFlows(bytes, 'a.zip')
        expect(flows.length + problems.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 200 },
  )
})
