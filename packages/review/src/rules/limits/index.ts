import type { Rule } from '../../rule.ts'
import { definitionLimitRules } from './definition-limits.ts'
import { lifecycleRules } from './lifecycle.ts'
import { planLimitRules } from './plan-limits.ts'

/** LIM: what the platform, a plan or a connector takes. ALM: whether a flow can move to another environment. */
export const limitRules: readonly Rule[] = [...definitionLimitRules, ...planLimitRules, ...lifecycleRules]
