import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignTexts } from './hostile-texts.testing.ts'
import {
  cellsAsGitHub,
  cellsElsewhere,
  columnCounts,
  withoutCode,
  withoutFences,
} from './markdown.testing.ts'
import { code, codeBlock, prose } from './markdown.ts'
import { renderReportMarkdown } from './report-markdown.ts'
import { exampleReview, finding, plainTexts } from './review-example.testing.ts'
import { renderReviewMarkdown } from './review-markdown.ts'

const date = '2025-03-04'
const reviewOf = (...flows: ReturnType<typeof exampleReview>[]) => ({
  flows,
  findings: [
    finding({ message: 'The file is not JSON.', file: 'x|y.json', pointer: '', action: undefined as never }),
  ],
  solutions: [],
})

describe('a foreign text', () => {
  test('is code, in backticks where they can hold it', () => {
    expect(code('Get_orders')).toBe('`Get_orders`')
    expect(code('a `b` c')).toBe('``a `b` c``')
    expect(code('`a')).toBe('`` `a ``')
    expect(code('a\\|b')).toBe('<code>a&#92;&#124;b</code>')
    expect(code('one\n\ntwo')).toBe('`one two`')
    expect(code('')).toBe('')
  })

  test('in a sentence calls nobody and links nowhere', () => {
    expect(prose('*a* [b](https://c.d) @e #12')).toBe(
      '\\*a\\* \\[b\\](https:&#8288;//c.d) @&#8288;e #&#8288;12',
    )
  })

  test('cannot end the block it stands in', () => {
    expect(codeBlock('```\n# out\n```', 'json')).toBe('````json\n```\n# out\n```\n````')
  })
})

const documents = {
  'a Report': (texts = plainTexts) => renderReportMarkdown(exampleReview(texts), { date }),
  'a Review': (texts = plainTexts) => renderReviewMarkdown(reviewOf(exampleReview(texts), exampleReview())),
}

describe.each(Object.entries(documents))('%s in Markdown', (_name, render) => {
  test('has as many cells in every row of a table as in its head, whatever the names', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const text = render(texts)
        const counts = columnCounts(text, cellsAsGitHub)
        expect(counts.length).toBeGreaterThan(2)
        for (const table of counts) expect(new Set(table).size).toBe(1)
        expect(columnCounts(text, cellsElsewhere)).toEqual(counts)
      }),
    )
  })

  test('lets no foreign text become markup', () => {
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const lines = withoutFences(render(texts)).split('\n').map(withoutCode)
        for (const line of lines) {
          expect(line.replaceAll(/<\/?(code|details|summary)( open)?>/g, '')).not.toMatch(/[<>]/)
          expect(line).not.toMatch(/(?<!\\)\]\(|@(?!&)|:\/\//)
          expect(line).not.toMatch(/[\p{Bidi_Control}\0]/u)
        }
      }),
    )
  })

  test('has the same lines outside of blocks, whatever the names', () => {
    const outline = (text: string) =>
      [...withoutFences(text).matchAll(/^(#+|\||-|> | {2}-)/gm)].map(([mark]) => mark)
    fc.assert(
      fc.property(foreignTexts, (texts) => {
        const filled = Object.fromEntries(
          Object.entries(texts).map(([key, text]) => [key, text.trim() === '' ? 'x' : text]),
        ) as unknown as typeof texts
        expect(outline(render({ ...filled, inputs: plainTexts.inputs }))).toEqual(outline(render()))
      }),
    )
  })
})

describe('a Review in Markdown', () => {
  test('names every flow with its score, then what was lost and found', () => {
    const text = renderReviewMarkdown({ flows: [exampleReview()], findings: [], solutions: [] })
    expect(text).toContain('## Flow review: 1 flow, score 80')
    expect(text).toContain('| `Orders of the day` | 🟠 80 | 1 | 0 | 1 | 1 |')
    expect(text).toContain('| 10 | A scope named Main |')
    expect(text).toContain('`Get_orders`, line 12: Two actions are named "Get\\_orders".')
  })

  test('fits into a comment, and counts what it leaves out', () => {
    const findings = Array.from({ length: 3_000 }, (_, index) =>
      finding({
        rule: `STR${String(index % 100).padStart(3, '0')}`,
        message: `${'long '.repeat(70)}${index}.`,
      }),
    )
    const flows = Array.from({ length: 400 }, () => exampleReview(plainTexts, { findings }))
    const text = renderReviewMarkdown({ flows, findings, solutions: [] })
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/300 more flows not in the table\./)
    expect(text).toMatch(/\d+ more flows not shown here/)
  })

  test('of files without a flow says so', () => {
    const text = renderReviewMarkdown({ ...reviewOf(), flows: [] })
    expect(text).toContain('no flow could be read')
    expect(text).toContain('The file is not JSON.')
  })
})
