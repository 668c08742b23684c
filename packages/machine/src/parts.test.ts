import { describe, expect, test } from 'vitest'
import { callbackSignature, drawAt, trackingId } from './draws.ts'
import { durationMs, instantMs, isoInstant } from './instant.ts'
import { encodeName } from './path.ts'
import { pauseBefore, retryPolicyOf } from './retry-policy.ts'
import { statusName, statusNumber } from './status-name.ts'

describe('durations and instants', () => {
  test.each([
    ['PT20S', 20_000],
    ['PT1.5S', 1_500],
    ['P7D', 604_800_000],
    ['P1DT2H3M4S', 93_784_000],
    ['P1M', 2_592_000_000],
    ['-PT5S', -5_000],
    ['P', undefined],
    ['PT', undefined],
    ['soon', undefined],
  ])('%s', (text, ms) => {
    expect(durationMs(text)).toBe(ms)
  })

  test('an instant has seven fraction digits and reads back', () => {
    const ms = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    expect(isoInstant(ms)).toBe('2026-01-02T03:04:05.6780000Z')
    expect(instantMs(isoInstant(ms))).toBe(ms)
    expect(instantMs('2026-01-02T03:04:05')).toBe(ms - 678)
    expect(instantMs('2026-01-02')).toBeUndefined()
  })
})

describe('draws', () => {
  test('depend on seed, path and count, and on nothing else', () => {
    expect(drawAt('s', 'A', 0)).toBe(drawAt('s', 'A', 0))
    const others = [drawAt('t', 'A', 0), drawAt('s', 'B', 0), drawAt('s', 'A', 1)]
    expect(new Set([...others, drawAt('s', 'A', 0)]).size).toBe(4)
  })

  test('fill the unit interval evenly, over counts and over neighbouring paths', () => {
    for (const draw of [
      (n: number) => drawAt('seed', 'A', n),
      (n: number) => drawAt('seed', `Loop[${n}]/A`, 0),
    ]) {
      const buckets = new Array<number>(64).fill(0)
      for (let n = 0; n < 6_400; n++)
        buckets[Math.floor(draw(n) * 64)] = (buckets[Math.floor(draw(n) * 64)] ?? 0) + 1
      const chiSquare = buckets.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
      // 63 degrees of freedom: beyond 110 once in several thousand generators that are even.
      expect(chiSquare).toBeLessThan(110)
    }
  })

  test('names made of the seed do not show it', () => {
    expect(callbackSignature('seed', 'A')).not.toBe(callbackSignature('seed', 'B'))
    expect(trackingId('seed', 'A')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})

describe('retry policies', () => {
  test('exponential pauses grow and stay between their bounds', () => {
    const policy = retryPolicyOf(
      { type: 'Exponential', count: 5, interval: 'PT10S', maximumInterval: 'PT1M' },
      'LogicApps',
    )
    const lowest = [1, 2, 3, 4, 5].map((n) => pauseBefore(policy, n, () => 0))
    const highest = [1, 2, 3, 4, 5].map((n) => pauseBefore(policy, n, () => 1))
    expect(lowest).toEqual([0, 10_000, 20_000, 40_000, 60_000])
    expect(highest).toEqual([10_000, 20_000, 40_000, 60_000, 60_000])
    expect(pauseBefore(policy, 6, () => 0)).toBeUndefined()
  })

  test.each([[undefined], [{ type: 'default' }], ['text']])('%j is the default of the dialect', (written) => {
    expect(retryPolicyOf(written, 'LogicApps').count).toBe(4)
    expect(retryPolicyOf(written, 'PowerAutomate').count).toBe(8)
  })
})

test('names of statuses read both ways', () => {
  expect(statusName(429)).toBe('TooManyRequests')
  expect([
    statusNumber('toomanyrequests'),
    statusNumber('201'),
    statusNumber(201),
    statusNumber('x'),
  ]).toEqual([429, 201, 201, undefined])
})

test('names in paths lose what separates', () => {
  expect(encodeName('a/b [50%] #1')).toBe('a%2Fb %5B50%25%5D %231')
})
