import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { readServerFile, writeServerFile } from './server-file.ts'

const root = mkdtempSync(join(tmpdir(), 'flowstead-data-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('data folder', () => {
  test('is made, locked, and given free again with the same key', async () => {
    const path = join(root, 'a', 'b')
    const first = await openDataFolder(path)
    first.vault.seal('connection/x', 'kept')
    writeServerFile(path, { url: 'http://127.0.0.1:1', pid: 4711, token: 't' })
    await expect(openDataFolder(path)).rejects.toThrow(
      expect.objectContaining({ code: 'Server.DataLocked', message: expect.stringContaining('4711') }),
    )
    await first.release()
    expect(readServerFile(path)).toBeUndefined()
    const second = await openDataFolder(path)
    expect([first.isNew, second.isNew, second.vault.open('connection/x')]).toEqual([true, false, 'kept'])
    await second.release()
  })

  test.skipIf(process.platform === 'win32')(
    'its key and its server file are readable by their owner only',
    async () => {
      const path = join(root, 'modes')
      const folder = await openDataFolder(path)
      writeServerFile(path, { url: 'http://127.0.0.1:1', pid: 1, token: 't' })
      for (const file of ['key', 'server.json']) expect(statSync(join(path, file)).mode & 0o077).toBe(0)
      await folder.release()
    },
  )

  test('a path that cannot be a folder is named', async () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    await expect(openDataFolder(join(file, 'x'))).rejects.toThrow(
      expect.objectContaining({ code: 'Server.DataNotWritable' }),
    )
  })

  test('a key from outside opens what it sealed; another one, or one of the wrong length, is refused', async () => {
    const path = join(root, 'given')
    const folder = await openDataFolder(path, 'ab'.repeat(32))
    folder.vault.seal('connection/x', 'kept')
    await folder.release()
    await expect(openDataFolder(path, 'short')).rejects.toThrow(
      expect.objectContaining({ code: 'Server.WrongKey' }),
    )
    await expect(openDataFolder(path, 'cd'.repeat(32))).rejects.toThrow(
      expect.objectContaining({ code: 'Vault.WrongKey' }),
    )
  })

  test('a server file that was cut off names nobody', () => {
    writeFileSync(join(root, 'server.json'), '{"url":')
    expect(readServerFile(root)).toBeUndefined()
  })
})
