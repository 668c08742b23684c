import type { Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { answerBody, failureOutcome, outcomeOf, retryAfterMs } from './outcome.ts'

const now = Date.UTC(2025, 2, 8, 12, 0, 0)
const answer = (status: number, headers: [string, string][] = [], body?: Value) => ({ status, headers, body })

describe('the outcome', () => {
  test.each([
    [200, undefined, undefined],
    [204, undefined, undefined],
    [302, undefined, undefined],
    [400, 'BadRequest', undefined],
    [401, 'Unauthorized', undefined],
    [404, 'NotFound', undefined],
    [408, 'RequestTimeout', true],
    [409, 'Conflict', undefined],
    [418, 'ImaTeapot', undefined],
    [429, 'TooManyRequests', true],
    [500, 'InternalServerError', true],
    [503, 'ServiceUnavailable', true],
    [599, 'Status599', true],
  ])('of status %i has code %s', (status, code, transient) => {
    const outcome = outcomeOf(answer(status), now)
    expect([outcome.error?.code, outcome.transient]).toEqual([code, transient])
    expect(outcome.outputs).toEqual({ statusCode: status, headers: {} })
  })

  test('joins repeated headers, keeps their spelling and drops cookies', () => {
    const headers: [string, string][] = [
      ['X-A', '1'],
      ['Set-Cookie', 's'],
      ['x-a', '2'],
      ['ETag', 'e'],
    ]
    expect(outcomeOf(answer(200, headers), now).outputs).toEqual({
      statusCode: 200,
      headers: { 'X-A': '1, 2', ETag: 'e' },
    })
  })

  test.each([
    [{ error: { message: 'No such list.' } }, 'No such list.'],
    [{ message: 'No.' }, 'No.'],
    [{ error: 'no_list' }, 'no_list'],
    [{ errors: [{ parameter: 'name', message: 'is required' }] }, 'name: is required'],
    [{ errors: ['first', 'second'] }, 'first'],
    ['plain text', 'plain text'],
  ])('of a failure tells the words of the service: %j', (body, words) => {
    expect(outcomeOf(answer(400, [], body as Value), now).error?.message).toBe(
      `The service answered 400 (Bad Request): ${words}`,
    )
  })

  test.each([
    ['7', 7_000],
    ['0', 0],
    ['Sat, 08 Mar 2025 12:00:30 GMT', 30_000],
    ['Sat, 08 Mar 2025 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ])('Retry-After %j is %s ms', (text, ms) => {
    expect(retryAfterMs([['retry-after', text]], now)).toBe(ms)
    const outcome = outcomeOf(answer(429, [['Retry-After', text]]), now)
    expect(outcome.retryAfterMs).toBe(ms)
  })

  test('Retry-After of a final failure does not matter', () => {
    expect(outcomeOf(answer(404, [['Retry-After', '7']]), now)).not.toHaveProperty('retryAfterMs')
  })

  test.each([
    ['Outbound.Unreachable', 'BadGateway', true],
    ['Outbound.Timeout', 'GatewayTimeout', true],
    ['Outbound.TooLarge', 'ResponseTooLarge', undefined],
    ['Outbound.Refused', 'AddressRefused', undefined],
    ['Outbound.Aborted', 'RequestCancelled', undefined],
  ] as const)('of %s is %s', (code, shown, transient) => {
    const outcome = failureOutcome({ answered: false, code, message: 'x' })
    expect([outcome.error?.code, outcome.transient, outcome.outputs]).toEqual([shown, transient, undefined])
  })
})

describe('a body', () => {
  const bytes = (text: string) => Buffer.from(text)
  test.each<[string, Uint8Array, unknown]>([
    ['application/json', bytes('{"a":1}'), { a: 1 }],
    ['application/json; charset=utf-8', bytes('[1]'), [1]],
    ['application/problem+json', bytes('{"a":12345678901234567890}'), { a: 12345678901234567890n }],
    ['application/json', bytes('not json'), 'not json'],
    ['text/plain', bytes('žluť'), 'žluť'],
    ['text/plain; charset=iso-8859-1', Uint8Array.of(0xe9), 'é'],
    [
      'text/plain; charset=nobody',
      bytes('a'),
      { '$content-type': 'text/plain; charset=nobody', $content: 'YQ==' },
    ],
    ['application/xml', bytes('<a/>'), '<a/>'],
    ['image/png', bytes('png'), { '$content-type': 'image/png', $content: 'cG5n' }],
    ['application/json', bytes(''), undefined],
  ])('of %s', (type, content, value) => {
    expect(answerBody([['Content-Type', type]], content)).toEqual(value)
  })
})
