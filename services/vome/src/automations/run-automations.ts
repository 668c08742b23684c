/** Does what the organisation wants done when something has happened to a person. */
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { ensureApproval } from '../opportunities/approvals.ts'
import { ensureTag } from '../profiles/tags.ts'
import { findRow } from '../resource/resource.ts'
import { ensureAssignment } from '../sequences/assignment-store.ts'

/** What can set an automation off, with the table of its source. */
export const automationEvents = {
  form_submitted: 'forms',
  question_answered: 'questions',
  step_completed: 'sequence_steps',
  sequence_finished: 'sequences',
} as const

type Effect = (context: VomeContext, profileId: string, targetId: string) => void

/** What an automation can do, with the table of its target. */
export const automationActions = {
  assign_sequence: { table: 'sequences', run: ensureAssignment },
  add_tag: { table: 'tags', run: ensureTag },
  approve_opportunity: { table: 'opportunities', run: ensureApproval },
} as const satisfies Readonly<Record<string, { readonly table: string; readonly run: Effect }>>

export interface AutomationSource {
  readonly event: keyof typeof automationEvents
  readonly sourceId: string
  /** What was answered: the text, or the labels chosen. */
  readonly answers?: readonly string[]
}

/** Runs all automations of the source for a person; a target that is gone, or a person archived, is passed over. */
export function runAutomations(context: VomeContext, source: AutomationSource, profileId: string): void {
  if (findRow(context.db, 'profiles', profileId)?.archived_at !== null) return
  for (const { action, target_id } of automationsOf(context.db, source)) {
    const { run, table } = automationActions[action as keyof typeof automationActions]
    if (findRow(context.db, table, target_id as string) === undefined) continue
    run(context, profileId, target_id as string)
  }
}

function automationsOf(db: Database, { answers = [], event, sourceId }: AutomationSource): Row[] {
  return db
    .prepare('SELECT * FROM automations WHERE event = ? AND source_id = ? ORDER BY seq')
    .all(event, sourceId)
    .filter(({ answer }) => answer === '' || answers.includes(answer as string))
}
