import type { Clock } from './ports.ts'

/** setTimeout fires at once beyond 2^31 - 1 ms (24.8 days): longer waits are made of pieces. */
const longestTimeoutMs = 2 ** 31 - 1

/** The clock of the machine. Timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, callback) {
    const piece = () => Math.min(Math.max(at - Date.now(), 0), longestTimeoutMs)
    const look = () => {
      // The wall clock may have been set back while the timer ran, and long waits are made of pieces.
      if (Date.now() >= at) callback()
      else timer = setTimeout(look, piece())
    }
    let timer = setTimeout(look, piece())
    return () => clearTimeout(timer)
  },
}
