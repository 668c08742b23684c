import { FlowsteadError } from '@flowstead/errors'
import { parseJson, printJson, type Value } from '@flowstead/expressions'
import type { RunEvent, RunStatus } from '@flowstead/machine'
import type {
  NewRun,
  RunFilter,
  RunId,
  RunStore,
  RunSummary,
  StartedRun,
  SummaryChange,
} from '@flowstead/runner'
import type { Database } from '@flowstead/sqlite'
import type { GroupCommit } from './group-commit.ts'

/** How long a deduplication key points to the run it started. */
const dedupeWindowMs = 24 * 3600 * 1000

const allStatuses: readonly RunStatus[] = [
  'Running',
  'Waiting',
  'Succeeded',
  'Failed',
  'TimedOut',
  'Cancelled',
]

interface RunRow {
  readonly id: string
  readonly flow_id: string
  readonly flow_version: string
  readonly trigger_name: string
  readonly started_at: number
  readonly ended_at: number | null
  readonly status: RunStatus
  readonly error_code: string | null
  readonly error_message: string | null
}

const columns =
  'id, flow_id, flow_version, trigger_name, started_at, ended_at, status, error_code, error_message'

/** Runs and their journals in `db`; changes go through `group`. */
export function runTable(db: Database, group: GroupCommit): Omit<RunStore, 'close'> {
  const insertRun = db.prepare(
    `INSERT INTO run (${columns}, entries, first_chunk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertChunk = db.prepare('INSERT INTO journal (run, seq, chunk) SELECT n, ?, ? FROM run WHERE id = ?')
  const addEntries = db.prepare(
    'UPDATE run SET entries = entries + ? WHERE id = ? AND entries = ? AND ended_at IS NULL',
  )
  const addEntriesAndChange = db.prepare(
    `UPDATE run SET entries = entries + ?, status = ?, ended_at = ?, error_code = ?, error_message = ?
     WHERE id = ? AND entries = ? AND ended_at IS NULL`,
  )
  const admitRun = db.prepare(
    `UPDATE run SET first_chunk = ?, entries = ?, status = ?, ended_at = ?, error_code = ?, error_message = ?
     WHERE id = ? AND status = 'Waiting'`,
  )
  const selectFirst = db.prepare<{ n: number; chunk: string }>(
    'SELECT n, first_chunk AS chunk FROM run WHERE id = ?',
  )
  const selectMore = db.prepare<{ chunk: string }>('SELECT chunk FROM journal WHERE run = ? ORDER BY seq')
  const selectRun = db.prepare<RunRow>(`SELECT ${columns} FROM run WHERE id = ?`)
  const selectOpen = db.prepare<RunRow>(
    `SELECT ${columns} FROM run INDEXED BY run_open
     WHERE status IN ('Running', 'Waiting') AND status <> 'Succeeded' ORDER BY id DESC`,
  )
  const selectKey = db.prepare<{ run_id: string }>(
    'SELECT run_id FROM dedupe WHERE flow_id = ? AND key = ? AND at > ?',
  )
  const upsertKey = db.prepare(
    `INSERT INTO dedupe (flow_id, key, run_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET run_id = excluded.run_id, at = excluded.at`,
  )
  const selectCursor = db.prepare<{ value: string }>('SELECT value FROM polling_cursor WHERE key = ?')
  const upsertCursor = db.prepare(
    `INSERT INTO polling_cursor (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  )
  const list = lister(db)

  const duplicate = (flowId: string, dedupeKey: string, now: number): RunId | undefined =>
    selectKey.get(flowId, dedupeKey, now - dedupeWindowMs)?.run_id

  const insert = (run: NewRun, chunk: string): StartedRun => {
    if (run.dedupeKey !== undefined) {
      const first = duplicate(run.flowId, run.dedupeKey, run.startedAt)
      if (first !== undefined) return { id: first, isDuplicate: true }
      upsertKey.run(run.flowId, run.dedupeKey, run.id, run.startedAt)
    }
    insertRun.run(
      run.id,
      run.flowId,
      run.flowVersion,
      run.triggerName,
      run.startedAt,
      run.ended?.endedAt ?? null,
      run.status,
      run.ended?.error?.code ?? null,
      run.ended?.error?.message ?? null,
      run.events.length,
      chunk,
    )
    return { id: run.id, isDuplicate: false }
  }

  return {
    start(runs, cursor) {
      const chunks = runs.map((run) => print(run.events))
      return group.add(() => {
        if (cursor !== undefined) upsertCursor.run(cursor.key, cursor.value)
        return runs.map((run, index) => insert(run, chunks[index] as string))
      })
    },
    append(id, after, events, summary) {
      const chunk = print(events)
      return group.add(() => {
        const { changes } =
          summary === undefined
            ? addEntries.run(events.length, id, after)
            : addEntriesAndChange.run(events.length, ...changed(summary), id, after)
        if (changes === 0) throw conflict(id)
        if (events.length > 0) insertChunk.run(after, chunk, id)
      })
    },
    admit(id, events, summary) {
      const chunk = print(events)
      return group.add(() => {
        const { changes } = admitRun.run(chunk, events.length, ...changed(summary), id)
        if (changes === 0) throw conflict(id)
      })
    },
    duplicate,
    read(id) {
      const first = selectFirst.get(id)
      if (first === undefined) return []
      return [first, ...selectMore.all(first.n)].flatMap(
        ({ chunk }) => parseJson(chunk) as unknown as readonly RunEvent[],
      )
    },
    summary(id) {
      const row = selectRun.get(id)
      return row === undefined ? undefined : summaryOf(row)
    },
    list: (filter) => list(filter).map(summaryOf),
    unfinished: () => selectOpen.all().map(summaryOf),
    cursor: (key) => selectCursor.get(key)?.value,
  }
}

/**
 * Lists of one flow, and of statuses other than Succeeded, are put together from one index range per status;
 * the others follow the ids. `INDEXED BY` makes a statement fail at once that could not use its index.
 */
function lister(db: Database): (filter: RunFilter) => RunRow[] {
  const ofFlow = db.prepare<RunRow>(
    `SELECT ${columns} FROM run INDEXED BY run_by_flow
     WHERE flow_id = ? AND status = ? AND id > ? ORDER BY id LIMIT ?`,
  )
  const ofStatus = db.prepare<RunRow>(
    `SELECT ${columns} FROM run INDEXED BY run_open
     WHERE status = ? AND status <> 'Succeeded' AND id > ? ORDER BY id LIMIT ?`,
  )
  const succeeded = db.prepare<RunRow>(
    `SELECT ${columns} FROM run WHERE status = 'Succeeded' AND id > ? ORDER BY id LIMIT ?`,
  )
  const all = db.prepare<RunRow>(`SELECT ${columns} FROM run WHERE id > ? ORDER BY id LIMIT ?`)
  return ({ flowId, statuses, before = '', limit = 50 }) => {
    if (flowId === undefined && statuses === undefined) return all.all(before, limit)
    const ofOneStatus = (status: RunStatus) => {
      if (flowId !== undefined) return ofFlow.all(flowId, status, before, limit)
      return status === 'Succeeded' ? succeeded.all(before, limit) : ofStatus.all(status, before, limit)
    }
    return [...new Set(statuses ?? allStatuses)]
      .flatMap(ofOneStatus)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }
}

function changed({ status, endedAt, error }: SummaryChange) {
  return [status, endedAt ?? null, error?.code ?? null, error?.message ?? null] as const
}

function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    flowId: row.flow_id,
    flowVersion: row.flow_version,
    triggerName: row.trigger_name,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    status: row.status,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  }
}

function print(events: readonly RunEvent[]): string {
  return printJson(events as unknown as Value)
}

function conflict(id: RunId): FlowsteadError {
  return new FlowsteadError('Store.Conflict', `The journal of run "${id}" is not as it was seen.`)
}
