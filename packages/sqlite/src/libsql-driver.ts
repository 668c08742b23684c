/**
 * SQLite through `libsql`, for Node without `node:sqlite`. What has to be kept away from its users:
 * 1. Its `get` adds a `_metadata` member and leaves the statement in progress, so that a later COMMIT fails:
 *    every read here runs to its end through `iterate`.
 * 2. A boolean parameter aborts the process: `database.ts` checks parameters before they get here.
 * 3. It rounds integers beyond 2^53 silently: all are read as bigint.
 * 4. BLOBs come as ArrayBuffer from `iterate`.
 * 5. It cuts a text at its first NUL: `database.ts` refuses such a text.
 */
import { createRequire } from 'node:module'
import type { Driver, DriverDatabase, DriverStatement, Row, SqlValue } from './driver.ts'

interface LibsqlStatement {
  readonly reader: boolean
  safeIntegers(on: boolean): LibsqlStatement
  run(params: readonly SqlValue[]): { changes: number; lastInsertRowid: number | bigint }
  iterate(params: readonly SqlValue[]): Iterator<Record<string, SqlValue | ArrayBuffer>>
}

interface LibsqlDatabase {
  exec(sql: string): void
  prepare(sql: string): LibsqlStatement
  close(): void
}

type Libsql = new (path: string, options: { timeout: number }) => LibsqlDatabase

/** Loads libsql; throws the loader's error when its binary for this platform is not installed. */
export function libsqlDriver(): Driver {
  const Libsql = createRequire(import.meta.url)('libsql') as Libsql
  return {
    name: 'libsql',
    open: (path, busyTimeoutMs) => wrap(new Libsql(path, { timeout: busyTimeoutMs })),
    resultCodeOf,
  }
}

function wrap(db: LibsqlDatabase): DriverDatabase {
  return {
    exec: (sql) => db.exec(sql),
    prepare: (sql) => wrapStatement(db.prepare(sql).safeIntegers(true)),
    close: () => db.close(),
  }
}

function wrapStatement(statement: LibsqlStatement): DriverStatement {
  const all = (params: readonly SqlValue[]) => [...rowsOf(statement, params)]
  return {
    all,
    iterate: (params) => rowsOf(statement, params),
    run(params) {
      if (!statement.reader) return statement.run(params)
      return { changes: all(params).length, lastInsertRowid: 0 }
    },
  }
}

function* rowsOf(statement: LibsqlStatement, params: readonly SqlValue[]): IterableIterator<Row> {
  const rows = statement.iterate(params)
  let isDone = false
  const next = () => {
    const step = rows.next()
    if (step.done === true) isDone = true
    return step
  }
  try {
    for (let step = next(); step.done !== true; step = next()) yield plainRow(step.value)
  } finally {
    // A reader that stops early would leave the statement in progress.
    while (!isDone) next()
  }
}

function plainRow(row: Record<string, SqlValue | ArrayBuffer>): Row {
  for (const column of Object.keys(row)) {
    const value = row[column]
    if (value instanceof ArrayBuffer) row[column] = new Uint8Array(value)
  }
  return row as Row
}

function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  const { rawCode } = error as { rawCode?: unknown }
  if (typeof rawCode === 'number') return rawCode
  // An error of opening has its number only in the text: … "file.db: 14").
  const inText = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(error.message)
  return inText?.[1] === undefined ? undefined : Number(inText[1])
}
