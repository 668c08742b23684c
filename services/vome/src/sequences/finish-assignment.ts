import type { Row } from '@flowstead/sqlite'
import { runAutomations } from '../automations/run-automations.ts'
import type { VomeContext } from '../change-set.ts'
import { changeAssignment } from './assignment-store.ts'

/** Finishes an assignment and does what the organisation wants done then. */
export function finishAssignment(context: VomeContext, assignment: Row): void {
  changeAssignment(context, assignment.id as string, { status: 'finished' })
  const source = { event: 'sequence_finished', sourceId: assignment.sequence_id as string } as const
  runAutomations(context, source, assignment.profile_id as string)
}
