import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/torture.mjs', import.meta.url))

test('a server killed under 200 bookings keeps every promise after its restart', {
  timeout: 150_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'kill', '1'])
  expect(stdout).toContain('1 passed, 0 failed')
})
