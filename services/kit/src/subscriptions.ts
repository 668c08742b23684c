/** Who wants to hear of which events, and where. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@flowstead/sqlite'
import { isoTime } from './clock.ts'
import { invalid } from './problem.ts'

export interface NewSubscription {
  readonly callbackUrl: string
  readonly events: readonly string[]
}

export interface SubscriptionRecord {
  readonly id: string
  readonly callback_url: string
  readonly events: readonly string[]
  /** `disabled` after 410 or five days of failures; its events are no longer delivered. */
  readonly state: 'active' | 'disabled'
  readonly reason: string | null
  readonly created_at: string
}

export interface Subscriptions {
  /** The secret (`whsec_…`) is shown this once. */
  add(subscription: NewSubscription): { readonly id: string; readonly secret: string }
  /** `false` when there is no such subscription. What it still waited for is given up. */
  remove(id: string): boolean
  list(): SubscriptionRecord[]
}

interface StoredSubscription extends Omit<SubscriptionRecord, 'events' | 'created_at'> {
  readonly events: string
  readonly created_at: number
}

const maxUrlLength = 2048

/** The subscriptions of one service, kept in its database. */
export function createSubscriptions(db: Database, now: () => number): Subscriptions {
  const insert = db.prepare(
    `INSERT INTO kit_subscriptions (id, callback_url, events, secret, state, created_at)
     VALUES (?, ?, ?, ?, 'active', ?)`,
  )
  const remove = db.prepare(
    `UPDATE kit_subscriptions SET state = 'removed', secret = '' WHERE id = ? AND state <> 'removed'`,
  )
  const abandon = db.prepare(
    `UPDATE kit_deliveries SET state = 'abandoned', last_error = 'The subscription was removed.', settled_at = ?
     WHERE subscription_id = ? AND state = 'pending'`,
  )
  const select = db.prepare<StoredSubscription>(
    `SELECT id, callback_url, events, state, reason, created_at FROM kit_subscriptions
     WHERE state <> 'removed' ORDER BY created_at, id`,
  )
  return {
    add({ callbackUrl, events }) {
      const id = randomUUID()
      const secret = `whsec_${randomBytes(32).toString('base64')}`
      insert.run(id, callbackUrl, JSON.stringify(events), secret, now())
      return { id, secret }
    },
    remove(id) {
      const isKnown = remove.run(id).changes > 0
      if (isKnown) abandon.run(now(), id)
      return isKnown
    },
    list: () =>
      select.all().map((row) => ({
        ...row,
        events: JSON.parse(row.events) as string[],
        created_at: isoTime(row.created_at),
      })),
  }
}

/** @throws 400 naming `field` when the text is not an absolute http or https URL without credentials. */
export function checkCallbackUrl(field: string, text: string): void {
  const url = text.length <= maxUrlLength && URL.canParse(text) ? new URL(text) : undefined
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url !== undefined && isHttp && url.username === '' && url.password === '') return
  throw invalid([
    {
      field,
      rule: 'format',
      message: `"${field}" must be an http or https URL of at most ${maxUrlLength} characters, without user name.`,
    },
  ])
}
