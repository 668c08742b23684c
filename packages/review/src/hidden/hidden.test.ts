import { expect, test } from 'vitest'
import { compareReviews } from '../compare/compare-reviews.ts'
import { renderDiagram, renderDiagramPage, renderMermaid } from '../diagram/index.ts'
import { renderComparison } from '../documents/compare-page.ts'
import { csvFiles } from '../documents/csv.ts'
import { renderReportMarkdown } from '../documents/report-markdown.ts'
import { renderReport } from '../documents/report-page.ts'
import { renderReview } from '../documents/review-page.ts'
import { githubAnnotations } from '../formats/github.ts'
import { reviewJson } from '../formats/review-json.ts'
import { sarifLog } from '../formats/sarif.ts'
import { type ReviewOptions, review } from '../review.ts'

const date = '2026-11-22'
const password = 'Wint3r!s"Coming'
const flowWith = (secret: string) => ({
  definition: {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      Initialize: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'sPassword', type: 'string', value: secret }] },
      },
      Call: {
        type: 'Http',
        runAfter: { Initialize: ['Succeeded'] },
        inputs: {
          method: 'GET',
          uri: 'https://example.com/orders',
          authentication: { type: 'Basic', username: 'reader', password: secret },
        },
      },
    },
  },
})
const reviewOf = (secret: string, options: ReviewOptions = {}) => {
  const bytes = new TextEncoder().encode(JSON.stringify(flowWith(secret)))
  return review([{ name: 'flow.json', bytes }], options)
}

test.each([
  ['by default', {}],
  ['when their rule is left out', { rules: { SEC401: { severity: 'off' as const } } }],
  ['when their rule asks for other names', { rules: { SEC401: { settings: { names: ['pin'] } } } }],
])('no document shows typed secrets, %s', (_, options) => {
  const reviewed = reviewOf(password, options)
  const [one] = reviewed.flows
  const [other] = reviewOf('An0ther!Winter', options).flows
  if (one === undefined || other === undefined) throw new Error('The flow was not read.')
  const { findings, flow, hidden } = one
  const comparison = compareReviews(one, other)
  const documents = [
    renderReview(one, { date, diagram: renderDiagram(flow, { findings }) }),
    renderReport(one, { date }),
    renderReportMarkdown(one, { date }),
    renderDiagramPage(flow, { date, hidden }),
    renderMermaid(flow),
    ...csvFiles(one).map(({ text }) => text),
    JSON.stringify(reviewJson(reviewed)),
    JSON.stringify(sarifLog(reviewed, '1.0.0')),
    githubAnnotations(findings),
    renderComparison(comparison, { date }),
    JSON.stringify(comparison),
  ]
  for (const text of documents) expect(text).not.toMatch(/Wint3r|An0ther/)
  expect(one.data.actionArray[1]?.detail).toContain('(hidden)')
})

test('other texts of such a flow are shown', () => {
  expect(reviewOf(password).flows[0]?.data.actionArray[1]?.detail).toContain('reader')
})
