/**
 * One seam over the SQLite drivers. Invariants, the same for each driver:
 * 1. Rows are plain objects of null, number, bigint, string, Uint8Array: nothing added, nothing rounded.
 * 2. An INTEGER beyond 2^53 is an error unless the statement was prepared with `integers: 'exact'`.
 * 3. Every error is a FlowsteadError with a code of `errors.ts`.
 * 4. A statement is never left in progress.
 */
import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Driver, DriverDatabase, DriverStatement, Row, RunResult, SqlValue } from './driver.ts'
import { sqliteError, sqliteErrors } from './errors.ts'
import { libsqlDriver } from './libsql-driver.ts'
import { nodeDriver } from './node-driver.ts'

export interface DatabaseOptions {
  /** `wal` (default) lets readers and one writer work at once; `rollback` is SQLite's own default. */
  readonly journal?: 'wal' | 'rollback'
  /** `full` (default): a commit survives a power cut. `normal`: the last ones may be lost, nothing breaks. */
  readonly durability?: 'full' | 'normal'
  /** How long a statement waits for another connection's lock, ms; default 5,000. */
  readonly busyTimeoutMs?: number
  /** Default: `node:sqlite` where Node has it, else libsql. */
  readonly driver?: Driver
}

export interface StatementOptions {
  /** `safe` (default) refuses integers beyond 2^53 when read; `exact` gives them as bigint. */
  readonly integers?: 'safe' | 'exact'
}

export interface Statement<R = Row> {
  run(...params: readonly SqlValue[]): RunResult
  /** The first row. The statement runs to its end all the same: say `LIMIT 1` where that matters. */
  get(...params: readonly SqlValue[]): R | undefined
  all(...params: readonly SqlValue[]): R[]
  /** Rows one by one; a reader that stops early still costs the rest of the rows. */
  iterate(...params: readonly SqlValue[]): IterableIterator<R>
}

export interface Database {
  readonly path: string
  readonly driver: Driver['name']
  exec(sql: string): void
  prepare<R = Row>(sql: string, options?: StatementOptions): Statement<R>
  /** Runs `work` in one transaction, rolled back when it throws; inside another one it is a savepoint. */
  transaction<T>(work: () => T): T
  close(): void
}

/** The driver that `openDatabase` takes on this Node. */
export function defaultDriver(): Driver {
  return nodeDriver() ?? libsqlDriver()
}

/**
 * Opens the database file, creating it when absent (its folder must exist); `:memory:` gives a private one.
 * @throws `Store.NotWritable`, `Store.Corrupt`, `Store.Busy`
 */
export function openDatabase(path: string, options: DatabaseOptions = {}): Database {
  const driver = options.driver ?? defaultDriver()
  const guard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (error instanceof FlowsteadError) throw error
      throw sqliteError(path, driver.resultCodeOf(error), error)
    }
  }
  const raw = guard(() => driver.open(path, options.busyTimeoutMs ?? 5000))
  try {
    guard(() => configure(raw, options))
  } catch (error) {
    raw.close()
    throw error
  }
  let depth = 0
  const exec = (sql: string) => guard(() => raw.exec(sql))

  return {
    path,
    driver: driver.name,
    exec,
    prepare: <R>(sql: string, { integers = 'safe' }: StatementOptions = {}) =>
      statementOf<R>(
        guard(() => raw.prepare(sql)),
        guard,
        integers,
      ),
    transaction(work) {
      const name = `nested_${depth}`
      exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`)
      depth += 1
      try {
        const result = work()
        if (result instanceof Promise) {
          throw new TypeError('The work of a transaction must be synchronous.')
        }
        exec(depth === 1 ? 'COMMIT' : `RELEASE ${name}`)
        return result
      } catch (error) {
        rollBack(raw, depth === 1 ? ['ROLLBACK'] : [`ROLLBACK TO ${name}`, `RELEASE ${name}`])
        throw error
      } finally {
        depth -= 1
      }
    },
    close: () => guard(() => raw.close()),
  }
}

function configure(db: DriverDatabase, { journal = 'wal', durability = 'full' }: DatabaseOptions): void {
  // Through `prepare`, because the answer is a row; it also reads the header, so a foreign file is refused.
  db.prepare(`PRAGMA journal_mode = ${journal === 'wal' ? 'WAL' : 'DELETE'}`).all([])
  db.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
  // Without it, macOS keeps commits in the drive's cache.
  db.prepare(`PRAGMA fullfsync = ${durability === 'full' ? 'ON' : 'OFF'}`).all([])
  db.exec('PRAGMA foreign_keys = ON')
}

function rollBack(db: DriverDatabase, commands: readonly string[]): void {
  try {
    for (const command of commands) db.exec(command)
  } catch {
    // After a full disk or an I/O error SQLite has rolled back by itself; the first error is the one that counts.
  }
}

function statementOf<R>(
  raw: DriverStatement,
  guard: <T>(work: () => T) => T,
  integers: 'safe' | 'exact',
): Statement<R> {
  const read = (row: Row) => readRow(row, integers) as R
  const all = (params: readonly SqlValue[]) => guard(() => raw.all(checked(params)).map(read))
  return {
    run: (...params) =>
      guard(() => {
        const { changes, lastInsertRowid } = raw.run(checked(params))
        return { changes, lastInsertRowid: narrow(lastInsertRowid) }
      }),
    get: (...params) => all(params)[0],
    all: (...params) => all(params),
    *iterate(...params) {
      const rows = guard(() => raw.iterate(checked(params)))
      try {
        for (let step = guard(() => rows.next()); step.done !== true; step = guard(() => rows.next())) {
          yield guard(() => read(step.value as Row))
        }
      } finally {
        rows.return?.()
      }
    },
  }
}

function readRow(row: Row, integers: 'safe' | 'exact'): Row {
  const plain: Row = {}
  for (const column of Object.keys(row)) {
    const value = row[column] as SqlValue
    plain[column] = typeof value === 'bigint' ? readInteger(value, column, integers) : value
  }
  return plain
}

function readInteger(value: bigint, column: string, integers: 'safe' | 'exact'): number | bigint {
  const narrowed = narrow(value)
  if (typeof narrowed === 'bigint' && integers === 'safe') {
    throw new FlowsteadError(
      sqliteErrors.integerRange,
      `Column "${column}" holds ${value}, which is beyond 2^53.`,
      { hint: 'Prepare the statement with integers: "exact".' },
    )
  }
  return narrowed
}

function narrow(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

function checked(params: readonly SqlValue[]): readonly SqlValue[] {
  for (const param of params) {
    if (!isSqlValue(param)) {
      throw new FlowsteadError(
        sqliteErrors.parameter,
        `A value of type ${quoted(typeof param)} cannot be stored.`,
      )
    }
    // libsql would cut the text there without a word.
    if (typeof param === 'string' && param.includes('\0')) {
      throw new FlowsteadError(sqliteErrors.parameter, 'A text with a NUL character cannot be stored.')
    }
  }
  return params
}

function isSqlValue(value: unknown): value is SqlValue {
  switch (typeof value) {
    case 'string':
    case 'bigint':
      return true
    case 'number':
      return !Number.isNaN(value)
    case 'object':
      return value === null || value instanceof Uint8Array
    default:
      return false
  }
}
