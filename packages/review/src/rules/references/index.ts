import type { Rule } from '../../rule.ts'
import { callRules } from './calls.ts'
import { conditionRules } from './conditions.ts'
import { existingNameRules } from './existing-names.ts'
import { listRules } from './lists.ts'
import { loopRules } from './loops.ts'
import { schemaRules } from './schemas.ts'
import { syntaxRules } from './syntax.ts'
import { upstreamRules } from './upstream.ts'

/** REF: whether expressions can be read, and name what is there when they are evaluated. */
export const referenceRules: readonly Rule[] = [
  ...existingNameRules,
  ...upstreamRules,
  ...loopRules,
  ...callRules,
  ...syntaxRules,
  ...schemaRules,
  ...conditionRules,
  ...listRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
