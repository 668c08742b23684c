import type { Rule } from '../../rule.ts'
import { actionNameRules } from './action-names.ts'
import { flowNameRules } from './flow-names.ts'
import { variableNameRules } from './variable-names.ts'

/** NAM: whether names say what things are, and follow the conventions of the project. */
export const namingRules: readonly Rule[] = [...variableNameRules, ...actionNameRules, ...flowNameRules].sort(
  (one, other) => (one.id < other.id ? -1 : 1),
)
