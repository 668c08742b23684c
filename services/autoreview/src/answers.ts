import {
  type FlowReview,
  flowJson,
  type Review,
  renderExceptions,
  renderReport,
  renderReview,
  rowLinks,
} from '@flowstead/review'
import { renderDiagram, renderDiagramPage } from '@flowstead/review/diagram'
import { invalid } from '@flowstead/service-kit'
import type { AnsweredReview } from './request.ts'

/** What `configs.type` of the File operation may be; the first is the default. */
export const fileTypes = ['review', 'report', 'diagram', 'exception'] as const

export type FileType = (typeof fileTypes)[number]

/** @throws 400 for a type there is not. */
export function fileTypeOf(type: string | undefined): FileType {
  const wanted = type ?? fileTypes[0]
  const found = fileTypes.find((known) => known === wanted.toLowerCase())
  if (found !== undefined) return found
  const message = `"configs.type" is one of ${fileTypes.join(', ')}.`
  throw invalid([{ field: 'configs.type', rule: 'enum', message }])
}

/** The data of the JSON operation, with score and findings. */
export function dataOf({ review, error }: AnsweredReview): object {
  return { ...flowJson(review), error }
}

/** One file of a review. @param date of the review, `YYYY-MM-DD`. */
export function fileOf(answered: AnsweredReview, type: FileType, date: string): object {
  const { error, review } = answered
  return { file: documentOf(answered, type, date), info: error === '' ? infoOf(review, type) : error }
}

/** The HTML document of a review. @param date of the review, `YYYY-MM-DD`. */
export function documentOf({ review }: AnsweredReview, type: FileType, date: string): string {
  return renderers[type](review, date)
}

/** The drawing of a flow as SVG. */
export function imageOf({ review, error }: AnsweredReview): object {
  return { image: renderDiagram(review.flow), info: error === '' ? infoOf(review, 'diagram') : error }
}

const renderers: Readonly<Record<FileType, (review: FlowReview, date: string) => string>> = {
  review: (review, date) => {
    const diagram = renderDiagram(review.flow, { findings: review.findings, linkTo: rowLinks(review) })
    return renderReview(review, { date, diagram })
  },
  report: (review, date) => renderReport(review, { date }),
  diagram: (review, date) =>
    renderDiagramPage(review.flow, { date, findings: review.findings, hidden: review.hidden }),
  exception: (review, date) => renderExceptions(alone(review), { date }),
}

function alone(review: FlowReview): Review {
  return { flows: [review], findings: [], solutions: [] }
}

function infoOf({ identity, score }: FlowReview, type: FileType): string {
  return `${type} of "${identity.name}", score ${score}`
}
