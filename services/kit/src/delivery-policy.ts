import type { Database } from '@flowstead/sqlite'

/** One try of a delivery, as a policy sees it. */
export interface DeliveryTry {
  readonly event: string
  readonly subscriptionId: string
  /** From 1. */
  readonly attempt: number
}

/** How a service delivers its events to subscribers. */
export interface DeliveryPolicy {
  /** Waits before the second, third… try, ms; a delivery is given up when the last try fails. */
  readonly scheduleMs: readonly number[]
  /** Share by which a wait may be longer, at random: 0.1 spreads 5 s over 5 to 5.5 s. */
  readonly jitter: number
  /** One try, ms. */
  readonly timeoutMs: number
  /** `per-entity`: an event waits until the earlier ones about the same thing are settled. */
  readonly order: 'per-entity' | 'none'
  /** `none`: only `webhook-id` and `webhook-event` travel besides what `headers` adds. */
  readonly signature: 'standard-webhooks' | 'none'
  /** Further headers of a try. */
  readonly headers?: (delivery: DeliveryTry, db: Database) => Readonly<Record<string, string>>
  /** A subscription whose deliveries have failed without a break for this long is disabled, ms. */
  readonly disableAfterMs: number
  /** Deliveries under way at once. */
  readonly concurrency: number
}

const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes

/** The schedule that the Standard Webhooks specification recommends. */
export const standardDelivery: DeliveryPolicy = {
  scheduleMs: [5 * seconds, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours, 10 * hours],
  jitter: 0.1,
  timeoutMs: 15 * seconds,
  order: 'per-entity',
  signature: 'standard-webhooks',
  disableAfterMs: 120 * hours,
  concurrency: 16,
}
