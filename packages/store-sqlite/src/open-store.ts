import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FlowsteadError } from '@flowstead/errors'
import type { RunStore } from '@flowstead/runner'
import { type Database, lockFile, migrate, openDatabase, sqliteErrors } from '@flowstead/sqlite'
import { type ConnectionTable, connectionTable } from './connection-table.ts'
import { type EventTable, eventTable } from './event-table.ts'
import { type FlowTable, flowTable } from './flow-table.ts'
import { groupCommit } from './group-commit.ts'
import { runTable } from './run-table.ts'
import { schema } from './schema.ts'
import { type SubscriptionTable, subscriptionTable } from './subscription-table.ts'

/** Runs and the server's tables, in one database file of the data folder. */
export interface SqliteStore extends RunStore {
  /** For tables that live beside, such as the vault; never within a pending append. */
  readonly db: Database
  readonly flows: FlowTable
  readonly connections: ConnectionTable
  readonly subscriptions: SubscriptionTable
  readonly events: EventTable
  /**
   * Makes a change of these tables within the commit that also takes the runs started in the same turn; resolves
   * once it is durable. Changes and starts are made in the order in which they were asked for.
   */
  change<T>(work: () => T): Promise<T>
}

export interface StoreOptions {
  /** `full` (default): a commit survives a power cut. `normal`: the last ones may be lost, nothing breaks. */
  readonly durability?: 'full' | 'normal'
}

/**
 * Opens the data folder, making it when absent, and holds its lock until `close`.
 * @throws `Store.Locked`, `Store.NotWritable`, `Store.Corrupt`, `Store.NewerSchema`
 */
export function openStore(folder: string, options: StoreOptions = {}): SqliteStore {
  makeFolder(folder)
  const lock = lockFile(join(folder, 'lock.db'))
  try {
    const db = openDatabase(join(folder, 'flowstead.db'), options)
    try {
      return storeOn(db, () => lock.release())
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function storeOn(db: Database, release: () => void): SqliteStore {
  migrate(db, schema)
  const group = groupCommit(db)
  let isOpen = true
  return {
    ...runTable(db, group),
    db,
    flows: flowTable(db),
    connections: connectionTable(db),
    subscriptions: subscriptionTable(db),
    events: eventTable(db),
    change: group.add,
    async close() {
      if (!isOpen) return
      isOpen = false
      group.close()
      db.close()
      release()
    },
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new FlowsteadError(sqliteErrors.notWritable, `The folder "${folder}" cannot be made.`, {
      hint: 'Check the path and its permissions, or choose another data folder.',
      cause,
    })
  }
}
