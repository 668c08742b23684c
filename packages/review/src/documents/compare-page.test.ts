import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareFlows } from '../compare/compare-flows.ts'
import { compareReviews } from '../compare/compare-reviews.ts'
import type { Comparison } from '../compare/comparison.ts'
import { review } from '../review.ts'
import { type ExampleFlow, exampleFiles, readExample } from '../rules/example-flow.ts'
import { renderComparisonMarkdown } from './compare-markdown.ts'
import { renderComparison } from './compare-page.ts'
import { differing } from './compare-texts.ts'
import { foreignTexts } from './hostile-texts.testing.ts'
import {
  cellsAsGitHub,
  cellsElsewhere,
  columnCounts,
  withoutCode,
  withoutFences,
} from './markdown.testing.ts'
import { brokenAnchors, headingLevels, unsafeParts } from './safe-html.testing.ts'

const date = '2025-03-04'

function compared(before: ExampleFlow, after: ExampleFlow): Comparison {
  const [one, other] = [before, after].map((example) => review(exampleFiles(example)).flows[0])
  if (one === undefined || other === undefined) throw new Error('An example holds no flow.')
  return compareReviews(one, other)
}

const get = (uri: string): object => ({ type: 'Http', inputs: { method: 'GET', uri } })
const before: ExampleFlow = {
  actions: { Get_rooms: get('https://example.com/rooms'), Old: get('http://example.com/a') },
}
const after: ExampleFlow = {
  description: 'Books rooms.',
  actions: {
    Main: { type: 'Scope', actions: { Get_rooms: get('https://example.com/room') } },
    Total: { type: 'Compose', inputs: 1 },
  },
}

describe('the page of a comparison', () => {
  test('tells every change under its title, and what became of score and findings', () => {
    const page = renderComparison(compared(before, after), { date })
    for (const text of [
      '3 new, 1 deleted, 1 moved, 1 edited',
      'The flow itself',
      'N new',
      'in <bdi>Main</bdi>',
      'https://example.com/room<b>s</b>',
      'in &quot;Main&quot;',
      'Score and figures',
      'New findings',
    ])
      expect(page).toContain(text)
    expect(headingLevels(page)).toEqual([1, 2, 2, 2, 2, 2, 2])
  })

  test('of equal versions says so', () => {
    expect(renderComparison(compared(before, before), { date })).toContain('The two versions mean the same.')
    expect(renderComparisonMarkdown(compared(before, before))).toContain('no change in meaning')
  })

  test('shows hostile names as text, wherever they stand', () => {
    fc.assert(
      fc.property(foreignTexts, foreignTexts, (one, other) => {
        const flow = ({ action, notes, inputs, variable }: typeof one): ExampleFlow => ({
          description: notes,
          actions: {
            [action]: { type: 'Compose', inputs: { [notes]: inputs } },
            Start: {
              type: 'InitializeVariable',
              inputs: { variables: [{ name: variable, type: 'string' }] },
            },
          },
        })
        const comparison = compared(flow(one), flow(other))
        const page = renderComparison(comparison, { date })
        expect(unsafeParts(page)).toEqual([])
        expect(brokenAnchors(page)).toEqual([])
        expect(page).not.toMatch(/[\p{Bidi_Control}\0]/u)
        const markdown = renderComparisonMarkdown(comparison)
        for (const cellsOf of [cellsAsGitHub, cellsElsewhere])
          for (const counts of columnCounts(markdown, cellsOf)) expect(new Set(counts)).toEqual(new Set([5]))
        for (const line of withoutFences(markdown).split('\n'))
          expect(withoutCode(line)).not.toMatch(/<(?!\/?code>)|javascript:\/\/|[\p{Bidi_Control}\0]/u)
      }),
      { numRuns: 50 },
    )
  })
})

test('Markdown of 5,000 changes fits into a comment and counts the rest', () => {
  const many = (value: number): ExampleFlow => ({
    actions: Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`Compose_${index}`, { type: 'Compose', inputs: value }]),
    ),
  })
  const [one, other] = [many(1), many(2)].map((example) => readExample(example).flows[0])
  if (one === undefined || other === undefined) throw new Error('An example holds no flow.')
  const markdown = renderComparisonMarkdown(compareFlows(one, other))
  expect(markdown.length).toBeLessThan(65_000)
  expect(markdown).toMatch(/[\d,]+ more changes not shown here/)
})

test.each([
  ['abc', 'axc', 'a<b>b</b>c', 'a<b>x</b>c'],
  ['aa', 'aaa', 'aa', 'aa<b>a</b>'],
  ['', 'x', '', 'x'],
  ['😀', '😁', '😀', '😁'],
  ['a😀', 'a😁', 'a<b>😀</b>', 'a<b>😁</b>'],
  ['a𝄀', 'a🜀', 'a<b>𝄀</b>', 'a<b>🜀</b>'],
])('of %j and %j the differing part is set off', (one, other, first, second) => {
  expect(differing(one, other).map(({ html }) => html)).toEqual([first, second])
})
