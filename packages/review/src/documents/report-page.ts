import type { FlowReview } from '../flow-review.ts'
import { flowHeader } from './flow-header.ts'
import { flowSections } from './flow-sections.ts'
import { documentPage } from './page.ts'

/** The Report of one flow: what it consists of, without a verdict; an HTML document that loads nothing. */
export function renderReport(review: FlowReview, { date }: { readonly date: string }): string {
  return documentPage({
    title: `Report on ${review.identity.name}`,
    header: flowHeader(review, 'Report', date),
    sections: flowSections(review, 'Report'),
  })
}
