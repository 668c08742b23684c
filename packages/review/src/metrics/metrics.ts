/** Whose figures: as the product's documents promise, or as its public web-app engine really computes them. */
export type Profile = 'documented' | 'as-shipped'

/** What is counted in one flow. */
export interface Metrics {
  /** Sum over all actions; scopes and terminates lower it, so it may be negative. */
  readonly complexity: number
  /** Actions at any depth, containers included, without the trigger. */
  readonly steps: number
  readonly variables: number
  readonly composes: number
  /** Actions that call a connector. */
  readonly connectors: number
  /** Distinct connection names. */
  readonly connectionRefs: number
  /** Actions that run after a failure. */
  readonly exceptions: number
  readonly premium: boolean
  readonly flags: Flags
}

export interface Flags {
  /** Every variable has the prefix of its type. */
  readonly varNaming: boolean
  /** Every variable with a start value is in capitals. */
  readonly varNameConsts: boolean
  /** Every variable is used. */
  readonly varNameUse: boolean
  /** A scope runs after a failure. */
  readonly exceptionHandleScope: boolean
  /** An action that runs after a failure is named `Exception`. */
  readonly exceptionScope: boolean
  /** That action holds a Terminate. */
  readonly exceptionTerminate: boolean
  /** That action builds the link of the run. */
  readonly exceptionLink: boolean
  /** An action is named `Main`. */
  readonly mainScope: boolean
}

export type Band = 'green' | 'amber' | 'red'

/** Bands of the four cards of a review. */
export interface Bands {
  readonly complexity: Band
  readonly actions: Band
  readonly variables: Band
  readonly exceptions: Band
}

/** One line of the score: what it could bring, what it brought, and how to win back the rest. */
export interface ScoreLine {
  /** Name of the entry in the scoring configuration: `mainScope`, `composes`, `complexity` … */
  readonly name: string
  /** For people: "A scope named Main". */
  readonly title: string
  readonly possible: number
  readonly reached: number
  /** `possible - reached`. */
  readonly lost: number
  /** A full sentence; what was found, with figures. */
  readonly why: string
  /** Triggers, actions or variables that cost the points; empty when nothing was lost or nothing has a place. */
  readonly where: readonly { readonly name: string; readonly pointer: string }[]
  /** What would win the points back; '' when none were lost. */
  readonly remedy: string
}

/** Counters of the Review, as the product has them. */
export interface Counters {
  readonly warnings: number
  readonly failures: number
}

/** Everything measured on one flow. */
export interface Measured {
  readonly profile: Profile
  readonly metrics: Metrics
  readonly bands: Bands
  readonly score: number
  readonly breakdown: readonly ScoreLine[]
  readonly counters: Counters
}
