/**
 * Events on their way out. Invariants:
 * 1. `publish` belongs into the transaction of the change: both are committed or neither.
 * 2. Each event becomes one delivery per subscription that is active at that moment.
 * 3. A delivery leaves the state `pending` once, for `delivered`, `failed` or `abandoned`.
 */
import { randomUUID } from 'node:crypto'
import type { Database } from '@flowstead/sqlite'
import { isoTime } from './clock.ts'

export interface ServiceEvent {
  readonly event: string
  /** What the event is about; deliveries about one entity keep their order. */
  readonly entity: string
  readonly payload: unknown
}

export interface DeliveryRecord {
  readonly seq: number
  readonly event_id: string
  readonly event: string
  readonly entity: string
  readonly subscription_id: string
  readonly state: 'pending' | 'delivered' | 'failed' | 'abandoned'
  readonly tries: number
  readonly due_at: string | null
  readonly last_status: number | null
  readonly last_error: string | null
  readonly settled_at: string | null
}

export interface Outbox {
  /** Writes the event and its deliveries; answers the event's id and how many will be told. */
  publish(event: ServiceEvent): { readonly id: string; readonly deliveries: number }
  deliveries(filter: {
    readonly state?: string | undefined
    readonly after: number
    readonly limit: number
  }): DeliveryRecord[]
  /** Makes a settled delivery due again; `false` when there is no such one. */
  replay(seq: number): boolean
}

interface StoredDelivery extends Omit<DeliveryRecord, 'due_at' | 'settled_at'> {
  readonly due_at: number
  readonly settled_at: number | null
}

/** The outbox of one service, kept in its database. */
export function createOutbox(db: Database, now: () => number): Outbox {
  const insertEvent = db.prepare(
    'INSERT INTO kit_events (id, event, entity, payload, at) VALUES (?, ?, ?, ?, ?)',
  )
  const fanOut = db.prepare(
    `INSERT INTO kit_deliveries (event_seq, subscription_id, entity, state, tries, due_at)
     SELECT ?1, s.id, ?2, 'pending', 0, ?3 FROM kit_subscriptions s
     WHERE s.state = 'active' AND EXISTS (SELECT 1 FROM json_each(s.events) WHERE value = ?4)
     ORDER BY s.created_at, s.id`,
  )
  const select = db.prepare<StoredDelivery>(
    `SELECT d.seq, e.id AS event_id, e.event, d.entity, d.subscription_id, d.state, d.tries, d.due_at,
       d.last_status, d.last_error, d.settled_at
     FROM kit_deliveries d JOIN kit_events e ON e.seq = d.event_seq
     WHERE d.seq > ?1 AND (?2 IS NULL OR d.state = ?2) ORDER BY d.seq LIMIT ?3`,
  )
  const replay = db.prepare(
    `UPDATE kit_deliveries SET state = 'pending', due_at = ?, settled_at = NULL
     WHERE seq = ? AND state <> 'pending'
       AND subscription_id IN (SELECT id FROM kit_subscriptions WHERE state = 'active')`,
  )
  return {
    publish({ event, entity, payload }) {
      const id = `msg_${randomUUID()}`
      const { lastInsertRowid } = insertEvent.run(id, event, entity, JSON.stringify(payload), now())
      const { changes } = fanOut.run(lastInsertRowid, entity, now(), event)
      return { id, deliveries: changes }
    },
    deliveries: ({ state, after, limit }) =>
      select.all(after, state ?? null, limit).map((row) => ({
        ...row,
        due_at: row.state === 'pending' ? isoTime(row.due_at) : null,
        settled_at: row.settled_at === null ? null : isoTime(row.settled_at),
      })),
    replay: (seq) => replay.run(now(), seq).changes > 0,
  }
}
