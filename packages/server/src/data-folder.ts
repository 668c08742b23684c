import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FlowsteadError, isFlowsteadError, quoted } from '@flowstead/errors'
import { createVault, openStore, type SqliteStore, type Vault } from '@flowstead/store-sqlite'
import { readServerFile } from './server-file.ts'

/** The data folder of one server: opened by one process at a time. */
export interface DataFolder {
  readonly path: string
  readonly store: SqliteStore
  readonly vault: Vault
  /** True when this folder had never been opened before. */
  readonly isNew: boolean
  /** Removes `server.json`, closes the store and gives the folder free. */
  release(): Promise<void>
}

/**
 * Creates the folder when it is missing, takes its lock, opens its store, and reads or makes its key.
 * @param keyFromOutside hex or base64 of 32 bytes, from `FLOWSTEAD_KEY`
 * @throws `Server.DataNotWritable`, `Server.DataLocked`, `Server.WrongKey`, `Store.Corrupt`, `Store.NewerSchema`
 */
export async function openDataFolder(path: string, keyFromOutside?: string): Promise<DataFolder> {
  makeWritable(path)
  const isNew = !existsSync(join(path, 'flowstead.db'))
  const store = openLocked(path)
  try {
    const key = keyFromOutside === undefined ? ownKey(path) : givenKey(keyFromOutside)
    return {
      path,
      store,
      vault: createVault(store.db, key),
      isNew,
      async release() {
        rmSync(join(path, 'server.json'), { force: true })
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function makeWritable(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK)
  } catch (cause) {
    throw new FlowsteadError(
      'Server.DataNotWritable',
      `The data folder ${quoted(path, 200)} cannot be written.`,
      {
        hint: 'Make it writable for you, or name another one with --data.',
        cause,
      },
    )
  }
}

function notWritable(path: string, cause: unknown): FlowsteadError {
  return new FlowsteadError(
    'Server.DataNotWritable',
    `The data folder ${quoted(path, 200)} cannot be written.`,
    {
      hint: 'Make it writable for you, or name another one with --data.',
      cause,
    },
  )
}

function openLocked(path: string): SqliteStore {
  try {
    return openStore(path)
  } catch (cause) {
    if (!isFlowsteadError(cause)) throw cause
    if (cause.code === 'Store.NotWritable') throw notWritable(path, cause)
    if (cause.code !== 'Store.Locked') throw cause
    const pid = readServerFile(path)?.pid
    const owner = pid === undefined ? 'another process' : `process ${pid}`
    throw new FlowsteadError(
      'Server.DataLocked',
      `The data folder ${quoted(path, 200)} is in use by ${owner}.`,
      {
        hint: 'Stop that one first, or name another folder with --data.',
        cause,
      },
    )
  }
}

function ownKey(path: string): Buffer {
  const file = join(path, 'key')
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return givenKey(readFileSync(file, 'utf8').trim())
}

function givenKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length === 32) return key
  throw new FlowsteadError('Server.WrongKey', 'The key of the data folder is not 32 bytes long.', {
    hint: 'FLOWSTEAD_KEY, or the file "key" in the data folder, holds 64 hexadecimal digits.',
  })
}
