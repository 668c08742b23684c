import { describe, expect, test } from 'vitest'
import { handClock } from '../clock.testing.ts'
import { createThrottles } from './throttle.ts'

const limit = { calls: 100, seconds: 60 }
const fresh = () => new AbortController().signal

/** Enters `count` calls and notes when each may begin. */
function enterMany(count: number, key = 'c') {
  const clock = handClock()
  const throttles = createThrottles(clock)
  const begins: [call: number, at: number][] = []
  const all = Array.from({ length: count }, (_, call) =>
    throttles.enter(key, limit, fresh()).then(() => begins.push([call, clock.now()])),
  )
  return { clock, throttles, begins, all }
}

describe('the throttle', () => {
  test('100 of 150 calls go, 50 wait in order, and all go in the end', async () => {
    const { clock, begins, all } = enterMany(150)
    await clock.moveTo(59_999)
    expect(begins.map(([call]) => call)).toEqual(Array.from({ length: 100 }, (_, call) => call))
    await clock.moveTo(61_000)
    await Promise.all(all)
    expect(begins.map(([call]) => call)).toEqual(Array.from({ length: 150 }, (_, call) => call))
  })

  test('in any period no more calls begin than allowed', async () => {
    const { clock, begins, all } = enterMany(1000)
    for (let at = 0; at <= 700_000; at += 7_000) await clock.moveTo(at)
    await Promise.all(all)
    const most = Math.max(
      ...begins.map(([, from]) => begins.filter(([, at]) => at >= from && at < from + 60_000).length),
    )
    expect(most).toBe(100)
  })

  test('a call that is given up takes no place', async () => {
    const clock = handClock()
    const throttles = createThrottles(clock)
    const one = { calls: 1, seconds: 1 }
    await throttles.enter('c', one, fresh())
    const given = new AbortController()
    const second = throttles.enter('c', one, given.signal)
    const third = throttles.enter('c', one, fresh())
    given.abort()
    expect(await second).toBe('given up')
    await clock.moveTo(1_010)
    expect(await third).toBe('entered')
  })

  test('connections do not wait for one another, and without a limit nobody waits', async () => {
    const throttles = createThrottles(handClock())
    const one = { calls: 1, seconds: 1 }
    const entered = await Promise.all([
      throttles.enter('a', one, fresh()),
      throttles.enter('b', one, fresh()),
      throttles.enter('a', null, fresh()),
    ])
    expect(entered).toEqual(['entered', 'entered', 'entered'])
  })
})
