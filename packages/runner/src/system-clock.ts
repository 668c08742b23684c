import type { Clock } from './ports.ts'

/** setTimeout fires at once beyond 2^31 - 1 ms (24.8 days): longer waits are made of pieces. */
const longestTimeoutMs = 2 ** 31 - 1

/** The clock of the machine. Timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, callback) {
    let timer: NodeJS.Timeout
    const wait = () => {
      const left = at - Date.now()
      // The wall clock may have been set back while the timer ran, so a piece that ends looks again.
      timer = left > 0 ? setTimeout(wait, Math.min(left, longestTimeoutMs)) : setTimeout(callback, 0)
    }
    wait()
    return () => clearTimeout(timer)
  },
}
