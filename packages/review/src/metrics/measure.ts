// Counts, bands, score and counters of one flow, in the profile asked for. Pure: the same subject and configuration
// give the same figures.
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Subject } from '../subject/subject.ts'
import type { ActionFacts } from './action-facts.ts'
import { bandsOf } from './bands.ts'
import { countersOf } from './counters.ts'
import { exceptionFlags } from './exception-flags.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Measured, Metrics, Profile } from './metrics.ts'
import { scoreLines } from './score.ts'
import { isPremium } from './tier.ts'
import type { VariableFacts } from './variable-facts.ts'

/**
 * Measures one flow.
 * @param figures what `figuresOf` gives for the same flow, configuration and profile.
 */
export function measure(
  subject: Subject,
  config: ReviewConfig,
  profile: Profile,
  figures: Figures = figuresOf(subject, config, profile),
): Measured {
  const { actions, variables } = figures
  const metrics = metricsOf(subject, actions, variables, profile)
  const bands = bandsOf(metrics, config, profile)
  const otherCalls = otherCallsIn(subject, actions)
  const breakdown = scoreLines({ metrics, bands, actions, variables, config, profile, otherCalls })
  return {
    profile,
    metrics,
    bands,
    score: breakdown.reduce((sum, { reached }) => sum + reached, 0),
    breakdown,
    counters: countersOf({ metrics, bands, actions, variables }, profile),
  }
}

function metricsOf(
  subject: Subject,
  actions: readonly ActionFacts[],
  variables: readonly VariableFacts[],
  profile: Profile,
): Metrics {
  const isTriggerPremium =
    profile === 'documented' && subject.flow.triggers.some((trigger) => isPremium(subject, trigger))
  return {
    complexity: actions.reduce((sum, { complexity }) => sum + complexity, 0),
    steps: actions.length,
    variables: variables.length,
    composes: actions.filter(({ type }) => type === 'Compose').length,
    connectors: actions.filter(({ type }) => type === 'OpenApiConnection').length,
    connectionRefs: new Set(actions.map(({ connector }) => connector).filter((name) => name !== '')).size,
    exceptions: actions.filter(({ isException }) => isException).length,
    premium: isTriggerPremium || actions.some(({ tier }) => tier === 'Premium'),
    flags: {
      varNaming: variables.every(({ isNamed }) => isNamed),
      varNameConsts: variables.every(({ isConstant }) => isConstant),
      varNameUse: variables.every(({ isUsed }) => isUsed),
      ...exceptionFlags(subject, actions, profile),
    },
  }
}

function otherCallsIn(subject: Subject, actions: readonly ActionFacts[]): number {
  return actions.filter(
    ({ type, action }) => type !== 'OpenApiConnection' && subject.outsideCall(action)?.kind === 'connector',
  ).length
}
