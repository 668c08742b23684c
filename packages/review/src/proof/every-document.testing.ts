import { compareReviews } from '../compare/compare-reviews.ts'
import { renderDiagram, renderDiagramPage, renderMermaid, renderSolutionDiagram } from '../diagram/index.ts'
import { rowLinks } from '../documents/anchors.ts'
import { renderComparisonMarkdown } from '../documents/compare-markdown.ts'
import { renderComparison } from '../documents/compare-page.ts'
import { csvFiles } from '../documents/csv.ts'
import { renderExceptions } from '../documents/exceptions-page.ts'
import { renderReportMarkdown } from '../documents/report-markdown.ts'
import { renderReport } from '../documents/report-page.ts'
import { renderReviewMarkdown } from '../documents/review-markdown.ts'
import { renderReview } from '../documents/review-page.ts'
import { renderSolution } from '../documents/solution-page.ts'
import type { FlowReview } from '../flow-review.ts'
import { githubAnnotations } from '../formats/github.ts'
import { reviewJson } from '../formats/review-json.ts'
import { sarifLog } from '../formats/sarif.ts'
import type { ReviewOfFiles } from '../review.ts'

/** A document of a review, as it leaves the package. */
export interface Rendered {
  readonly title: string
  readonly form: 'html' | 'svg' | 'markdown' | 'mermaid' | 'csv' | 'json' | 'annotations'
  readonly text: string
}

const date = '2025-03-04'

/** Everything that can be made of a review. */
export function everyDocument(reviewed: ReviewOfFiles): Rendered[] {
  const all = [...reviewed.findings, ...reviewed.flows.flatMap(({ findings }) => findings)]
  const diagram = renderSolutionDiagram(reviewed.flows.map(({ flow }) => flow))
  const of = (title: string, form: Rendered['form'], text: string): Rendered => ({ title, form, text })
  return [
    of('Solution', 'html', renderSolution(reviewed, { date, diagram })),
    of('Exceptions', 'html', renderExceptions(reviewed, { date })),
    of('Review', 'markdown', renderReviewMarkdown(reviewed)),
    of('Child flows', 'svg', diagram),
    of('SARIF', 'json', JSON.stringify(sarifLog(reviewed, '0.0.0'))),
    of('Review', 'json', JSON.stringify(reviewJson(reviewed))),
    of('Annotations', 'annotations', githubAnnotations(all)),
    ...reviewed.flows.flatMap((one) => documentsOf(one, reviewed.flows[0] ?? one)),
  ]
}

function documentsOf(one: FlowReview, other: FlowReview): Rendered[] {
  const { flow, findings } = one
  const of = (title: string, form: Rendered['form'], text: string): Rendered => ({ title, form, text })
  const diagram = renderDiagram(flow, { findings, linkTo: rowLinks(one) })
  const comparison = compareReviews(other, one)
  return [
    of('Review', 'html', renderReview(one, { date, diagram })),
    of('Report', 'html', renderReport(one, { date })),
    of('Diagram page', 'html', renderDiagramPage(flow, { date, findings, hidden: one.hidden })),
    of('Compare', 'html', renderComparison(comparison, { date })),
    of('Diagram', 'svg', diagram),
    of('Report', 'markdown', renderReportMarkdown(one, { date })),
    of('Compare', 'markdown', renderComparisonMarkdown(comparison)),
    of('Diagram', 'mermaid', renderMermaid(flow)),
    ...csvFiles(one).map(({ text }) => of('Tables', 'csv', text)),
  ]
}
