import { randomFillSync } from 'node:crypto'
import type { RunId } from './ports.ts'

/** Ticks of 100 ns from the year 1 to 1970, and the largest 64-bit number: ids count down from it. */
const epochTicks = 621_355_968_000_000_000n
const maxTicks = 9_223_372_036_854_775_807n

/**
 * Makes run ids in the shape of Logic Apps: 20 digits that fall as time goes on, 9 random ones, `CU`, 2 random
 * ones. Each id of one generator sorts before the ones it made earlier, even when the clock stands or goes back.
 * @param random gives 0 ≤ x < 1
 */
export function runIds(random: () => number): (at: number) => RunId {
  let last = 0n
  return (at) => {
    const ticks = epochTicks + BigInt(at) * 10_000n
    last = ticks > last ? ticks : last + 1n
    const time = String(maxTicks - last).padStart(20, '0')
    return `${time}${digits(random, 9)}CU${digits(random, 2)}`
  }
}

function digits(random: () => number, count: number): string {
  return String(Math.floor(random() * 10 ** count)).padStart(count, '0')
}

/** Numbers 0 ≤ x < 1 from the system's secure source, asked for many at a time. */
export function secureRandom(): () => number {
  const pool = new Uint32Array(1024)
  let next = pool.length
  return () => {
    if (next === pool.length) {
      randomFillSync(pool)
      next = 0
    }
    return (pool[next++] as number) / 2 ** 32
  }
}
