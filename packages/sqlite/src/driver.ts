/** What SQLite stores. A number is an INTEGER or a REAL as its column says; a bigint is always an INTEGER. */
export type SqlValue = null | number | bigint | string | Uint8Array

export type Row = Record<string, SqlValue>

export interface RunResult {
  /** Rows changed by this statement alone, without those changed by triggers. */
  readonly changes: number
  readonly lastInsertRowid: number | bigint
}

/** What a driver offers: rows with every INTEGER as bigint, and no statement left in progress. */
export interface DriverStatement {
  run(params: readonly SqlValue[]): RunResult
  all(params: readonly SqlValue[]): Row[]
  iterate(params: readonly SqlValue[]): IterableIterator<Row>
}

export interface DriverDatabase {
  exec(sql: string): void
  prepare(sql: string): DriverStatement
  close(): void
}

/** One SQLite library. Errors are its own; `resultCodeOf` finds SQLite's number in them. */
export interface Driver {
  readonly name: 'node:sqlite' | 'libsql'
  open(path: string, busyTimeoutMs: number): DriverDatabase
  resultCodeOf(error: unknown): number | undefined
}
