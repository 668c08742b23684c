import type { FlowReview } from '../flow-review.ts'
import { anchorsOf } from './anchors.ts'
import { findingsSection, suppressedSections } from './findings-section.ts'
import { flowHeader } from './flow-header.ts'
import { flowSections } from './flow-sections.ts'
import { html, ready } from './html.ts'
import { documentPage, type Section } from './page.ts'
import { breakdownSection, overviewSection } from './score-sections.ts'

export interface ReviewPage {
  /** As it shall be read; documents ask no clock. */
  readonly date: string
  /** SVG of the flow, shown among the sections. */
  readonly diagram?: string
}

/** The Review of one flow: score and findings, then everything they speak of; an HTML document that loads nothing. */
export function renderReview(review: FlowReview, { date, diagram }: ReviewPage): string {
  const anchors = anchorsOf(review)
  return documentPage({
    title: `Review of ${review.identity.name}`,
    header: flowHeader(review, 'Review', date),
    sections: [
      overviewSection(review),
      breakdownSection(review, anchors),
      findingsSection(review, anchors),
      ...suppressedSections(review, anchors),
      ...(diagram === undefined ? [] : [diagramSection(diagram)]),
      ...flowSections(review, 'Review'),
    ],
    styles: stylesIn(diagram ?? ''),
  })
}

function diagramSection(diagram: string): Section {
  return {
    id: 'diagram',
    title: 'Diagram',
    body: html`<div class="scroll drawing" role="region" aria-label="Diagram" tabindex="0">${ready(diagram)}</div>`,
  }
}

/** Style sheets that a drawing brings: the page allows these and no others. */
export function stylesIn(diagram: string): string[] {
  return [...diagram.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text]) => text ?? '')
}
