import type { Finding } from '../finding.ts'

/** A figure before and after. */
export interface MetricDelta {
  readonly title: string
  readonly before: number
  readonly after: number
}

/** How the reviews of two versions differ. */
export interface ReviewDelta {
  readonly score: MetricDelta
  /** Figures that are equal included. */
  readonly metrics: readonly MetricDelta[]
  /** Lines of the score whose points changed. */
  readonly breakdown: readonly MetricDelta[]
  readonly newFindings: readonly Finding[]
  readonly goneFindings: readonly Finding[]
  /** Findings that both versions have. */
  readonly kept: number
}
