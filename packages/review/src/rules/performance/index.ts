import type { Rule } from '../../rule.ts'

export const performanceRules: readonly Rule[] = []
