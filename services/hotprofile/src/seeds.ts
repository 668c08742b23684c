/** Adds the sample data that is missing: rows whose id is not there yet. */
import { insertRow, type ServiceContext } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import {
  sampleCards,
  sampleChoices,
  sampleClients,
  sampleDepartments,
  sampleLeads,
  sampleUsers,
} from './sample-records.ts'
import { indexTexts } from './search/text-index.ts'

const dayMs = 24 * 3_600_000

/** Sample clients, leads and cards were made on the days before. */
export function seed({ db, now }: ServiceContext): void {
  for (const { list, id, name } of sampleChoices) {
    db.prepare('INSERT OR IGNORE INTO choices (list, id, name) VALUES (?, ?, ?)').run(list, id, name)
  }
  addMissing(db, 'departments', sampleDepartments)
  addMissing(db, 'users', sampleUsers)
  const dated = (rows: readonly SampleRow[]) =>
    rows.map((row, index) => {
      const created = now() - (rows.length - index) * dayMs
      return { ...row, created_at: created, updated_at: created + dayMs / 2 }
    })
  addMissing(db, 'clients', dated(sampleClients))
  addMissing(db, 'leads', dated(sampleLeads))
  addMissing(db, 'business_cards', dated(sampleCards))
  indexTexts(db)
}

export type SampleRow = Row & { readonly id: number }

function addMissing(db: Database, table: string, rows: readonly SampleRow[]): void {
  const find = db.prepare(`SELECT 1 FROM ${table} WHERE id = ?`)
  for (const row of rows) if (find.get(row.id) === undefined) insertRow(db, table, row)
}
