import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDataFolder, readServerFile, writeServerFile } from './data-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'flowstead-data-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('data folder', () => {
  test('is made, locked, and given free again with the same key', () => {
    const path = join(root, 'a', 'b')
    const first = openDataFolder(path)
    writeServerFile(path, { url: 'http://127.0.0.1:1', pid: 4711, token: 't' })
    expect(() => openDataFolder(path)).toThrow(
      expect.objectContaining({ code: 'Server.DataLocked', message: expect.stringContaining('4711') }),
    )
    first.release()
    expect(readServerFile(path)).toBeUndefined()
    const second = openDataFolder(path)
    expect(second.key.equals(first.key)).toBe(true)
    second.release()
  })

  test.skipIf(process.platform === 'win32')(
    'its key and its server file are readable by their owner only',
    () => {
      const path = join(root, 'modes')
      const folder = openDataFolder(path)
      writeServerFile(path, { url: 'http://127.0.0.1:1', pid: 1, token: 't' })
      for (const file of ['key', 'server.json']) expect(statSync(join(path, file)).mode & 0o077).toBe(0)
      folder.release()
    },
  )

  test('a path that cannot be a folder is named', () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    expect(() => openDataFolder(join(file, 'x'))).toThrow(
      expect.objectContaining({ code: 'Server.DataNotWritable' }),
    )
  })

  test('a key from outside is used as given; one of the wrong length is refused', () => {
    const folder = openDataFolder(join(root, 'given'), 'ab'.repeat(32))
    expect(folder.key.toString('hex')).toBe('ab'.repeat(32))
    folder.release()
    expect(() => openDataFolder(join(root, 'given'), 'short')).toThrow(
      expect.objectContaining({ code: 'Server.WrongKey' }),
    )
  })

  test('a server file that was cut off names nobody', () => {
    writeFileSync(join(root, 'server.json'), '{"url":')
    expect(readServerFile(root)).toBeUndefined()
  })
})
