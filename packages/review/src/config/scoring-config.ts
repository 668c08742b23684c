/** The four configurations of the product, each with its reference text; left-out ones have the default. */
export interface ReviewConfig {
  readonly complexity: {
    readonly reference: string
    readonly entries: readonly { readonly name: string; readonly complexity: number }[]
  }
  readonly naming: {
    readonly reference: string
    /** How many characters of a name are the prefix. */
    readonly char: number
    readonly entries: readonly { readonly type: string; readonly letter: string }[]
  }
  readonly ratings: { readonly reference: string } & Readonly<Record<RatingKey, number>>
  /** Points by name. */
  readonly scoring: { readonly reference: string; readonly scores: Readonly<Record<ScoringName, number>> }
}

export const ratingKeys = [
  'complexityAm',
  'complexityRe',
  'actionsAm',
  'actionsRe',
  'variablesAm',
  'variablesRe',
  'exceptionsAm',
  'exceptionsRe',
] as const

export type RatingKey = (typeof ratingKeys)[number]

/** The twenty entries of the scoring configuration. */
export const scoringNames = [
  'exceptionScope',
  'mainScope',
  'varNaming',
  'varUsed',
  'varConstant',
  'variables',
  'variablesMin',
  'variablesDeduction',
  'composes',
  'composesMin',
  'composesDeduction',
  'connections',
  'connectionsMin',
  'connectionsDeduction',
  'complexityRed',
  'complexityAmber',
  'complexityGreen',
  'actionsRed',
  'actionsAmber',
  'actionsGreen',
] as const

export type ScoringName = (typeof scoringNames)[number]
