import type { Database, SqlValue } from '@flowstead/sqlite'

export type StoredEventStatus = 'PUBLISHED' | 'PROCESSING' | 'ACKNOWLEDGED' | 'FAILED' | 'DEAD_LETTERED'

/** A notification that reached a trigger, before it is written. */
export interface NewEvent {
  readonly name: string
  /** Key of the occurrence; deliveries with the same one are the same event. */
  readonly key: string
  readonly version: number
  readonly publisher: string
  readonly userId: string | null
  readonly talentId: string | null
  readonly flowId: string
  readonly triggerName: string
  /** The first run that it starts if nothing goes wrong; known beforehand, so that recovery can look for it. */
  readonly runId: string
  /** The event whose data is delivered again. */
  readonly replayOf: number | null
  /** ms since the epoch. */
  readonly createdAt: number
  /** Trigger outputs as JSON. */
  readonly outputs: string
}

/** An event of the log, without its outputs. */
export interface StoredEvent extends Omit<NewEvent, 'outputs'> {
  /** Greater means later. */
  readonly id: number
  readonly status: StoredEventStatus
  /** The process that handles or handled it. */
  readonly processor: string | null
  /** ms since the epoch, of the last change of `status`. */
  readonly updatedAt: number
  /** How often it arrived. */
  readonly deliveries: number
  /** How often it was taken up. */
  readonly attempts: number
  /** Why it failed, or why it started no run. */
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface EventFilter {
  readonly name?: string
  readonly key?: string
  readonly flowId?: string
  readonly statuses?: readonly StoredEventStatus[]
  /** Only earlier ones than this, for paging. */
  readonly before?: number
  /** 1 to 1,000; default 50. */
  readonly limit?: number
}

/** What a change of status writes. */
export interface EventChange {
  readonly status: StoredEventStatus
  readonly processor: string | null
  readonly updatedAt: number
  readonly attempts: number
  readonly error: StoredEvent['error']
}

/** The log of events. Changes belong into `SqliteStore.change`, so that they share commits with runs. */
export interface EventTable {
  /** Writes the event with status PUBLISHED; answers its id. */
  insert(event: NewEvent): number
  change(id: number, change: EventChange): void
  /** The event arrived once more. */
  countDelivery(id: number): void
  /** These runs were started by it. */
  link(id: number, runs: readonly string[]): void
  get(id: number): StoredEvent | undefined
  /** Trigger outputs as JSON. */
  outputs(id: number): string | undefined
  /** The latest of this key that reached the trigger after `since` (ms since the epoch). */
  find(at: { flowId: string; triggerName: string; key: string; since: number }): StoredEvent | undefined
  /** Newest first. */
  list(filter: EventFilter): StoredEvent[]
  /** PUBLISHED and PROCESSING, oldest first: what a process that ended left behind. */
  unfinished(): StoredEvent[]
  /** ms since the epoch of the latest event of this name. */
  lastSeen(name: string): number | undefined
  runsOf(id: number): string[]
  ofRun(run: string): StoredEvent | undefined
}

interface EventRow extends Omit<StoredEvent, 'error'> {
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

const columns = `id, name, key, version, publisher, user_id AS userId, talent_id AS talentId, flow_id AS flowId,
  trigger_name AS triggerName, run_id AS runId, replay_of AS replayOf, created_at AS createdAt, status, processor,
  updated_at AS updatedAt, deliveries, attempts, error_code AS errorCode, error_message AS errorMessage`

export function eventTable(db: Database): EventTable {
  const insert = db.prepare(
    `INSERT INTO event (name, key, version, publisher, user_id, talent_id, flow_id, trigger_name, run_id, replay_of,
       created_at, updated_at, status, outputs, deliveries, attempts)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, 'PUBLISHED', ?12, 1, 0)`,
  )
  const change = db.prepare(
    `UPDATE event SET status = ?, processor = ?, updated_at = ?, attempts = ?, error_code = ?, error_message = ?
     WHERE id = ?`,
  )
  const count = db.prepare('UPDATE event SET deliveries = deliveries + 1 WHERE id = ?')
  const link = db.prepare('INSERT OR IGNORE INTO event_run (run_id, event) VALUES (?, ?)')
  const selectOne = db.prepare<EventRow>(`SELECT ${columns} FROM event WHERE id = ?`)
  const selectOutputs = db.prepare<{ outputs: string }>('SELECT outputs FROM event WHERE id = ?')
  const selectKey = db.prepare<EventRow>(
    `SELECT ${columns} FROM event WHERE key = ? AND flow_id = ? AND trigger_name = ? AND created_at > ?
     ORDER BY id DESC LIMIT 1`,
  )
  const selectUnfinished = db.prepare<EventRow>(
    `SELECT ${columns} FROM event INDEXED BY event_open
     WHERE status IN ('PUBLISHED', 'PROCESSING') AND status <> 'ACKNOWLEDGED' ORDER BY id`,
  )
  const selectLast = db.prepare<{ at: number }>(
    'SELECT created_at AS at FROM event WHERE name = ? ORDER BY id DESC LIMIT 1',
  )
  const selectRuns = db.prepare<{ run: string }>(
    'SELECT run_id AS run FROM event_run WHERE event = ? ORDER BY run_id DESC',
  )
  const selectOfRun = db.prepare<EventRow>(
    `SELECT ${columns} FROM event WHERE id = (SELECT event FROM event_run WHERE run_id = ?)`,
  )
  const one = (row: EventRow | undefined) => (row === undefined ? undefined : read(row))
  return {
    insert: (event) =>
      Number(
        insert.run(
          event.name,
          event.key,
          event.version,
          event.publisher,
          event.userId,
          event.talentId,
          event.flowId,
          event.triggerName,
          event.runId,
          event.replayOf,
          event.createdAt,
          event.outputs,
        ).lastInsertRowid,
      ),
    change(id, { attempts, error, processor, status, updatedAt }) {
      change.run(status, processor, updatedAt, attempts, error?.code ?? null, error?.message ?? null, id)
    },
    countDelivery: (id) => void count.run(id),
    link: (id, runs) => runs.forEach((run) => void link.run(run, id)),
    get: (id) => one(selectOne.get(id)),
    outputs: (id) => selectOutputs.get(id)?.outputs,
    find: ({ flowId, key, since, triggerName }) => one(selectKey.get(key, flowId, triggerName, since)),
    list: (filter) => listEvents(db, filter).map(read),
    unfinished: () => selectUnfinished.all().map(read),
    lastSeen: (name) => selectLast.get(name)?.at,
    runsOf: (id) => selectRuns.all(id).map(({ run }) => run),
    ofRun: (run) => one(selectOfRun.get(run)),
  }
}

/** Prepared anew for each combination of filters; lists are for people. */
function listEvents(
  db: Database,
  { before, flowId, key, limit = 50, name, statuses }: EventFilter,
): EventRow[] {
  const conditions: [string, SqlValue][] = []
  if (name !== undefined) conditions.push(['name = ?', name])
  if (key !== undefined) conditions.push(['key = ?', key])
  if (flowId !== undefined) conditions.push(['flow_id = ?', flowId])
  if (before !== undefined) conditions.push(['id < ?', before])
  if (statuses !== undefined) {
    conditions.push(['status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses)])
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([text]) => text).join(' AND ')}`
  return db
    .prepare<EventRow>(`SELECT ${columns} FROM event ${where} ORDER BY id DESC LIMIT ?`)
    .all(...conditions.map(([, value]) => value), limit)
}

function read({ errorCode, errorMessage, ...event }: EventRow): StoredEvent {
  return { ...event, error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' } }
}
