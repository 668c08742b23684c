/** SQLite as it comes with Node 22.13 and newer. */
import type { Driver, DriverDatabase, DriverStatement, Row, SqlValue } from './driver.ts'

interface NodeStatement {
  setReadBigInts(on: boolean): void
  run(...params: readonly SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  all(...params: readonly SqlValue[]): Row[]
  iterate(...params: readonly SqlValue[]): IterableIterator<Row>
}

interface NodeDatabase {
  exec(sql: string): void
  prepare(sql: string): NodeStatement
  close(): void
}

interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => NodeDatabase
}

/** Node's own SQLite; `undefined` where Node has none without a flag. */
export function nodeDriver(): Driver | undefined {
  if (!hasNodeSqlite(process.versions.node)) return undefined
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite
  return {
    name: 'node:sqlite',
    open(path, busyTimeoutMs) {
      const db = new DatabaseSync(path)
      db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
      return wrap(db)
    },
    resultCodeOf(error) {
      const code = (error as { errcode?: unknown } | null)?.errcode
      return typeof code === 'number' ? code : undefined
    },
  }
}

/** Whether a Node of this version has `node:sqlite` without a flag. */
export function hasNodeSqlite(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 13)
}

function wrap(db: NodeDatabase): DriverDatabase {
  return {
    exec: (sql) => db.exec(sql),
    prepare: (sql) => wrapStatement(db.prepare(sql)),
    close: () => db.close(),
  }
}

function wrapStatement(statement: NodeStatement): DriverStatement {
  statement.setReadBigInts(true)
  return {
    all: (params) => statement.all(...params),
    iterate: (params) => statement.iterate(...params),
    run(params) {
      const { changes, lastInsertRowid } = statement.run(...params)
      return { changes: Number(changes), lastInsertRowid }
    },
  }
}
