/** Jobs as a table for spreadsheets. */
import type { Handler } from '@flowstead/service-kit'
import type { Job } from './job.ts'
import { showJobItem } from './show-job.ts'

const columns = [
  'serial_no',
  'uuid',
  'external_id',
  'status',
  'scheduled_at',
  'description',
  'updated_at',
] as const

/** CSV as RFC 4180 says; a text that a spreadsheet would take for a formula is led by an apostrophe. */
function cell(value: unknown): string {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** All jobs, oldest first. */
export const exportJobs: Handler = ({ db }) => {
  const rows = db.prepare<Job>('SELECT * FROM jobs ORDER BY seq').all()
  const lines = rows.map((job) => {
    const shown = showJobItem(db, job)
    return columns.map((column) => cell(shown[column])).join(',')
  })
  const headers = { 'content-type': 'text/csv; charset=utf-8' }
  return { status: 200, headers, body: `${[columns.join(','), ...lines].join('\r\n')}\r\n` }
}
