import { readFileSync } from 'node:fs'
import { actionTypes } from '@flowstead/definition'
import { supportedActionTypes } from '@flowstead/machine'
import { expect, test } from 'vitest'

test('docs/differences.md names every action type that is known and not supported, and no other', () => {
  const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8')
  const [, list = ''] = /that fail when reached: ([^.]*)\./.exec(page) ?? []
  const supported = new Set(supportedActionTypes)
  const expected = [...actionTypes].filter((type) => !supported.has(type))
  expect(list.split(/,\s+/).sort()).toEqual(expected.sort())
})
