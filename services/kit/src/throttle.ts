import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** `calls` per key in each window of `seconds`, or no limit. */
export type Throttle = { readonly calls: number; readonly seconds: number } | 'off'

/** What the connectors' pages promise unless they say otherwise. */
export const defaultThrottle: Throttle = { calls: 100, seconds: 60 }

/** Counts a call of `keyId`; answers the seconds to wait when it is one too many, else 0. */
export function createThrottle(throttle: Throttle): (keyId: string) => Promise<number> {
  if (throttle === 'off') return async () => 0
  const limiter = new RateLimiterMemory({ points: throttle.calls, duration: throttle.seconds })
  return async (keyId) => {
    try {
      await limiter.consume(keyId)
      return 0
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    }
  }
}
