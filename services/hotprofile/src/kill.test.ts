import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../../scripts/torture/hotprofile-kill.mjs', import.meta.url))

test('a service killed while it writes has everything it acknowledged, once', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '1'])
  expect(stdout).toContain('1 passed, 0 failed')
})
