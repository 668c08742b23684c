import type { Rule } from '../../rule.ts'
import { containerRules } from './containers.ts'
import { knownTypeRules } from './known-types.ts'
import { nameRules } from './names.ts'
import { optionRules } from './options.ts'
import { partRules } from './parts.ts'
import { policyRules } from './policies.ts'
import { readingRules } from './reading.ts'
import { runAfterRules } from './run-after.ts'
import { timeRules } from './times.ts'
import { triggerRules } from './triggers.ts'
import { variableRules } from './variables.ts'

/** STR: whether the definition is one the platform takes. */
export const structureRules: readonly Rule[] = [
  ...readingRules,
  ...knownTypeRules,
  ...partRules,
  ...nameRules,
  ...runAfterRules,
  ...variableRules,
  ...timeRules,
  ...policyRules,
  ...containerRules,
  ...triggerRules,
  ...optionRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
