import { FlowsteadError } from '@flowstead/errors'

/** Codes of this package. */
export const sqliteErrors = {
  notWritable: 'Store.NotWritable',
  corrupt: 'Store.Corrupt',
  full: 'Store.Full',
  io: 'Store.Io',
  busy: 'Store.Busy',
  locked: 'Store.Locked',
  constraint: 'Store.Constraint',
  closed: 'Store.Closed',
  sql: 'Store.Sql',
  parameter: 'Store.Parameter',
  integerRange: 'Store.IntegerRange',
  newerSchema: 'Store.NewerSchema',
} as const

interface Meaning {
  readonly code: string
  readonly says: string
  readonly hint?: string
}

const notWritable: Meaning = {
  code: sqliteErrors.notWritable,
  says: 'cannot be opened for writing',
  hint: 'Check that the folder exists and belongs to you, or choose another data folder.',
}
const corrupt: Meaning = {
  code: sqliteErrors.corrupt,
  says: 'is damaged or is not a database',
  hint: 'Keep the file, restore a backup, or rescue rows with: sqlite3 FILE .recover',
}
const busy: Meaning = { code: sqliteErrors.busy, says: 'is locked by another connection' }

/** Primary result codes of SQLite (the low byte of an extended code). */
const meanings: ReadonlyMap<number, Meaning> = new Map([
  [3, notWritable],
  [5, busy],
  [6, busy],
  [8, notWritable],
  [
    10,
    {
      code: sqliteErrors.io,
      says: 'could not be read or written by the operating system',
      hint: 'Check the disk.',
    },
  ],
  [11, corrupt],
  [13, { code: sqliteErrors.full, says: 'could not grow: the disk is full', hint: 'Free some space.' }],
  [14, notWritable],
  [19, { code: sqliteErrors.constraint, says: 'refused a change' }],
  [26, corrupt],
])

/**
 * The error of a driver as one of ours. `resultCode` is SQLite's (primary or extended), `undefined` when the
 * driver failed before SQLite was asked. The driver's message is kept: it holds SQL names, never values.
 */
export function sqliteError(file: string, resultCode: number | undefined, cause: unknown): FlowsteadError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  if (resultCode === undefined && /not open/i.test(detail)) {
    return new FlowsteadError(sqliteErrors.closed, `The database "${file}" is closed.`, { cause })
  }
  const meaning = resultCode === undefined ? undefined : meanings.get(resultCode & 0xff)
  if (meaning === undefined) {
    return new FlowsteadError(sqliteErrors.sql, `The database "${file}" refused a statement: ${detail}.`, {
      cause,
    })
  }
  return new FlowsteadError(meaning.code, `The database "${file}" ${meaning.says} (${detail}).`, {
    cause,
    ...(meaning.hint === undefined ? {} : { hint: meaning.hint }),
  })
}
