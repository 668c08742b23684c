import {
  type Baseline,
  bandOfScore,
  type Finding,
  type FlowReview,
  type ReviewOfFiles,
} from '@flowstead/review'
import type { Paint } from '../../paint.ts'
import { plural } from '../../problem-text.ts'

export interface TextOptions {
  /** Whether findings of severity `info` are printed too. */
  readonly notes: boolean
  readonly baseline: Baseline | undefined
}

/** A review for a person at a terminal: each flow with score, cards, what was lost, and its findings. */
export function reviewText(review: ReviewOfFiles, { notes, baseline }: TextOptions, paint: Paint): string {
  const isShown = (finding: Finding): boolean =>
    (notes || finding.severity !== 'info') && baseline?.has(finding.fingerprint) !== true
  const all = [...review.findings, ...review.flows.flatMap(({ findings }) => findings)]
  return [
    ...review.flows.map((flow) => flowText(flow, flow.findings.filter(isShown), paint)),
    ...review.findings.filter(isShown).map((finding) => findingText(finding, paint)),
    totalText(review, all, baseline),
  ].join('\n')
}

function flowText(review: FlowReview, findings: readonly Finding[], paint: Paint): string {
  const { bands, breakdown, identity, metrics, score } = review
  const cards = [
    `complexity ${metrics.complexity} ${bands.complexity}`,
    `actions ${metrics.steps} ${bands.actions}`,
    `variables ${metrics.variables} ${bands.variables}`,
    `exceptions ${metrics.exceptions} ${bands.exceptions}`,
  ]
  const lost = breakdown.filter((line) => line.lost > 0)
  const colour = { green: paint.good, amber: paint.warn, red: paint.bad }[bandOfScore(score)]
  return [
    `${paint.strong(identity.name)}   ${colour(`score ${score}`)}   ${cards.join(' · ')}`,
    ...lost.map(({ lost: points, title, why, remedy }) =>
      [`  -${points}`.padEnd(6), `${title}. ${why} `, paint.dim(remedy)].join(''),
    ),
    '',
    ...findings.map((finding) => findingText(finding, paint)),
  ].join('\n')
}

function findingText(finding: Finding, paint: Paint): string {
  const head = { error: paint.bad, warning: paint.warn, info: paint.dim }[finding.severity]
  const place = finding.line === undefined ? '' : `:${finding.line}:${finding.column ?? 1}`
  return [
    `${head(`${finding.severity}[${finding.rule}]`)} ${finding.message}`,
    `  --> ${finding.file}${place}${finding.pointer === '' ? '' : `   ${paint.dim(finding.pointer)}`}`,
    `   | ${finding.hint}`,
    '',
  ].join('\n')
}

function totalText(review: ReviewOfFiles, all: readonly Finding[], baseline: Baseline | undefined): string {
  const count = (severity: string) => all.filter((finding) => finding.severity === severity).length
  const suppressed = review.flows.reduce((sum, flow) => sum + flow.suppressed.length, 0)
  const known = baseline === undefined ? 0 : all.filter(({ fingerprint }) => baseline.has(fingerprint)).length
  const parts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    plural(count('info'), 'note'),
    ...(suppressed === 0 ? [] : [`${suppressed} accepted`]),
    ...(baseline === undefined ? [] : [`${known} known`]),
  ]
  return `${plural(review.flows.length, 'flow')} reviewed: ${parts.join(', ')}\n`
}
