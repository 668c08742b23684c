import type { Rule } from '../../rule.ts'

export const maintainabilityRules: readonly Rule[] = []
