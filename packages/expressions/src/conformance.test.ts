import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { type ConformanceCase, runConformanceCase } from './conformance-case.ts'
import { parseJson } from './json/parse-json.ts'
import { printValue } from './print-value.ts'

const folder = new URL('../../../conformance/expressions/', import.meta.url)
const families = readdirSync(folder).filter((name) => name.endsWith('.json'))
const skipped: string[] = []

function casesOf(family: string): ConformanceCase[] {
  return parseJson(readFileSync(new URL(family, folder), 'utf8')) as unknown as ConformanceCase[]
}

/** What is wrong with the outcome of a case; nothing when it holds, the class of its error included. */
function failureOf(one: ConformanceCase): string | undefined {
  const sources = { now: () => 1_700_000_000_000, random: drawsOf(one.id) }
  const { isExact, expected, actual } = runConformanceCase(one, sources)
  if (isExact) return undefined
  return `${one.id} ${one.expr} gave ${printValue([actual])} instead of ${printValue([expected])}`
}

/** A small generator, seeded by the case, so that a failure repeats. */
function drawsOf(id: string): () => number {
  let state = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each(families)('%s', (family) => {
  const cases = casesOf(family)

  test('every case that is not skipped holds', () => {
    const failures = cases.filter((one) => one.skip === undefined).map(failureOf)
    expect(failures.filter((failure) => failure !== undefined)).toEqual([])
  })

  test('no skipped case holds already', () => {
    const waiting = cases.filter((one) => one.skip !== undefined)
    skipped.push(...waiting.map((one) => one.id))
    expect(waiting.filter((one) => failureOf(one) === undefined).map((one) => one.id)).toEqual([])
  })
})

test('every case has an id of its own', () => {
  const ids = families.flatMap((family) => casesOf(family).map(({ id }) => id))
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

afterAll(() => {
  console.log(`conformance/expressions: ${skipped.length} cases are skipped. ${skipped.join(' ')}`)
})
