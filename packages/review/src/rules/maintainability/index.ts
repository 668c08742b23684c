import type { Rule } from '../../rule.ts'
import { connectionRules } from './connection-use.ts'
import { operationRules } from './operations.ts'
import { repeatRules } from './repeats.ts'
import { settingRules } from './settings-in-code.ts'
import { sizeRules } from './size.ts'
import { unusedRules } from './unused.ts'
import { wordingRules } from './wording.ts'

/** MNT: whether the next maker understands the flow and can change it. */
export const maintainabilityRules: readonly Rule[] = [
  ...sizeRules,
  ...unusedRules,
  ...settingRules,
  ...connectionRules,
  ...wordingRules,
  ...operationRules,
  ...repeatRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
