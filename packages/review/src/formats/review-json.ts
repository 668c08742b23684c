import type { Baseline } from '../accepted/baseline.ts'
import { type Finding, severities } from '../finding.ts'
import type { FlowReview, Review } from '../flow-review.ts'

/** A review as one JSON document without its schema name: for every flow its figures, findings and data. */
export function reviewJson(review: Review, baseline?: Baseline): object {
  const known = (findings: readonly Finding[]) =>
    baseline === undefined
      ? findings
      : findings.map((finding) => ({
          ...finding,
          baseline: baseline.has(finding.fingerprint) ? 'known' : 'new',
        }))
  const all = [...review.findings, ...review.flows.flatMap(({ findings }) => findings)]
  return {
    summary: {
      flows: review.flows.length,
      findings: all.length,
      ...Object.fromEntries(
        severities.map((severity) => [
          severity,
          all.filter((finding) => finding.severity === severity).length,
        ]),
      ),
      suppressed: review.flows.reduce((count, { suppressed }) => count + suppressed.length, 0),
      ...(baseline === undefined
        ? {}
        : { new: all.filter(({ fingerprint }) => !baseline.has(fingerprint)).length }),
    },
    flows: review.flows.map((flow) => ({ ...flowJson(flow), findings: known(flow.findings) })),
    findings: known(review.findings),
    solutions: review.solutions,
  }
}

/** One flow: name and score first, then every figure, then the data of the connector's JSON operation. */
export function flowJson(review: FlowReview): object {
  const { flow, profile, score, bands, breakdown, counters, metrics, findings, suppressed, data } = review
  const { flags, ...figures } = metrics
  const { name, ...others } = data
  return {
    name,
    score,
    ...figures,
    ...flags,
    bands,
    counters,
    breakdown,
    findings,
    suppressed,
    file: flow.file,
    version: flow.version,
    profile,
    references: review.references,
    ...others,
  }
}
