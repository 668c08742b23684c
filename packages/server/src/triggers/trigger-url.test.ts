import { describe, expect, test } from 'vitest'
import { isSigned, triggerPath } from './trigger-url.ts'

const key = Buffer.alloc(32, 7)
const queryOf = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams)

describe('trigger address', () => {
  test('opens the trigger it was made for, whatever its name', () => {
    const path = triggerPath('a-b', 'When a reservation is made / now?', key)
    expect(isSigned('a-b', 'When a reservation is made / now?', queryOf(path), key)).toBe(true)
  })

  test.each([
    ['another flow', 'other', 'manual', {}],
    ['another trigger', 'flow', 'other', {}],
    ['another permission', 'flow', 'manual', { sp: '/triggers/other/run' }],
    ['another version', 'flow', 'manual', { sv: '2.0' }],
    ['a cut signature', 'flow', 'manual', { sig: 'abc' }],
    ['a repeated signature', 'flow', 'manual', { sig: ['a', 'b'] }],
    ['no signature', 'flow', 'manual', { sig: undefined }],
  ])('does not open with %s', (_what, flow, trigger, change) => {
    const query = { ...queryOf(triggerPath('flow', 'manual', key)), ...change }
    expect(isSigned(flow, trigger, query, key)).toBe(false)
  })

  test('does not open with another key', () => {
    expect(isSigned('flow', 'manual', queryOf(triggerPath('flow', 'manual', key)), Buffer.alloc(32, 8))).toBe(
      false,
    )
  })
})
