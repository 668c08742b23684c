import type { Severity } from '../finding.ts'
import type { Setting } from '../rule.ts'

/** What a project says about rules, by id. */
export type RuleConfig = Readonly<Record<string, RuleChoice>>

export interface RuleChoice {
  /** `off` leaves the rule out; a severity takes the place of the rule's own. */
  readonly severity?: Severity | 'off'
  /** Values for some of the rule's settings. */
  readonly settings?: Readonly<Record<string, Setting>>
}
