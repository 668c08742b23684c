/**
 * The log of every attempt to change something. Invariants:
 * 1. The attempt that made a change is written in the transaction of the change.
 * 2. Everything else (refusals, reads, the end of an answer) is written with the next transaction, when the
 *    log is read, at the latest after `flushMs`, and at close: it costs no commit of its own per request.
 */
import type { Database } from '@flowstead/sqlite'
import { type Clock, isoTime } from './clock.ts'

/** `open`: not answered yet; `aborted`: the client was gone before the answer was. */
export type AttemptOutcome = 'open' | 'finished' | 'aborted'

export interface Attempt {
  readonly seq: number
  readonly at: number
  readonly method: string
  /** Without the query, which may hold a key. */
  readonly path: string
  readonly key: string | null
  status: number | null
  replayed: boolean
  finishedAt: number | null
  outcome: AttemptOutcome
}

export interface AttemptFilter {
  readonly key?: string | undefined
  readonly path?: string | undefined
  readonly after: number
  readonly limit: number
}

export interface AttemptRecord {
  readonly seq: number
  readonly at: string
  readonly method: string
  readonly path: string
  readonly key: string | null
  readonly status: number | null
  readonly replayed: boolean
  readonly finished: string | null
  readonly outcome: AttemptOutcome
}

export interface PathSummary {
  readonly path: string
  readonly attempts: number
  readonly inFlight: number
  readonly finished: number
  readonly aborted: number
  readonly replayed: number
}

export interface Attempts {
  begin(request: Pick<Attempt, 'method' | 'path' | 'key'>): Attempt
  /** Notes what will be answered, to be written with the change. */
  note(attempt: Attempt, status: number, source: 'performed' | 'replayed'): void
  end(attempt: Attempt, outcome: Exclude<AttemptOutcome, 'open'>): void
  /** Writes what is waiting as part of the caller's transaction; the answer forgets it, after the commit. */
  write(): () => void
  list(filter: AttemptFilter): AttemptRecord[]
  summary(): { inFlight: number; byPath: PathSummary[] }
  close(): void
}

const flushMs = 100
const flushCount = 500

/** Opens the log; numbering goes on where it stopped. */
export function createAttempts(db: Database, clock: Clock): Attempts {
  const upsert = db.prepare(
    `INSERT INTO kit_attempts (seq, at, method, path, key, status, replayed, finished_at, outcome)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO UPDATE SET status = excluded.status, replayed = excluded.replayed,
       finished_at = excluded.finished_at, outcome = excluded.outcome`,
  )
  const select = db.prepare<StoredAttempt>(
    `SELECT seq, at, method, path, key, status, replayed, finished_at, outcome FROM kit_attempts
     WHERE seq > ?1 AND (?2 IS NULL OR key = ?2) AND (?3 IS NULL OR path = ?3) ORDER BY seq LIMIT ?4`,
  )
  const byPath = db.prepare<Omit<PathSummary, 'inFlight'>>(
    `SELECT path, count(*) AS attempts, sum(outcome = 'finished') AS finished,
       sum(outcome = 'aborted') AS aborted, sum(replayed) AS replayed
     FROM kit_attempts GROUP BY path ORDER BY path`,
  )
  const last = db.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM kit_attempts').get()
  let nextSeq = (last?.seq ?? 0) + 1
  const open = new Set<Attempt>()
  const waiting = new Set<Attempt>()
  let cancelTimer: (() => void) | undefined

  const write = () => {
    const written = [...waiting]
    for (const a of written) {
      const replayed = a.replayed ? 1 : 0
      upsert.run(a.seq, a.at, a.method, a.path, a.key, a.status, replayed, a.finishedAt, a.outcome)
    }
    return () => {
      cancelTimer?.()
      cancelTimer = undefined
      for (const attempt of written) waiting.delete(attempt)
    }
  }
  const flush = () => {
    if (waiting.size > 0) db.transaction(write)()
  }
  const flushLater = () => {
    cancelTimer = undefined
    try {
      flush()
    } catch {
      // The disk may be full: the entries stay in memory and go out with the next transaction that succeeds.
    }
  }
  const later = (attempt: Attempt) => {
    waiting.add(attempt)
    cancelTimer ??= clock.after(flushMs, flushLater)
  }

  return {
    write,
    begin({ method, path, key }) {
      const attempt: Attempt = {
        seq: nextSeq++,
        at: clock.now(),
        method,
        path,
        key,
        status: null,
        replayed: false,
        finishedAt: null,
        outcome: 'open',
      }
      open.add(attempt)
      later(attempt)
      return attempt
    },
    note(attempt, status, source) {
      attempt.status = status
      attempt.replayed = source === 'replayed'
      later(attempt)
    },
    end(attempt, outcome) {
      attempt.outcome = outcome
      attempt.finishedAt = clock.now()
      open.delete(attempt)
      later(attempt)
      if (waiting.size >= flushCount) flushLater()
    },
    list({ after, key, path, limit }) {
      flush()
      return select.all(after, key ?? null, path ?? null, limit).map((row) => ({
        seq: row.seq,
        at: isoTime(row.at),
        method: row.method,
        path: row.path,
        key: row.key,
        status: row.status,
        replayed: row.replayed === 1,
        finished: row.finished_at === null ? null : isoTime(row.finished_at),
        outcome: row.outcome,
      }))
    },
    summary() {
      flush()
      const inFlightOf = (path: string) => [...open].filter((attempt) => attempt.path === path).length
      return {
        inFlight: open.size,
        byPath: byPath.all().map((row) => ({ ...row, inFlight: inFlightOf(row.path) })),
      }
    },
    close() {
      flush()
      cancelTimer?.()
    },
  }
}

interface StoredAttempt extends Omit<AttemptRecord, 'at' | 'replayed' | 'finished'> {
  readonly at: number
  readonly replayed: number
  readonly finished_at: number | null
}
