/** What others need to know and do about submissions. */
import type { VomeContext } from '../change-set.ts'
import { submissionPayload } from './submission-payload.ts'

/** Deletes a submission and notes its event. */
export function deleteSubmission({ changes, db }: VomeContext, id: string): void {
  changes.deleted('form_submission', id, submissionPayload(db, id))
  db.prepare('DELETE FROM form_submissions WHERE id = ?').run(id)
}

/** Deletes every submission of a profile, each with its event. */
export function deleteSubmissions(context: VomeContext, profileId: string): void {
  const sql = 'SELECT id FROM form_submissions WHERE profile_id = ? ORDER BY seq'
  const rows = context.db.prepare<{ id: string }>(sql).all(profileId)
  for (const { id } of rows) deleteSubmission(context, id)
}
