import { type Database, migrate, openDatabase } from '@flowstead/sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { schema } from './schema.ts'
import { createVault } from './vault.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const keyOf = (byte: number) => new Uint8Array(32).fill(byte)

describe('the vault', () => {
  let db: Database
  beforeEach(() => {
    db = openDatabase(':memory:')
    migrate(db, schema)
  })
  afterEach(() => db.close())

  test('gives back what it was given, and the database does not show it', () => {
    const vault = createVault(db, keyOf(1))
    vault.seal('a', 'klíč-marker')
    expect(vault.open('a')).toBe('klíč-marker')
    const { ciphertext } = db.prepare<{ ciphertext: Uint8Array }>('SELECT ciphertext FROM vault').get() ?? {}
    expect(Buffer.from(ciphertext as Uint8Array).includes('marker')).toBe(false)
    expect(() => vault.open('b')).toThrow(code('Vault.Missing'))
    vault.remove('a')
    expect(vault.has('a')).toBe(false)
  })

  test('uses another nonce every time', () => {
    const vault = createVault(db, keyOf(1))
    for (const id of ['a', 'b', 'a']) vault.seal(id, 'same')
    const rows = db.prepare<{ nonce: Uint8Array }>('SELECT nonce FROM vault').all()
    expect(new Set(rows.map((row) => Buffer.from(row.nonce).toString('hex'))).size).toBe(2)
  })

  test('refuses a wrong key before it writes anything', () => {
    createVault(db, keyOf(1)).seal('a', 'x')
    expect(() => createVault(db, keyOf(2))).toThrow(code('Vault.WrongKey'))
    expect(() => createVault(db, new Uint8Array(16))).toThrow(code('Vault.BadKey'))
    expect(createVault(db, keyOf(1)).open('a')).toBe('x')
  })

  test('notices a record that was changed or put under another id', () => {
    const vault = createVault(db, keyOf(1))
    vault.seal('a', 'x')
    db.exec("UPDATE vault SET id = 'b'")
    expect(() => vault.open('b')).toThrow(code('Vault.Damaged'))
    db.exec("UPDATE vault SET id = 'a', ciphertext = x'00'")
    expect(() => vault.open('a')).toThrow(code('Vault.Damaged'))
  })

  test('after a rotation only the new key opens it', () => {
    const vault = createVault(db, keyOf(1))
    vault.seal('a', 'x')
    vault.rotate(keyOf(2))
    expect(vault.open('a')).toBe('x')
    vault.seal('b', 'y')
    expect(() => createVault(db, keyOf(1))).toThrow(code('Vault.WrongKey'))
    expect(createVault(db, keyOf(2)).open('b')).toBe('y')
  })

  test('a rotation that fails changes nothing', () => {
    const vault = createVault(db, keyOf(1))
    vault.seal('a', 'x')
    vault.seal('b', 'y')
    db.exec("UPDATE vault SET ciphertext = x'00' WHERE id = 'b'")
    expect(() => vault.rotate(keyOf(2))).toThrow(code('Vault.Damaged'))
    expect(createVault(db, keyOf(1)).open('a')).toBe('x')
    expect(vault.open('a')).toBe('x')
  })
})
