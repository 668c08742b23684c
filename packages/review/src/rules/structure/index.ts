import type { Rule } from '../../rule.ts'
import { nameRules } from './names.ts'

/** STR: whether the definition is one the platform takes. */
export const structureRules: readonly Rule[] = [...nameRules]
