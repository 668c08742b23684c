import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { databaseContract } from './database-contract.testing.ts'
import { libsqlDriver } from './libsql-driver.ts'
import { lockFile } from './lock-file.ts'
import { hasNodeSqlite, nodeDriver } from './node-driver.ts'

databaseContract(libsqlDriver())
const ofNode = nodeDriver()
if (ofNode !== undefined) databaseContract(ofNode)

describe('the driver', () => {
  test.each([
    ['20.19.0', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.4.0', true],
    ['24.0.0', true],
  ])('of Node %s is its own: %s', (version, expected) => {
    expect(hasNodeSqlite(version)).toBe(expected)
  })
})

describe('the lock', () => {
  test('is refused while another process has it, and free when that one was killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flowstead-lock-'))
    const path = join(folder, 'lock.db')
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder], {
      env: { ...process.env, LOCK: path },
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(() => lockFile(path)).toThrow(expect.objectContaining({ code: 'Store.Locked' }))
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockFile(path).release()
    rmSync(folder, { recursive: true, force: true })
  })
})

/** Plain JavaScript, because Node 20 does not run our sources. */
const holder = `
  import { createRequire } from 'node:module'
  const Libsql = createRequire(process.cwd() + '/x.js')('libsql')
  const db = new Libsql(process.env.LOCK)
  db.exec('BEGIN EXCLUSIVE')
  console.log('held')
  setInterval(() => {}, 1000)
`
