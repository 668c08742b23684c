import { describe, expect, test } from 'vitest'
import { createTriggerSigner } from './trigger-url.ts'

const signer = createTriggerSigner(() => Buffer.alloc(32, 7))
const queryOf = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams)

describe('trigger address', () => {
  test('opens the trigger it was made for, whatever its name', () => {
    const path = signer.path('a-b', 'When a reservation is made / now?')
    expect(signer.isSigned('a-b', 'When a reservation is made / now?', queryOf(path))).toBe(true)
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
    const query = { ...queryOf(signer.path('flow', 'manual')), ...change }
    expect(signer.isSigned(flow, trigger, query)).toBe(false)
  })

  test('does not open with another key', () => {
    const other = createTriggerSigner(() => Buffer.alloc(32, 8))
    expect(other.isSigned('flow', 'manual', queryOf(signer.path('flow', 'manual')))).toBe(false)
  })
})
