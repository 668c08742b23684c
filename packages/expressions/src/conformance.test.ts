import { readdirSync, readFileSync } from 'node:fs'
import { isFlowsteadError } from '@flowstead/errors'
import { afterAll, describe, expect, test } from 'vitest'
import { compileTemplate } from './compile/template.ts'
import { equalValues } from './equal-values.ts'
import { parseJson } from './json/parse-json.ts'
import { printValue } from './print-value.ts'
import { type ScopeData, scopeFromData } from './scope-from-data.ts'
import type { Value } from './value.ts'

interface Case {
  readonly id: string
  readonly expr: string
  readonly context?: ScopeData
  readonly expect?: Value
  readonly expectPattern?: string
  /** The class of the error: the code without `Expression.`. */
  readonly expectError?: string
  /** Why the case does not hold yet. */
  readonly skip?: string
}

const folder = new URL('../../../conformance/expressions/', import.meta.url)
const families = readdirSync(folder).filter((name) => name.endsWith('.json'))
const skipped: string[] = []

function casesOf(family: string): Case[] {
  return parseJson(readFileSync(new URL(family, folder), 'utf8')) as unknown as Case[]
}

/** What is wrong with the outcome of a case; nothing when it holds. */
function failureOf(one: Case): string | undefined {
  const random = drawsOf(one.id)
  const scope = scopeFromData(one.context ?? {}, { now: () => 1_700_000_000_000, random })
  try {
    const value = compileTemplate(one.expr).resolve(scope)
    return holds(one, value) ? undefined : `${one.id} ${one.expr} gave ${printValue([value])}`
  } catch (error) {
    if (!isFlowsteadError(error)) return `${one.id} ${one.expr} threw ${String(error)}`
    return error.code === `Expression.${one.expectError}`
      ? undefined
      : `${one.id} ${one.expr} failed with ${error.code}: ${error.message}`
  }
}

function holds(one: Case, value: Value): boolean {
  if (one.expectPattern !== undefined) return new RegExp(one.expectPattern).test(printValue(value))
  return one.expect !== undefined && equalValues(value, one.expect)
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

afterAll(() => {
  console.log(`conformance/expressions: ${skipped.length} cases are skipped. ${skipped.join(' ')}`)
})
