import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import { openDatabase } from './database.ts'
import { sqliteErrors } from './errors.ts'

/** A lock that ends with `release` or with the process. */
export interface FileLock {
  release(): void
}

/**
 * Takes the single-instance lock: an exclusive transaction on the SQLite file at `path`, held by the operating
 * system, so a killed process cannot leave a stale one. Nothing else may open that file.
 * @throws `Store.Locked` when another process or another part of this one holds it
 */
export function lockFile(path: string): FileLock {
  const db = openLock(path)
  let isHeld = true
  return {
    release() {
      if (!isHeld) return
      isHeld = false
      db.exec('ROLLBACK')
      db.close()
    },
  }
}

function openLock(path: string) {
  try {
    const db = openDatabase(path, { journal: 'rollback', busyTimeoutMs: 0 })
    try {
      db.exec('BEGIN EXCLUSIVE')
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    if (!isFlowsteadError(error) || error.code !== sqliteErrors.busy) throw error
    throw new FlowsteadError(sqliteErrors.locked, `Another process is using "${path}".`, {
      hint: 'Stop it first, or choose another data folder.',
      cause: error,
    })
  }
}
