/**
 * The index of texts: for each table of records an FTS5 table `<table>_text` of windows (`windows.ts`), by the
 * record's id. Invariants:
 * 1. A trigger notes every record whose texts were written in `unindexed`; nobody can forget it.
 * 2. What is noted is indexed before the transaction of a request ends, and before a search: a search sees
 *    every record, also one that an older version or another program has written.
 */
import type { Database, Row } from '@flowstead/sqlite'
import { type IndexedTable, indexedTexts } from './indexed-texts.ts'
import { windowsOf } from './windows.ts'

const tables = Object.keys(indexedTexts) as IndexedTable[]
const batch = 1000

/** SQL that makes the index and its triggers, and notes what is there already. */
export const createTextIndex = `
  CREATE TABLE unindexed (kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
  ${tables.map(createFor).join('')}`

function createFor(table: IndexedTable): string {
  const columns = Object.keys(indexedTexts[table]).join(', ')
  const note = `INSERT OR IGNORE INTO unindexed (kind, id)`
  return `
  CREATE VIRTUAL TABLE ${table}_text USING fts5(
    ${columns}, content='', contentless_delete=1, tokenize='ascii'
  );
  CREATE TRIGGER ${table}_made AFTER INSERT ON ${table} BEGIN ${note} VALUES ('${table}', new.id); END;
  CREATE TRIGGER ${table}_changed AFTER UPDATE ON ${table} BEGIN ${note} VALUES ('${table}', new.id); END;
  ${note} SELECT '${table}', id FROM ${table};`
}

/** The ids of the records whose texts match, as SQL with one `?`. */
export function matchingIds(table: IndexedTable): string {
  return `SELECT rowid FROM ${table}_text WHERE ${table}_text MATCH ?`
}

/** Indexes the records that are noted. */
export function indexTexts(db: Database): void {
  const next = db.prepare<{ kind: IndexedTable }>('SELECT kind FROM unindexed LIMIT 1')
  for (let noted = next.get(); noted !== undefined; noted = next.get()) {
    const { kind } = noted
    db.transaction(() => indexBatch(db, kind))
  }
}

function indexBatch(db: Database, table: IndexedTable): void {
  const texts = Object.entries(indexedTexts[table])
  const wanted = `SELECT id FROM unindexed WHERE kind = '${table}' ORDER BY id LIMIT ${batch}`
  const selected = texts.map(([name, sql]) => `${sql} AS ${name}`).join(', ')
  const rows = db
    .prepare<Row & { indexed_id: number }>(
      `SELECT r.id AS indexed_id, ${selected} FROM ${table} AS r WHERE r.id IN (${wanted})`,
    )
    .all()
  const marks = texts.map(() => '?').join(', ')
  const insert = db.prepare(
    `INSERT OR REPLACE INTO ${table}_text (rowid, ${texts.map(([name]) => name).join(', ')}) VALUES (?, ${marks})`,
  )
  for (const row of rows) {
    insert.run(row.indexed_id, ...texts.map(([name]) => windowsOf(String(row[name]))))
  }
  db.prepare(`DELETE FROM unindexed WHERE kind = '${table}' AND id IN (${wanted})`).run()
}
