import { type NamedFile, pointerKeys, pointerTo, readFlowFiles } from '@flowstead/definition'
import { defaultConfig } from '../config/defaults.ts'
import type { Finding } from '../finding.ts'
import type { Review } from '../flow-review.ts'
import { measure } from '../metrics/measure.ts'
import type { Profile } from '../metrics/metrics.ts'
import { subjectOf } from '../subject/subject.ts'

/** What counts when findings are compared. */
export interface Comparing {
  /** Findings that are left out. */
  readonly without?: (finding: Finding) => boolean
  /** What a key of a pointer was called. */
  readonly nameOf?: (key: string) => string
}

/** Rule, severity and place of every finding, sorted. */
export function findingKeys(
  { flows, findings }: Review,
  { without = () => false, nameOf = (key) => key }: Comparing = {},
): string[] {
  const placeOf = (pointer: string): string => pointerTo('', ...pointerKeys(pointer).map(nameOf))
  return [...findings, ...flows.flatMap((flow) => flow.findings)]
    .filter((finding) => !without(finding))
    .map(({ rule, severity, pointer }) => `${rule} ${severity} ${placeOf(pointer)}`)
    .sort()
}

/** Everything counted on the flows of a file, without words. */
export function figuresOf(file: NamedFile, profile: Profile) {
  return readFlowFiles([file]).flows.map((flow) => {
    const { metrics, bands, score, counters, breakdown } = measure(subjectOf(flow), defaultConfig, profile)
    const lines = breakdown.map(({ name, possible, reached }) => ({ name, possible, reached }))
    return { metrics, bands, score, counters, lines }
  })
}
