/** Time and timers; the runner's clock fits. */
export interface Clock {
  /** ms since the epoch. */
  now(): number
  /** Calls back once at or after `at`; returns what cancels it. */
  schedule(at: number, callback: () => void): () => void
}
