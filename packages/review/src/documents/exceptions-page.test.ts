import { readFlowFiles } from '@flowstead/definition'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../config/defaults.ts'
import { corpusFiles } from '../corpus.testing.ts'
import { makeData } from '../data/make-data.ts'
import type { Review } from '../flow-review.ts'
import { measure } from '../metrics/measure.ts'
import { subjectOf } from '../subject/subject.ts'
import { flowAreas } from './exceptions-areas.ts'
import { renderExceptions } from './exceptions-page.ts'
import { foreignTexts } from './hostile-texts.testing.ts'
import { exampleReview } from './review-example.testing.ts'
import { brokenAnchors, headingLevels, unsafeParts } from './safe-html.testing.ts'
import { hostileSolution, solutionOf } from './solution-example.testing.ts'

const date = '2025-03-04'

describe.each(['documented', 'as-shipped'] as const)('the figures %s', (profile) => {
  test('are as many rows as the counters of each flow of the corpus say', () => {
    for (const flow of readFlowFiles(corpusFiles()).flows) {
      const subject = subjectOf(flow)
      const measured = measure(subject, defaultConfig, profile)
      const identity = { id: flow.id, name: flow.name, owner: '', environment: '' }
      const data = makeData(subject, measured, identity, defaultConfig)
      const rows = flowAreas({ ...measured, identity, data })
      const count = (level: string): number => rows.filter((row) => row.level === level).length
      expect([flow.file, count('Fail'), count('Warning')]).toEqual([
        flow.file,
        measured.counters.failures,
        measured.counters.warnings,
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
