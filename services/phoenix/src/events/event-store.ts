import type { EventEnvelope, EventStatus, Violation } from '@flowstead/catalog'
import { insertRow } from '@flowstead/service-kit'
import type { Database, Row, SqlValue } from '@flowstead/sqlite'
import { notFound } from '../errors.ts'

/** An event with what the outbox knows of its delivery. */
export interface StoredEvent {
  readonly envelope: EventEnvelope
  /** Tries to deliver it that have ended. */
  readonly attempts: number
  /** When its lease or its wait ends, ms since the epoch; null when it has none. */
  readonly dueAt: number | null
  readonly lastError: string | null
  readonly warnings: readonly Violation[]
  /** Whether subscribers are being told. */
  readonly isPushed: boolean
}

interface EventRow extends Row {
  readonly id: number
  readonly created_at: string
  readonly updated_at: string
  readonly event_name: string
  readonly key_id: string
  readonly event_data: string
  readonly status: string
  readonly publisher_node_id: string
  readonly processor_node_id: string | null
  readonly version: number
  readonly user_id: string | null
  readonly talent_id: string | null
  readonly attempts: number
  readonly due_at: number | null
  readonly last_error: string | null
  readonly warnings: string
  readonly push_id: string | null
}

function storedEvent(row: EventRow): StoredEvent {
  return {
    envelope: {
      id: row.id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      eventName: row.event_name,
      keyId: row.key_id,
      eventData: JSON.parse(row.event_data) as EventEnvelope['eventData'],
      status: row.status as EventStatus,
      publisherNodeId: row.publisher_node_id,
      processorNodeId: row.processor_node_id,
      version: row.version,
      userId: row.user_id,
      talentId: row.talent_id,
    },
    attempts: row.attempts,
    dueAt: row.due_at,
    lastError: row.last_error,
    warnings: JSON.parse(row.warnings) as Violation[],
    isPushed: row.push_id !== null,
  }
}

/** The event of this occurrence. */
export function findEvent(db: Database, keyId: string): StoredEvent | undefined {
  const row = db.prepare<EventRow>('SELECT * FROM events WHERE key_id = ?').get(keyId)
  return row === undefined ? undefined : storedEvent(row)
}

/** @throws 404 */
export function eventOf(db: Database, keyId: string): StoredEvent {
  const found = findEvent(db, keyId)
  if (found === undefined) throw notFound('event', 'keyId', keyId)
  return found
}

export interface EventFilter {
  readonly eventName?: string | undefined
  readonly talentId?: string | undefined
  readonly status?: string | undefined
  /** Only events with a greater `id`. */
  readonly after: number
  readonly limit: number
}

/** Events in their order. */
export function findEvents(db: Database, filter: EventFilter): StoredEvent[] {
  const conditions: [string, SqlValue | undefined][] = [
    ['id > ?', filter.after],
    ['event_name = ?', filter.eventName],
    ['talent_id = ?', filter.talentId],
    ['status = ?', filter.status],
  ]
  const asked = conditions.filter(([, value]) => value !== undefined)
  const where = asked.map(([sql]) => sql).join(' AND ')
  return db
    .prepare<EventRow>(`SELECT * FROM events WHERE ${where} ORDER BY id LIMIT ?`)
    .all(...asked.map(([, value]) => value as SqlValue), filter.limit)
    .map(storedEvent)
}

/** Events about one session, oldest first. */
export function eventsOfSession(db: Database, appointmentId: string): StoredEvent[] {
  return db
    .prepare<EventRow>(
      `SELECT * FROM events WHERE talent_id = (SELECT talent_id FROM appointments WHERE id = ?1)
         AND json_extract(event_data, '$.appointment.id') = ?1 ORDER BY id`,
    )
    .all(appointmentId)
    .map(storedEvent)
}

/** Writes a new event; an `id` of null takes the next one. Answers the id. */
export function insertEvent(
  db: Database,
  { id, ...envelope }: Omit<EventEnvelope, 'id'> & { readonly id: number | null },
  warnings: readonly Violation[],
): number {
  return insertRow(db, 'events', {
    id,
    created_at: envelope.createdAt,
    updated_at: envelope.updatedAt,
    event_name: envelope.eventName,
    key_id: envelope.keyId,
    event_data: JSON.stringify(envelope.eventData),
    status: envelope.status,
    publisher_node_id: envelope.publisherNodeId,
    processor_node_id: envelope.processorNodeId,
    version: envelope.version,
    user_id: envelope.userId,
    talent_id: envelope.talentId,
    warnings: JSON.stringify(warnings),
  })
}

/** What a change of an event's status writes besides the status itself; what is left out stays. */
export interface DeliveryNote {
  readonly attempts?: number
  readonly dueAt?: number | null
  readonly lastError?: string | null
  readonly pushId?: string | null
}

/** Writes the status of an event that was moved. */
export function saveMoved(db: Database, moved: EventEnvelope, note: DeliveryNote): void {
  const columns: [string, SqlValue | undefined][] = [
    ['status', moved.status],
    ['updated_at', moved.updatedAt],
    ['processor_node_id', moved.processorNodeId],
    ['attempts', note.attempts],
    ['due_at', note.dueAt],
    ['last_error', note.lastError],
    ['push_id', note.pushId],
  ]
  const written = columns.filter(([, value]) => value !== undefined)
  const assignments = written.map(([column]) => `${column} = ?`).join(', ')
  db.prepare(`UPDATE events SET ${assignments} WHERE id = ?`).run(
    ...written.map(([, value]) => value as SqlValue),
    moved.id,
  )
}

/** The name of this service's own process in a role. */
export function nodeId(db: Database, role: 'publisher' | 'processor'): string {
  return db.prepare<{ id: string }>('SELECT id FROM nodes WHERE role = ?').get(role)?.id ?? role
}
