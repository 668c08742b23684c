import type { Rule } from '../../rule.ts'
import { accessRules } from './access.ts'
import { exposureRules } from './exposure.ts'
import { inputRules } from './input.ts'
import { secretRules } from './secrets.ts'

/** SEC: who may start the flow, what it gives away, and whom it trusts. */
export const securityRules: readonly Rule[] = [
  ...secretRules,
  ...exposureRules,
  ...accessRules,
  ...inputRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
