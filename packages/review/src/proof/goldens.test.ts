import { describe, expect, test } from 'vitest'
import type { FlowReview } from '../flow-review.ts'
import { goldenFile, goldens, reviewGolden } from './goldens.testing.ts'

/** What is kept of a review in one profile. */
function figuresOf({ score, metrics, bands, counters, breakdown }: FlowReview): object {
  const lines = breakdown.map(({ name, possible, reached, why, where, remedy }) => ({
    name,
    possible,
    reached,
    why,
    where: where.map(({ pointer }) => pointer),
    remedy,
  }))
  return { score, metrics, bands, counters, breakdown: lines }
}

function findingsOf({ findings }: FlowReview): object[] {
  return findings.map(({ rule, severity, pointer, line, message }) => ({
    rule,
    severity,
    pointer,
    line,
    message,
  }))
}

describe.each(goldens)('the review of $name', (golden) => {
  const documented = reviewGolden(golden, 'documented')
  const shipped = reviewGolden(golden, 'as-shipped')

  test('is the one that people looked at', async () => {
    const kept = {
      flow: documented.flow.name,
      documented: figuresOf(documented),
      'as-shipped': figuresOf(shipped),
      findings: findingsOf(documented),
    }
    const text = `${JSON.stringify(kept, undefined, 2)}\n`
    await expect(text).toMatchFileSnapshot(goldenFile(`${golden.name}.json`))
  })

  test('finds the same in both profiles', () => {
    expect(findingsOf(shipped)).toEqual(findingsOf(documented))
  })

  test('has a score that is the sum of its breakdown', () => {
    for (const { score, breakdown } of [documented, shipped])
      expect(breakdown.reduce((sum, { reached }) => sum + reached, 0)).toBe(score)
  })
})
