import type { Flow } from '@flowstead/definition'
import type { DataJson } from './data/data-json.ts'
import type { Finding } from './finding.ts'
import type { Measured } from './metrics/metrics.ts'
import type { SolutionFacts } from './solution/solution-facts.ts'

/** Who is reviewed, as callers of the service say it; the CLI knows only the flow. */
export interface Identity {
  readonly id: string
  readonly name: string
  /** Maker, usually an e-mail address; '' when unknown. */
  readonly owner: string
  readonly environment: string
}

/** A finding that somebody accepted, with the reason they gave. */
export interface SuppressedFinding extends Finding {
  readonly reason: string
}

/** The review of one flow. */
export interface FlowReview extends Measured {
  readonly flow: Flow
  readonly identity: Identity
  /** Configuration references: complexity, ratings, naming, scoring. */
  readonly references: {
    readonly complexity: string
    readonly ratings: string
    readonly naming: string
    readonly scoring: string
  }
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** The data of the connector; texts of `hidden` are left out of it. */
  readonly data: DataJson
  /** Typed secrets: no document shows them. */
  readonly hidden: readonly string[]
}

/** The review of everything that was given at once. */
export interface Review {
  readonly flows: readonly FlowReview[]
  /** Findings that belong to no single flow: files that cannot be read, missing dependencies. */
  readonly findings: readonly Finding[]
  readonly solutions: readonly SolutionFacts[]
}
