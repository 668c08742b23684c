import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowLinks } from './anchors.ts'
import { foreignTexts } from './hostile-texts.testing.ts'
import { renderReport } from './report-page.ts'
import { actionData, exampleReview, finding, plainTexts } from './review-example.testing.ts'
import { renderReview } from './review-page.ts'
import { brokenAnchors, headingLevels, unsafeParts } from './safe-html.testing.ts'

const date = '2025-03-04'
const documents = { Review: renderReview, Report: renderReport }

describe.each(Object.entries(documents))('a %s', (_kind, render) => {
  const page = render(exampleReview(), { date })

  test('has one first heading and leaves out no level', () => {
    const levels = headingLevels(page)
    expect(levels.filter((level) => level === 1)).toEqual([1])
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThan(2)
  })

  test('links only to what it holds', () => {
    expect(brokenAnchors(page)).toEqual([])
  })

  test('shows hostile names as text, wherever they stand', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const hostile = render(exampleReview(texts), { date })
        expect(unsafeParts(hostile)).toEqual([])
        expect(brokenAnchors(hostile)).toEqual([])
        expect(hostile).not.toMatch(/[\p{Bidi_Control}\0]/u)
      }),
    )
  })

  test('of 5,000 actions stays within five megabytes', () => {
    const actionArray = Array.from({ length: 5_000 }, (_, index) =>
      actionData({ name: `Get_${index}`, index: index + 1, detail: `{"text":"${'x'.repeat(400)}"}` }),
    )
    const review = exampleReview(plainTexts)
    const arrays = { actionArray, apiActionArray: actionArray, exceptionArray: actionArray }
    const findings = [finding({ action: 'Get_4999' }), finding({ action: 'Get_1' })]
    const large = render({ ...review, findings, data: { ...review.data, ...arrays } }, { date })
    expect(large.length).toBeLessThan(5e6)
    expect(large).toContain('3,000 more rows not shown here.')
    expect(brokenAnchors(large)).toEqual([])
  })
})

describe('the findings of a Review', () => {
  test('link to the row of their action', () => {
    const page = renderReview(exampleReview(), { date })
    expect(page).toContain('<a href="#action-1"><bdi>Get_orders</bdi></a>')
    expect(page).toContain('<tr id="action-1">')
  })

  test('come with severity, category, rule, place, reason and cure', () => {
    const page = renderReview(exampleReview(), { date })
    const start = page.indexOf('id="findings"')
    const parts = ['Errors', 'Structure', 'STR005', 'Every action has a name of its own', 'Why', 'What to do']
    const places = [...parts, 'Get_orders', 'line 12', '/actions/Total'].map((part) =>
      page.indexOf(part, start),
    )
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places).not.toContain(-1)
  })

  test('of 20,000 only the first of each rule are printed, and the others counted', () => {
    const findings = Array.from({ length: 20_000 }, (_, index) => finding({ pointer: `/actions/${index}` }))
    const page = renderReview({ ...exampleReview(), findings }, { date })
    expect(page).toContain('19,985 more are not shown here')
    expect(page.length).toBeLessThan(100_000)
  })

  test('of a rule that is no more are shown without its words', () => {
    expect(renderReview(exampleReview(), { date })).toContain('ZZZ999')
  })

  test('that were accepted stand apart, with the reason', () => {
    const page = renderReview(exampleReview({ ...plainTexts, notes: 'We know.' }), { date })
    expect(page.slice(page.indexOf('id="suppressed"'))).toContain('We know.')
    expect(renderReview(exampleReview(plainTexts, { suppressed: [] }), { date })).not.toContain('suppressed')
  })
})

describe('a Review', () => {
  test('says the band of every figure in words', () => {
    const page = renderReview(exampleReview(), { date })
    for (const [label, figure, word] of [
      ['Complexity', '54', 'Amber'],
      ['Actions', '4', 'Green'],
      ['Exceptions', '1', 'Red'],
    ]) {
      const card = page.slice(page.indexOf(`<p class="label">${label}`))
      expect(card).toMatch(new RegExp(`^[^\\n]*>${figure}<[^\\n]*${word}`))
    }
  })

  test.each([
    [74, 'Red'],
    [75, 'Amber'],
    [89, 'Amber'],
    [90, 'Green'],
  ])('of score %i is %s', (score, word) => {
    const page = renderReview(exampleReview(plainTexts, { score }), { date })
    expect(page.slice(page.indexOf('class="score'), page.indexOf('class="bar'))).toContain(word)
  })

  test('tells a diagram where its actions are told', () => {
    const link = rowLinks(exampleReview())
    expect(link('/actions/Get_orders')).toBe('#action-1')
    expect(link('/triggers/manual')).toBe('#trigger')
    expect(link('/actions/None')).toBe(undefined)
  })

  test('shows a drawing as it is given', () => {
    const page = renderReview(exampleReview(), { date, diagram: '<svg id="drawing"></svg>' })
    expect(page).toContain('<svg id="drawing"></svg>')
  })
})

test('a Report has no verdict', () => {
  const page = renderReport(exampleReview(), { date })
  for (const word of ['score', 'Findings', 'class="card', 'class="mark'])
    expect(page.slice(page.indexOf('<body>'), page.indexOf('<script>'))).not.toContain(word)
})
