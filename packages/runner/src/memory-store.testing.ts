import { FlowsteadError } from '@flowstead/errors'
import { parseJson, printJson, type Value } from '@flowstead/expressions'
import type { RunEvent } from '@flowstead/machine'
import { runnerErrors } from './errors.ts'
import type { NewRun, RunFilter, RunStore, RunSummary, StartedRun, SummaryChange } from './ports.ts'

const dedupeWindowMs = 24 * 3600 * 1000

interface Stored {
  summary: RunSummary
  chunks: string[]
  entries: number
}

/** A RunStore without a disk, for tests; entries go through the same codec as on disk. */
export function memoryStore(): RunStore {
  const runs = new Map<string, Stored>()
  const keys = new Map<string, { run: string; at: number }>()
  const cursors = new Map<string, string>()

  const stored = (id: string, entries: number | 'Waiting'): Stored => {
    const run = runs.get(id)
    const isAsSeen = entries === 'Waiting' ? run?.summary.status === 'Waiting' : run?.entries === entries
    if (run === undefined || !isAsSeen || run.summary.endedAt !== null) {
      throw new FlowsteadError(runnerErrors.conflict, `The journal of run "${id}" is not as it was seen.`)
    }
    return run
  }
  const change = (run: Stored, summary: SummaryChange | undefined) => {
    if (summary === undefined) return
    const { status, endedAt = null, error = null } = summary
    run.summary = { ...run.summary, status, endedAt, error }
  }
  const duplicate = (flowId: string, dedupeKey: string, now: number) => {
    const known = keys.get(`${flowId}\n${dedupeKey}`)
    return known !== undefined && now - known.at < dedupeWindowMs ? known.run : undefined
  }
  const startOne = (run: NewRun): StartedRun => {
    if (run.dedupeKey !== undefined) {
      const first = duplicate(run.flowId, run.dedupeKey, run.startedAt)
      if (first !== undefined) return { id: first, isDuplicate: true }
      keys.set(`${run.flowId}\n${run.dedupeKey}`, { run: run.id, at: run.startedAt })
    }
    const { id, flowId, flowVersion, triggerName, startedAt, status, events } = run
    const { endedAt = null, error = null } = run.ended ?? {}
    runs.set(id, {
      summary: { id, flowId, flowVersion, triggerName, startedAt, endedAt, status, error },
      chunks: [print(events)],
      entries: events.length,
    })
    return { id, isDuplicate: false }
  }

  return {
    async start(newRuns, cursor) {
      const repeated = newRuns.find((run) => runs.has(run.id))
      if (repeated !== undefined) {
        throw new FlowsteadError(runnerErrors.conflict, `There is a run "${repeated.id}" already.`)
      }
      if (cursor !== undefined) cursors.set(cursor.key, cursor.value)
      return newRuns.map(startOne)
    },
    async append(id, after, events, summary) {
      const run = stored(id, after)
      run.chunks.push(print(events))
      run.entries += events.length
      change(run, summary)
    },
    async admit(id, events, summary) {
      const run = stored(id, 'Waiting')
      run.chunks = [print(events)]
      run.entries = events.length
      change(run, summary)
    },
    duplicate,
    read: (id) => runs.get(id)?.chunks.flatMap((chunk) => parseJson(chunk) as unknown as RunEvent[]) ?? [],
    summary: (id) => runs.get(id)?.summary,
    list: (filter) => filtered([...runs.values()], filter),
    unfinished: () =>
      sorted([...runs.values()])
        .filter((run) => run.endedAt === null)
        .reverse(),
    cursor: (key) => cursors.get(key),
    async close() {},
  }
}

function print(events: readonly RunEvent[]): string {
  return printJson(events as unknown as Value)
}

function sorted(runs: Stored[]): RunSummary[] {
  return runs.map((run) => run.summary).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function filtered(runs: Stored[], { flowId, statuses, before, limit = 50 }: RunFilter): RunSummary[] {
  return sorted(runs)
    .filter((run) => flowId === undefined || run.flowId === flowId)
    .filter((run) => statuses === undefined || statuses.includes(run.status))
    .filter((run) => before === undefined || run.id > before)
    .slice(0, limit)
}
