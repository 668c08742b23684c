/**
 * Takes deliveries from the outbox to their subscribers. Invariants:
 * 1. At least once: a delivery stays `pending` in the database until its outcome is committed, so one that
 *    was under way when the process died is sent again, with the same `webhook-id`.
 * 2. With order `per-entity`, only the oldest pending delivery of a subscription about an entity is sent.
 * 3. Outcomes that arrive together share one commit.
 */
import { setMaxListeners } from 'node:events'
import type { Database } from '@flowstead/sqlite'
import type { Clock } from './clock.ts'
import type { DeliveryPolicy } from './delivery-policy.ts'
import type { EventToSend, SendEvent, SendOutcome } from './send-event.ts'

export interface DelivererOptions {
  readonly db: Database
  readonly clock: Clock
  readonly policy: DeliveryPolicy
  readonly send: SendEvent
  /** 0 to 1, for the jitter. */
  readonly random: () => number
  /** Told when the database refuses an outcome; the delivery is tried again. */
  readonly onError: (error: unknown) => void
}

export interface Deliverer {
  /** Looks for due deliveries now; called after every commit that may have published. */
  poke(): void
  /** Stops; tries under way are cut off and repeated after the next start. */
  close(): Promise<void>
}

interface Due {
  readonly seq: number
  readonly subscription_id: string
  readonly tries: number
  readonly id: string
  readonly event: string
  readonly payload: string
  readonly callback_url: string
  readonly secret: string
}

interface Settled {
  readonly due: Due
  readonly outcome: SendOutcome
  readonly startedAt: number
}

const retryAfterErrorMs = 1000

