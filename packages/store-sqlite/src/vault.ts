/**
 * Secrets at rest: AES-256-GCM, a fresh nonce for every record, its id as additional data (a record copied to
 * another id does not open), the key outside the database. Invariants:
 * 1. Nothing is written with a key that cannot open what is there.
 * 2. A rotation re-encrypts all records in one transaction.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { FlowsteadError } from '@flowstead/errors'
import type { Database } from '@flowstead/sqlite'

export interface Vault {
  /** Stores the secret under `id`, in place of an earlier one. */
  seal(id: string, secret: string): void
  /** The secret under `id`. @throws `Vault.Missing`, `Vault.Damaged` */
  open(id: string): string
  has(id: string): boolean
  remove(id: string): void
  /** Encrypts everything anew with `key` (32 bytes), which counts from then on. */
  rotate(key: Uint8Array): void
}

/** Codes of the vault. */
export const vaultErrors = {
  badKey: 'Vault.BadKey',
  wrongKey: 'Vault.WrongKey',
  missing: 'Vault.Missing',
  damaged: 'Vault.Damaged',
} as const

interface Sealed {
  readonly id: string
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
}

const tagLength = 16

/**
 * The vault in `db` under a key of 32 bytes.
 * @throws `Vault.BadKey` for another length, `Vault.WrongKey` when the records there have another key
 */
export function createVault(db: Database, vaultKey: Uint8Array): Vault {
  let key = checkedKey(vaultKey)
  const upsert = db.prepare(
    'INSERT OR REPLACE INTO vault (id, nonce, ciphertext, key_id) VALUES (?, ?, ?, ?)',
  )
  const selectOne = db.prepare<Sealed>('SELECT id, nonce, ciphertext FROM vault WHERE id = ?')
  const selectAll = db.prepare<Sealed>('SELECT id, nonce, ciphertext FROM vault')
  const selectForeign = db.prepare<{ id: string }>('SELECT id FROM vault WHERE key_id <> ? LIMIT 1')
  const deleteOne = db.prepare('DELETE FROM vault WHERE id = ?')
  if (selectForeign.get(keyId(key)) !== undefined) {
    throw new FlowsteadError(vaultErrors.wrongKey, 'The secrets were encrypted with another key.', {
      hint: 'Bring back the key file, or set FLOWSTEAD_KEY to the right key.',
    })
  }
  const write = (id: string, secret: Uint8Array) => {
    const { nonce, ciphertext } = encrypt(key, id, secret)
    upsert.run(id, nonce, ciphertext, keyId(key))
  }
  return {
    seal: (id, secret) => write(id, Buffer.from(secret, 'utf8')),
    open(id) {
      const sealed = selectOne.get(id)
      if (sealed !== undefined) return decrypt(key, sealed).toString('utf8')
      throw new FlowsteadError(vaultErrors.missing, `There is no secret "${id}".`)
    },
    has: (id) => selectOne.get(id) !== undefined,
    remove: (id) => {
      deleteOne.run(id)
    },
    rotate(newKey) {
      const [before, after] = [key, checkedKey(newKey)]
      try {
        db.transaction(() => {
          const opened = selectAll.all().map((sealed) => [sealed.id, decrypt(before, sealed)] as const)
          key = after
          for (const [id, secret] of opened) write(id, secret)
        })
      } catch (error) {
        key = before
        throw error
      }
    },
  }
}

function checkedKey(key: Uint8Array): Uint8Array {
  if (key.length === 32) return key
  throw new FlowsteadError(vaultErrors.badKey, `The key has ${key.length} bytes instead of 32.`)
}

/** Tells keys apart without telling anything about them. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update('flowstead vault key').update(key).digest('hex').slice(0, 16)
}

function encrypt(key: Uint8Array, id: string, secret: Uint8Array): Omit<Sealed, 'id'> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id, 'utf8'))
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  return { nonce, ciphertext }
}

function decrypt(key: Uint8Array, { id, nonce, ciphertext }: Sealed): Buffer {
  const end = ciphertext.length - tagLength
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      .setAAD(Buffer.from(id, 'utf8'))
      .setAuthTag(ciphertext.subarray(end))
    return Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()])
  } catch (cause) {
    throw new FlowsteadError(vaultErrors.damaged, `The secret "${id}" cannot be decrypted.`, { cause })
  }
}
