import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { functionReference } from './reference.ts'

test('docs/reference/expressions.md is what the rows say; node scripts/docs-expressions.mjs writes it', () => {
  const page = readFileSync(new URL('../../../../docs/reference/expressions.md', import.meta.url), 'utf8')
  expect(page.replaceAll('\r\n', '\n')).toBe(functionReference())
})
