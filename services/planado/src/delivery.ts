/** How events leave: seventeen tries in about a week, in no promised order. */
import type { DeliveryPolicy } from '@flowstead/service-kit'
import { secretOf } from './webhooks.ts'

const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes

/** Receivers compare `version`; a webhook is suspended when nothing arrived for longer than a delivery lives. */
export const delivery: DeliveryPolicy = {
  scheduleMs: [
    10 * seconds,
    20 * seconds,
    40 * seconds,
    90 * seconds,
    3 * minutes,
    5 * minutes,
    10 * minutes,
    20 * minutes,
    40 * minutes,
    80 * minutes,
    3 * hours,
    6 * hours,
    12 * hours,
    24 * hours,
    48 * hours,
    72 * hours,
  ],
  jitter: 0,
  timeoutMs: 10 * seconds,
  order: 'none',
  signature: 'none',
  headers: ({ attempt, subscriptionId }, db) => {
    const { secret } = secretOf(db, subscriptionId)
    return {
      'X-Planado-Delivery-Attempt': String(attempt),
      ...(secret === undefined ? {} : { 'X-Planado-Secret': secret }),
    }
  },
  disableAfterMs: 8 * 24 * hours,
  concurrency: 16,
}
