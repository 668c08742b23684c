import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusFiles } from '../corpus.testing.ts'
import type { Review } from '../flow-review.ts'
import { review } from '../review.ts'
import { flowAreas } from './exceptions-areas.ts'
import { renderExceptions } from './exceptions-page.ts'
import { foreignTexts } from './hostile-texts.testing.ts'
import { exampleReview } from './review-example.testing.ts'
import { brokenAnchors, headingLevels, unsafeParts } from './safe-html.testing.ts'
import { hostileSolution, solutionOf } from './solution-example.testing.ts'

const date = '2025-03-04'

describe.each(['documented', 'as-shipped'] as const)('the figures %s', (profile) => {
  test('are as many rows as the counters of each flow of the corpus say', () => {
    for (const flow of review(corpusFiles(), { profile }).flows) {
      const rows = flowAreas(flow)
      const count = (level: string): number => rows.filter((row) => row.level === level).length
      expect([flow.flow.file, count('Fail'), count('Warning')]).toEqual([
        flow.flow.file,
        flow.counters.failures,
        flow.counters.warnings,
      ])
    }
  })
})

describe('the page of exceptions', () => {
  const ofFlow: Review = { flows: [exampleReview()], findings: [], solutions: [] }

  test('of one flow needs no solution', () => {
    const page = renderExceptions(ofFlow, { date })
    expect(page).toContain('<h1>Orders of the day</h1>')
    for (const text of ['Top Level Main Scope', 'Complexity', 'STR005']) expect(page).toContain(text)
    expect(page).not.toContain('ZZZ999')
  })

  test('of a solution tells its name, version, publisher and missing dependencies', () => {
    const page = renderExceptions(solutionOf(), { date })
    expect(page).toContain('<h1>Bookings</h1>')
    for (const text of ['1.2.0.4', 'Contoso', 'Missing Dependency', 'Account', 'it comes from Base (9.0)'])
      expect(page).toContain(text)
  })

  test('of nothing says so', () => {
    const page = renderExceptions({ flows: [], findings: [], solutions: [] }, { date })
    for (const text of ['No flow could be read.', 'Nothing fails', 'No rule has'])
      expect(page).toContain(text)
  })

  test('shows hostile names as text, wherever they stand', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const page = renderExceptions(hostileSolution(texts), { date })
        expect(unsafeParts(page)).toEqual([])
        expect(brokenAnchors(page)).toEqual([])
        expect(page).not.toMatch(/[\p{Bidi_Control}\0]/u)
        expect(headingLevels(page)).toEqual([1, 2, 2, 2])
      }),
    )
  })
})
