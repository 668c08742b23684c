import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Subject } from '../subject/subject.ts'
import { type ActionFacts, actionFacts } from './action-facts.ts'
import type { Profile } from './metrics.ts'
import { type VariableFacts, variableFacts } from './variable-facts.ts'

/** The rows from which both the measures and the Data JSON of one flow are made. */
export interface Figures {
  readonly actions: readonly ActionFacts[]
  readonly variables: readonly VariableFacts[]
}

/** Reads the rows of one flow. */
export function figuresOf(subject: Subject, config: ReviewConfig, profile: Profile): Figures {
  const actions = actionFacts(subject, config, profile)
  return { actions, variables: variableFacts(subject, actions, config, profile) }
}
