/** Rows by column name. Tables and columns are named by the service's own code, never by a client. */
import type { Database, Row, SqlValue } from '@flowstead/sqlite'

/** Inserts one row; answers its rowid. */
export function insertRow(db: Database, table: string, row: Row): number {
  const columns = Object.keys(row).map(quotedName)
  const marks = columns.map(() => '?').join(', ')
  const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
  return Number(statement.run(...Object.values(row)).lastInsertRowid)
}

/** Changes the given columns of the row whose `id` this is. */
export function updateRow(db: Database, table: string, id: SqlValue, changes: Row): void {
  const columns = Object.keys(changes)
  if (columns.length === 0) return
  const assignments = columns.map((column) => `${quotedName(column)} = ?`).join(', ')
  db.prepare(`UPDATE ${table} SET ${assignments} WHERE id = ?`).run(...Object.values(changes), id)
}

/** `%…%` for `LIKE … ESCAPE '\'`, with the pattern characters of the text taken literally. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** A column may have the name of an SQL keyword, such as `order`. */
function quotedName(column: string): string {
  return `"${column}"`
}
