/** What the three form submission events carry, and what reading a submission answers. */
import { isoTime } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { personColumns, personPayload } from '../profiles/person-payload.ts'
import type { StoredAnswer } from './answers.ts'

const sql = `
  SELECT f.*, m.title AS form_title, d.name AS folder_name, ${personColumns}
  FROM form_submissions f JOIN forms m ON m.id = f.form_id JOIN profiles p ON p.id = f.profile_id
    LEFT JOIN folders d ON d.id = f.folder_id CROSS JOIN organization g
  WHERE f.id = ?`

/** The payload as the submission stands now. */
export function submissionPayload(db: Database, id: string): Record<string, unknown> {
  const row = db.prepare(sql).get(id) as Row
  const kept = (column: string) => JSON.parse(row[column] as string) as unknown
  return {
    id,
    user: personPayload(row, 'text'),
    submission_status: row.submission_status,
    created_at: isoTime(row.created_at as number),
    arrival_source: row.arrival_source,
    questions: (kept('answers') as StoredAnswer[]).map((answer) => answerPayload(db, answer)),
    medical_info: row.medical_info,
    emergency_contact: kept('emergency_contact'),
    digital_consent: kept('digital_consent'),
    general_availability: kept('general_availability'),
    attachments: kept('attachments'),
    opportunities: appliedFor(db, kept('opportunity_ids') as string[]),
    folder: { name: row.folder_name ?? '' },
    form: { id: row.form_id, title: row.form_title },
  }
}

function answerPayload(db: Database, { answer, id, options, question_id, responded }: StoredAnswer) {
  const question = db.prepare('SELECT * FROM questions WHERE id = ?').get(question_id) as Row
  return {
    id,
    question: {
      id: question_id,
      title: question.title,
      question_type: question.question_type,
      options: JSON.parse(question.options as string) as unknown,
    },
    answer,
    options,
    responded,
  }
}

/** Opportunities that are gone since are left out. */
function appliedFor(db: Database, ids: readonly string[]): unknown[] {
  const find = db.prepare('SELECT id, title FROM opportunities WHERE id = ?')
  return ids.map((id) => find.get(id)).filter((row) => row !== undefined)
}
