// The files of one review. Documents per flow are named after it; what covers all flows is one file.
import {
  csvFiles,
  type FlowReview,
  type ReviewOfFiles,
  renderExceptions,
  renderReport,
  renderReportMarkdown,
  renderReview,
  renderReviewMarkdown,
  renderSolution,
  rowLinks,
} from '@flowstead/review'
import type { DocumentKind, Format } from './options.ts'

/** One document, with the name it gets in a folder. */
export interface ReviewDocument {
  readonly name: string
  readonly text: string
}

type Diagrams = typeof import('@flowstead/review/diagram')

/** Documents of a review in a format for people or spreadsheets. @param date `YYYY-MM-DD` */
export async function reviewDocuments(
  review: ReviewOfFiles,
  { format, document }: { readonly format: Format; readonly document: DocumentKind },
  date: string,
): Promise<readonly ReviewDocument[]> {
  if (format === 'csv') return review.flows.flatMap(csvFiles)
  if (format === 'md' && document === 'review')
    return [{ name: 'review.md', text: renderReviewMarkdown(review) }]
  if (document === 'exceptions')
    return [{ name: 'exceptions.html', text: renderExceptions(review, { date }) }]
  const diagrams = needsDiagram(format, document) ? await import('@flowstead/review/diagram') : undefined
  if (document === 'solution') {
    const diagram = diagrams?.renderSolutionDiagram(review.flows.map(({ flow }) => flow))
    return [
      {
        name: 'solution.html',
        text: renderSolution(review, { date, ...(diagram === undefined ? {} : { diagram }) }),
      },
    ]
  }
  const extension = { html: 'html', md: 'md', svg: 'svg', mermaid: 'mmd' }[format as 'html']
  const names = new Set<string>()
  return review.flows.map((flow) => ({
    name: `${freeName(fileName(flow.identity.name), names)}.${format === 'svg' || format === 'mermaid' ? 'diagram' : document}.${extension}`,
    text: documentOf(flow, format, document, date, diagrams),
  }))
}

function needsDiagram(format: Format, document: DocumentKind): boolean {
  return format === 'svg' || format === 'mermaid' || (format === 'html' && document !== 'report')
}

function documentOf(
  review: FlowReview,
  format: Format,
  document: DocumentKind,
  date: string,
  diagrams: Diagrams | undefined,
): string {
  if (format === 'md') return renderReportMarkdown(review, { date })
  if (diagrams === undefined) return renderReport(review, { date })
  if (format === 'svg') return diagrams.renderDiagram(review.flow)
  if (format === 'mermaid') return diagrams.renderMermaid(review.flow)
  return document === 'diagram'
    ? diagrams.renderDiagramPage(review.flow, { date, findings: review.findings, hidden: review.hidden })
    : renderReview(review, { date, diagram: diagramOf(review, diagrams) })
}

/** A drawing whose actions carry their findings and lead to their rows. */
function diagramOf(review: FlowReview, { renderDiagram }: Diagrams): string {
  return renderDiagram(review.flow, { findings: review.findings, linkTo: rowLinks(review) })
}

/** A name that every platform takes as a file name. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, '-')
    .replaceAll(/\s+/g, '-')
    .replace(/[. ]+$/, '')
    .slice(0, 100)
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `flow-${plain}` : plain
}

function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}-${number}`
  taken.add(free.toLowerCase())
  return free
}
