import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startTestService, type TestService } from './index.testing.ts'
import { notesService } from './notes.testing.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-notes-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(folder: string): Promise<TestService> {
  const service = await startTestService(notesService, { folder })
  closers.push(() => service.close())
  return service
}

describe('a folder', () => {
  test('has one service at a time: a second one is refused and takes nothing over', async () => {
    const folder = temporaryFolder()
    const first = await start(folder)
    const refusal = expect.objectContaining({
      code: 'Service.AlreadyRuns',
      message: expect.stringContaining(first.url) as unknown,
    }) as unknown
    await expect(startTestService(notesService, { folder })).rejects.toEqual(refusal)
    const file = JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')) as { url: string }
    expect(file.url).toBe(first.url)
    await first.close()
    expect((await start(folder)).key).toBe(first.key)
  })

  test('of a service that crashed is free, also when another has its port now', async () => {
    const folder = temporaryFolder()
    const crashed = await start(folder)
    await crashed.close()
    const other = await start(temporaryFolder())
    const told = JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')) as object
    for (const url of [other.url, 'http://127.0.0.1:1', 'no address']) {
      writeFileSync(join(folder, 'service.json'), JSON.stringify({ ...told, url, pid: 1 }))
      const again = await startTestService(notesService, { folder })
      expect(again.key).toBe(crashed.key)
      await again.close()
    }
  })
})