/** Starts delivering; nothing is sent before the first `poke`. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { db, clock, policy, send, onError } = options
  const statements = prepareStatements(db, policy.order)
  const record = createRecorder(options)
  const underWay = new Map<number, Promise<void>>()
  const settled: Settled[] = []
  const stop = new AbortController()
  // Every delivery under way listens to it, and there may be many at once.
  setMaxListeners(0, stop.signal)
  let cancelTimer: (() => void) | undefined
  let isFlushPlanned = false

  const sleepUntil = (at: number) => {
    cancelTimer?.()
    cancelTimer = clock.after(Math.max(0, at - clock.now()), poke)
  }
  const toSend = (due: Due): EventToSend => {
    const delivery = { event: due.event, subscriptionId: due.subscription_id, attempt: due.tries + 1 }
    return { ...due, isSigned: policy.signature !== 'none', headers: policy.headers?.(delivery, db) ?? {} }
  }
  const attempt = async (due: Due) => {
    const startedAt = clock.now()
    const outcome = await send(toSend(due), policy.timeoutMs, stop.signal)
    if (stop.signal.aborted) return
    settled.push({ due, outcome, startedAt })
    if (isFlushPlanned) return
    isFlushPlanned = true
    setImmediate(flush)
  }
  const flush = () => {
    isFlushPlanned = false
    const batch = settled.splice(0)
    if (batch.length === 0) return
    try {
      db.transaction(() => batch.forEach(record))
      for (const { due } of batch) underWay.delete(due.seq)
      poke()
    } catch (error) {
      onError(error)
      for (const { due } of batch) underWay.delete(due.seq)
      sleepUntil(clock.now() + retryAfterErrorMs)
    }
  }
  function poke(): void {
    if (stop.signal.aborted) return
    cancelTimer?.()
    cancelTimer = undefined
    const free = policy.concurrency - underWay.size
    if (free <= 0) return
    const due = statements.due
      .all(clock.now(), policy.concurrency + underWay.size)
      .filter(({ seq }) => !underWay.has(seq))
      .slice(0, free)
    for (const delivery of due) underWay.set(delivery.seq, attempt(delivery).catch(onError))
    const next = statements.nextDue.get(clock.now())?.due_at
    if (next !== undefined && next !== null) sleepUntil(next)
  }

  return {
    poke,
    async close() {
      cancelTimer?.()
      stop.abort()
      await Promise.all(underWay.values())
      // What was answered before the stop is written while the database is still open.
      flush()
    },
  }
}

function prepareStatements(db: Database, order: DeliveryPolicy['order']) {
  const isFirst =
    order === 'none'
      ? ''
      : `AND NOT EXISTS (SELECT 1 FROM kit_deliveries p WHERE p.state = 'pending'
           AND p.subscription_id = d.subscription_id AND p.entity = d.entity AND p.seq < d.seq)`
  return {
    due: db.prepare<Due>(
      `SELECT d.seq, d.subscription_id, d.tries, e.id, e.event, e.payload, s.callback_url, s.secret
       FROM kit_deliveries d JOIN kit_events e ON e.seq = d.event_seq
         JOIN kit_subscriptions s ON s.id = d.subscription_id
       WHERE d.state = 'pending' AND d.due_at <= ? AND s.state = 'active' ${isFirst}
       ORDER BY d.due_at, d.seq LIMIT ?`,
    ),
    nextDue: db.prepare<{ due_at: number | null }>(
      `SELECT min(due_at) AS due_at FROM kit_deliveries WHERE state = 'pending' AND due_at > ?`,
    ),
  }
}

/** Writes one outcome: the try, the delivery's new state, and what it means for the subscription. */
function createRecorder({ db, clock, policy, random }: DelivererOptions): (settled: Settled) => void {
  const insertTry = db.prepare(
    `INSERT OR REPLACE INTO kit_delivery_attempts (delivery_seq, try, at, status, error, duration_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `UPDATE kit_deliveries SET state = ?, tries = ?, due_at = ?, last_status = ?, last_error = ?, settled_at = ?
     WHERE seq = ? AND state = 'pending'`,
  )
  const works = db.prepare('UPDATE kit_subscriptions SET failing_since = NULL WHERE id = ?')
  const fails = db.prepare(
    'UPDATE kit_subscriptions SET failing_since = coalesce(failing_since, ?) WHERE id = ?',
  )
  const failingSince = db.prepare<{ failing_since: number | null }>(
    'SELECT failing_since FROM kit_subscriptions WHERE id = ?',
  )
  const disable = db.prepare(
    `UPDATE kit_subscriptions SET state = 'disabled', reason = ? WHERE id = ? AND state = 'active'`,
  )
  const abandon = db.prepare(
    `UPDATE kit_deliveries SET state = 'abandoned', last_error = ?, settled_at = ?
     WHERE subscription_id = ? AND state = 'pending'`,
  )
  const giveUpSubscription = (id: string, reason: string) => {
    disable.run(reason, id)
    abandon.run(reason, clock.now(), id)
  }
  const waitMs = (tries: number, outcome: SendOutcome): number | undefined => {
    const base = policy.scheduleMs[tries - 1]
    if (base === undefined) return undefined
    return Math.max(base * (1 + policy.jitter * random()), outcome.retryAfterMs ?? 0)
  }
  const recordFailure = ({ due, outcome }: Settled, tries: number) => {
    const now = clock.now()
    const wait = waitMs(tries, outcome)
    const state = wait === undefined ? 'failed' : 'pending'
    const settledAt = wait === undefined ? now : null
    const dueAt = Math.round(now + (wait ?? 0))
    update.run(state, tries, dueAt, outcome.status, outcome.error, settledAt, due.seq)
    fails.run(now, due.subscription_id)
    if (outcome.status === 410) {
      giveUpSubscription(due.subscription_id, 'The subscriber answered 410 (gone).')
      return
    }
    const since = failingSince.get(due.subscription_id)?.failing_since ?? now
    if (now - since >= policy.disableAfterMs) {
      const hours = Math.round(policy.disableAfterMs / 3_600_000)
      giveUpSubscription(due.subscription_id, `Every delivery failed for ${hours} hours.`)
    }
  }
  return (settled) => {
    const { due, outcome, startedAt } = settled
    const now = clock.now()
    const tries = due.tries + 1
    insertTry.run(due.seq, tries, startedAt, outcome.status, outcome.error, now - startedAt)
    if (outcome.isDelivered) {
      update.run('delivered', tries, now, outcome.status, null, now, due.seq)
      works.run(due.subscription_id)
    } else recordFailure(settled, tries)
  }
}
