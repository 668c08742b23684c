import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignTexts } from '../documents/hostile-texts.testing.ts'
import { review } from '../review.ts'
import { everyDocument } from './every-document.testing.ts'
import { hostileSolutionFiles } from './hostile-solution.testing.ts'
import { complaints } from './well-formed.testing.ts'

describe('hostile names and texts', () => {
  test('are only text in every document', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const reviewed = review(hostileSolutionFiles(texts))
        expect(reviewed.flows).toHaveLength(1)
        expect(everyDocument(reviewed).flatMap(complaints)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  test('are shown, not left out', () => {
    const texts = {
      name: '<i>flow</i>',
      action: '<i>act</i>',
      variable: '<i>var</i>',
      notes: '<i>note</i>',
      inputs: '<i>in</i>',
    }
    const pages = everyDocument(review(hostileSolutionFiles(texts))).filter(({ form }) => form === 'html')
    const shown = (title: string) =>
      pages.find((page) => page.title === title)?.text.match(/&lt;i&gt;(flow|act|var|note|in)&lt;/g)
    for (const title of ['Review', 'Report'])
      expect(new Set(shown(title)?.map((each) => each.slice(9, -4)))).toEqual(
        new Set(['flow', 'act', 'var', 'note', 'in']),
      )
  })
})
