import type { Rule } from '../../rule.ts'
import { catchScopeRules } from './catch-scopes.ts'
import { compensationRules } from './compensation.ts'
import { missingHandlerRules } from './missing-handlers.ts'
import { retryRules } from './retries.ts'
import { selfTriggerRules } from './self-trigger.ts'
import { sharedVariableRules } from './shared-variables.ts'
import { untilRules } from './until.ts'
import { waitingRules } from './waiting.ts'

/** Rules about failures, retries, loops without end, and things that happen at the same time; by id. */
export const reliabilityRules: readonly Rule[] = [
  ...missingHandlerRules,
  ...catchScopeRules,
  ...retryRules,
  ...untilRules,
  ...selfTriggerRules,
  ...sharedVariableRules,
  ...compensationRules,
  ...waitingRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
