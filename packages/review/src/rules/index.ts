import type { Rule } from '../rule.ts'
import { limitRules } from './limits/index.ts'
import { maintainabilityRules } from './maintainability/index.ts'
import { namingRules } from './naming/index.ts'
import { performanceRules } from './performance/index.ts'
import { referenceRules } from './references/index.ts'
import { reliabilityRules } from './reliability/index.ts'
import { securityRules } from './security/index.ts'
import { structureRules } from './structure/index.ts'

/** Every rule there is, in the order in which they are documented. */
export const rules: readonly Rule[] = [
  ...structureRules,
  ...referenceRules,
  ...reliabilityRules,
  ...performanceRules,
  ...securityRules,
  ...maintainabilityRules,
  ...namingRules,
  ...limitRules,
]
