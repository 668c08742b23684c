import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { cliReference } from './cli-reference.testing.ts'
import { processIo } from './io.ts'

test('docs/reference/cli.md is what the command tree says', async () => {
  const file = fileURLToPath(new URL('../../../docs/reference/cli.md', import.meta.url))
  await expect(await cliReference(processIo())).toMatchFileSnapshot(file)
})
