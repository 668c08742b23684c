import type { Flow } from '@flowstead/definition'
import type { Finding } from '../finding.ts'
import type { FlowReview } from '../flow-review.ts'
import { hideInData } from '../hidden/hide.ts'
import { compareMatched } from './compare-flows.ts'
import type { Comparison } from './comparison.ts'
import { type ActionMatch, matchActions } from './match-actions.ts'
import type { MetricDelta, ReviewDelta } from './review-delta.ts'

/** `compareFlows`, with what became of the score, the figures and the findings, and without typed secrets. */
export function compareReviews(before: FlowReview, after: FlowReview): Comparison {
  const match = matchActions(before.flow, after.flow)
  const comparison = compareMatched(before.flow, after.flow, match)
  const changes = hideInData(comparison.changes, [...before.hidden, ...after.hidden])
  return { ...comparison, changes, review: deltaOf(before, after, match) }
}

const figures = [
  ['complexity', 'Complexity'],
  ['steps', 'Actions'],
  ['variables', 'Variables'],
  ['composes', 'Composes'],
  ['connectors', 'Connector actions'],
  ['connectionRefs', 'Connections'],
  ['exceptions', 'Exception handlers'],
] as const

function deltaOf(before: FlowReview, after: FlowReview, match: ActionMatch): ReviewDelta {
  const lines = new Map(before.breakdown.map((line) => [line.name, line]))
  return {
    score: { title: 'Score', before: before.score, after: after.score },
    metrics: figures.map(([key, title]) => ({
      title,
      before: before.metrics[key],
      after: after.metrics[key],
    })),
    breakdown: after.breakdown.flatMap(({ name, title, reached }): MetricDelta[] => {
      const old = lines.get(name)
      return old === undefined || old.reached === reached
        ? []
        : [{ title, before: old.reached, after: reached }]
    }),
    ...findingDelta(before, after, match),
  }
}

/**
 * A finding is the same when rule and fingerprint are, or when rule and place are once renamed and moved actions are
 * taken for what they were.
 */
function findingDelta(
  before: FlowReview,
  after: FlowReview,
  match: ActionMatch,
): Pick<ReviewDelta, 'newFindings' | 'goneFindings' | 'kept'> {
  const old = new Map<string, Finding[]>()
  const placeBefore = placesIn(before.flow, (name) => laterName(before.flow, match, name))
  const placeAfter = placesIn(after.flow, (name) => name)
  const prints = new Map(before.findings.map((finding) => [finding.fingerprint, finding]))
  const kept = new Set<Finding>()
  const rest = after.findings.filter(({ fingerprint }) => {
    const same = prints.get(fingerprint)
    if (same !== undefined) kept.add(same)
    return same === undefined
  })
  for (const finding of before.findings) {
    if (kept.has(finding)) continue
    const place = placeBefore(finding)
    old.set(place, [...(old.get(place) ?? []), finding])
  }
  const newFindings = rest.filter((finding) => {
    const same = old.get(placeAfter(finding))?.shift()
    if (same !== undefined) kept.add(same)
    return same === undefined
  })
  return {
    newFindings,
    goneFindings: before.findings.filter((finding) => !kept.has(finding)),
    kept: kept.size,
  }
}

function laterName(flow: Flow, { afterOf }: ActionMatch, name: string): string {
  const action = flow.actions.get(name)
  return (action === undefined ? undefined : afterOf.get(action))?.name.toLowerCase() ?? name
}

/** Rule and place of a finding, free of file and of what lies around the action. */
function placesIn({ actions, definitionAt }: Flow, nameOf: (name: string) => string) {
  return ({ rule, action, pointer }: Finding): string => {
    const name = action?.toLowerCase() ?? ''
    const root = actions.get(name)?.pointer ?? definitionAt
    const tail = pointer.startsWith(root) ? pointer.slice(root.length) : pointer
    return JSON.stringify([rule, nameOf(name), tail])
  }
}
