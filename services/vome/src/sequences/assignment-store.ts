/** What others need to know and do about assignments. */
import { randomUUID } from 'node:crypto'
import { insertRow, updateRow } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { findRow } from '../resource/resource.ts'
import { assignmentPayload } from './assignment-payload.ts'

/** Ids of the steps of a sequence in their order. */
function stepIds(db: Database, sequenceId: string): string[] {
  return db
    .prepare<{ id: string }>('SELECT id FROM sequence_steps WHERE sequence_id = ? ORDER BY "order", seq')
    .all(sequenceId)
    .map(({ id }) => id)
}

/** The step after this one; null after the last. */
export function nextStepId(db: Database, sequenceId: string, stepId: string): string | null {
  const ids = stepIds(db, sequenceId)
  return ids[ids.indexOf(stepId) + 1] ?? null
}

/** Assigns a person at the first step, unless the sequence is not published or they are in it already. */
export function ensureAssignment(context: VomeContext, profileId: string, sequenceId: string): void {
  const { db } = context
  if (findRow(db, 'sequences', sequenceId)?.sequence_status !== 'published') return
  if (openAssignment(db, profileId, sequenceId) !== undefined) return
  addAssignment(context, profileId, sequenceId)
}

/** The assignment of a person to a sequence that is not finished. */
export function openAssignment(db: Database, profileId: string, sequenceId: string): Row | undefined {
  return db
    .prepare(
      `SELECT * FROM sequence_assignments WHERE profile_id = ? AND sequence_id = ? AND status <> 'finished'`,
    )
    .get(profileId, sequenceId)
}

/** Adds an assignment at the first step. */
export function addAssignment({ changes, db, now }: VomeContext, profileId: string, sequenceId: string): Row {
  const row: Row = {
    id: randomUUID(),
    profile_id: profileId,
    sequence_id: sequenceId,
    status: 'active',
    current_step_id: stepIds(db, sequenceId)[0] ?? null,
    notes: '',
    created_at: now(),
    updated_at: now(),
  }
  insertRow(db, 'sequence_assignments', row)
  changes.created('sequence_assignment', row.id as string)
  return row
}

/** Changes columns of an assignment and notes its event. */
export function changeAssignment({ changes, db, now }: VomeContext, id: string, values: Row): void {
  updateRow(db, 'sequence_assignments', id, { ...values, updated_at: now() })
  changes.updated('sequence_assignment', id)
}

/** Ends an assignment with all its progress. */
export function deleteAssignment({ changes, db }: VomeContext, id: string): void {
  changes.deleted('sequence_assignment', id, assignmentPayload(db, id))
  db.prepare('DELETE FROM step_progress WHERE assignment_id = ?').run(id)
  db.prepare('DELETE FROM sequence_assignments WHERE id = ?').run(id)
}

/** Ends every assignment of a profile, each with its event. */
export function deleteAssignments(context: VomeContext, profileId: string): void {
  const sql = 'SELECT id FROM sequence_assignments WHERE profile_id = ? ORDER BY seq'
  const rows = context.db.prepare<{ id: string }>(sql).all(profileId)
  for (const { id } of rows) deleteAssignment(context, id)
}
