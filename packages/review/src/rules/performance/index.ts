import type { Rule } from '../../rule.ts'
import { branchRules } from './branches.ts'
import { listCallRules } from './list-calls.ts'
import { loopRules } from './loops.ts'
import { repeatedCallRules } from './repeated-calls.ts'
import { rowRules } from './rows.ts'
import { triggerRules } from './triggers.ts'
import { waitRules } from './waits.ts'

/** Rules about calls, rows, repetitions and runs that need not be; by id. */
export const performanceRules: readonly Rule[] = [
  ...listCallRules,
  ...loopRules,
  ...rowRules,
  ...repeatedCallRules,
  ...triggerRules,
  ...waitRules,
  ...branchRules,
].sort((one, other) => (one.id < other.id ? -1 : 1))
