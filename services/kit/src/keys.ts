/** API keys: 256 random bits each, kept only as their SHA-256. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@flowstead/sqlite'
import { isoTime } from './clock.ts'

/** An owner may also use `/local/*`; a client only the service's API. */
export type Role = 'owner' | 'client'

export interface Caller {
  readonly keyId: string
  readonly role: Role
  /** Of a user of the service, who has no key but a token. */
  readonly userId?: string
}

export interface KeyRecord {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly created_at: string
  readonly revoked_at: string | null
}

export interface Keys {
  /** Makes a key; its text is shown this once. */
  create(name: string, role: Role): { readonly id: string; readonly key: string }
  list(): KeyRecord[]
  /** `false` when there is no such key in force. */
  revoke(id: string): boolean
  /** Who presents this key; `undefined` for an unknown or revoked one. */
  callerOf(key: string): Caller | undefined
}

interface StoredKey {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly created_at: number
  readonly revoked_at: number | null
}

/** The keys of one service, kept in its database. */
export function createKeys(db: Database, now: () => number): Keys {
  const insert = db.prepare('INSERT INTO kit_keys (id, name, role, hash, created_at) VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare<StoredKey>(
    'SELECT id, name, role, created_at, revoked_at FROM kit_keys ORDER BY created_at, id',
  )
  const revoke = db.prepare('UPDATE kit_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  const find = db.prepare<StoredKey>('SELECT id, role FROM kit_keys WHERE hash = ? AND revoked_at IS NULL')
  return {
    create(name, role) {
      const id = randomUUID()
      const key = `fsk_${randomBytes(32).toString('base64url')}`
      insert.run(id, name, role, hashOf(key), now())
      return { id, key }
    },
    list: () =>
      select.all().map((row) => ({
        id: row.id,
        name: row.name,
        role: row.role,
        created_at: isoTime(row.created_at),
        revoked_at: row.revoked_at === null ? null : isoTime(row.revoked_at),
      })),
    revoke: (id) => revoke.run(now(), id).changes > 0,
    callerOf(key) {
      const row = find.get(hashOf(key))
      return row === undefined ? undefined : { keyId: row.id, role: row.role }
    },
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
