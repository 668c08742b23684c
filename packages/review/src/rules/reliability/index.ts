import type { Rule } from '../../rule.ts'

export const reliabilityRules: readonly Rule[] = []
