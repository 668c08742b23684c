import type { Rule } from '../../rule.ts'

export const namingRules: readonly Rule[] = []
