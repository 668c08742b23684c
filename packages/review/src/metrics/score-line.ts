import type { ReviewConfig, ScoringName } from '../config/scoring-config.ts'
import { counted } from '../counted.ts'
import type { ActionFacts } from './action-facts.ts'
import type { Bands, Metrics, Profile, ScoreLine } from './metrics.ts'
import type { VariableFacts } from './variable-facts.ts'

/** What the lines of a score are made of. */
export interface Scored {
  readonly metrics: Metrics
  readonly bands: Bands
  readonly actions: readonly ActionFacts[]
  readonly variables: readonly VariableFacts[]
  readonly config: ReviewConfig
  readonly profile: Profile
  /** Calls of connectors that the figures leave out: `ApiConnection`, webhooks, service providers. */
  readonly otherCalls: number
}

/** A line before what was lost is known. */
export interface Told {
  readonly name: string
  readonly title: string
  readonly possible: number
  readonly reached: number
  readonly why: string
  readonly where: ScoreLine['where']
  readonly remedy: string
}

/** Completes a line; one that lost nothing has neither places nor a remedy. */
export function scoreLine({ possible, reached, where, remedy, ...told }: Told): ScoreLine {
  const best = Math.max(possible, reached)
  const lost = best - reached
  const isLost = lost > 0
  return { ...told, possible: best, reached, lost, where: isLost ? where : [], remedy: isLost ? remedy : '' }
}

/** A line that brings all of its points or none. */
export function passOrFail(
  { config }: Scored,
  name: ScoringName,
  told: Pick<Told, 'title' | 'why' | 'where' | 'remedy'> & { readonly passes: boolean },
): ScoreLine {
  const { passes, ...rest } = told
  const points = config.scoring.scores[name]
  return scoreLine({ ...rest, name, possible: points, reached: passes ? points : 0 })
}

/** The place of an action or a variable. */
export function placeOf(row: ActionFacts | VariableFacts): ScoreLine['where'][number] {
  const { name, pointer } = 'action' in row ? row.action : row
  return { name, pointer }
}

/** `1 variable`, `3 variables`, `No variables`. */
export function countedOrNo(count: number, what: string): string {
  return count === 0 ? `No ${what}s` : counted(count, what)
}
