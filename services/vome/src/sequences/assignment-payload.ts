/** What the three sequence events carry. */
import { isoTime } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { personColumns, personPayload } from '../profiles/person-payload.ts'

const sql = `
  SELECT a.id, a.status, a.current_step_id, a.created_at, a.updated_at,
    q.id AS sequence_id, q.title, q.description, q.sequence_status, ${personColumns}
  FROM sequence_assignments a JOIN sequences q ON q.id = a.sequence_id JOIN profiles p ON p.id = a.profile_id
    CROSS JOIN organization g
  WHERE a.id = ?`

const stepSql = `
  SELECT s.id, s.category, s.title, s.description, coalesce(t.status, 'pending') AS status,
    t.completion_on, t.expiration_on, coalesce(t.interview, '') AS interview
  FROM sequence_steps s LEFT JOIN step_progress t ON t.step_id = s.id AND t.assignment_id = ?
  WHERE s.sequence_id = ? ORDER BY s."order", s.seq`

/** The payload as the assignment stands now. */
export function assignmentPayload(db: Database, id: string): Record<string, unknown> {
  const row = db.prepare(sql).get(id) as Row
  const steps = db.prepare(stepSql).all(id, row.sequence_id ?? null)
  return {
    id,
    user_info: personPayload(row, 'values'),
    sequence_info: {
      id: row.sequence_id,
      title: row.title,
      description: row.description,
      sequence_status: row.sequence_status,
      display_status: displayStatus(row, steps),
      step_info: steps.map(stepPayload),
    },
    status: row.status,
    created_at: isoTime(row.created_at as number),
    updated_at: isoTime(row.updated_at as number),
  }
}

/** What the volunteer reads: `Step 2 of 5: Interview`. */
function displayStatus({ current_step_id, status }: Row, steps: readonly Row[]): string {
  if (status === 'finished') return 'Finished'
  if (status === 'inactive') return 'Inactive'
  const at = steps.findIndex(({ id }) => id === current_step_id)
  const place = at === -1 ? 'No open step' : `Step ${at + 1} of ${steps.length}: ${steps[at]?.title}`
  return status === 'paused' ? `Paused. ${place}` : place
}

function stepPayload(row: Row, at: number): Record<string, unknown> {
  const { category, completion_on, description, expiration_on, interview, status, title } = row
  const dates = { status, completion_on, expiration_on }
  return {
    step: at + 1,
    type: category,
    orientation_details: category === 'orientation' ? [{ title, description, user_orientation: dates }] : [],
    interview_details:
      category === 'interview' ? [{ title, description, user_interview: { interview, ...dates } }] : [],
  }
}
