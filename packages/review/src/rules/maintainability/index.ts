import type { Rule } from '../../rule.ts'
import { sizeRules } from './size.ts'
import { unusedRules } from './unused.ts'

/** MNT: whether the next maker understands the flow and can change it. */
export const maintainabilityRules: readonly Rule[] = [...sizeRules, ...unusedRules].sort((one, other) =>
  one.id < other.id ? -1 : 1,
)
