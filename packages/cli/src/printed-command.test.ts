import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './cli.testing.ts'
import { processIo } from './io.ts'
import { bookingCommand } from './printed-command.ts'

const vome = { url: 'http://127.0.0.1:7281', key: 'fsk_secret' }

function project(): string {
  const dir = temporaryFolder()
  mkdirSync(join(dir, '.flowstead', 'services', 'vome'), { recursive: true })
  return dir
}

test('the key is in a file of its owner, not in the command', () => {
  const dir = project()
  const command = bookingCommand(vome, join(dir, '.flowstead'), `Zoë O'Brien`, {
    ...processIo(),
    cwd: dir,
    platform: 'linux',
  })
  expect(command).toBe(
    String.raw`curl -sS -H @.flowstead/services/vome/curl-headers -d '{"name":"Zoë O'\''Brien"}' http://127.0.0.1:7281/api/v1/bookings`,
  )
  const file = join(dir, '.flowstead', 'services', 'vome', 'curl-headers')
  expect(readFileSync(file, 'utf8')).toContain('X-API-Key: fsk_secret')
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('on Windows it is the form of a command prompt, in ASCII', () => {
  const dir = project()
  const io = { ...processIo(), cwd: dir, platform: 'win32' as const }
  const command = bookingCommand(vome, join(dir, '.flowstead'), 'Zoë', io)
  expect(command).toContain('curl.exe -sS -H ')
  expect(command).toContain(String.raw`-d "{\"name\":\"Zo\u00eb\"}"`)
})
