import { describe, expect, test } from 'vitest'
import { createRedactor, redactValue } from './redact.ts'

describe('redaction', () => {
  const secret = 'pa"ss/w+rd'
  const redact = createRedactor([secret, 'abc'])

  test.each([
    [`key=${secret}!`, 'key=***!'],
    [`?key=${encodeURIComponent(secret)}`, '?key=***'],
    [JSON.stringify({ key: secret }), '{"key":"***"}'],
    [`Basic ${Buffer.from(secret).toString('base64')}`, 'Basic ***'],
    ['abc is too short to be told from text', 'abc is too short to be told from text'],
  ])('%s becomes %s', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test('reaches every text and key of a value', () => {
    expect(redactValue({ a: [{ b: secret, [secret]: 1 }], n: 1 }, redact)).toEqual({
      a: [{ b: '***', '***': 1 }],
      n: 1,
    })
  })

  test('gives back the same value when there is nothing to remove', () => {
    const value = { a: ['b', { c: null }] }
    expect(redactValue(value, redact)).toBe(value)
  })
})
