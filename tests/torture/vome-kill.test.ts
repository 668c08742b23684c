import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/torture.mjs', import.meta.url))

test('a killed Vome loses no acknowledged change and tells each exactly once', {
  timeout: 120_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'vome', '2'])
  expect(stdout).toContain('2 passed, 0 failed')
})
