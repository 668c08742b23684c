/**
 * One writer for all that arrives at the same time: changes wait while each turn of the event loop brings more,
 * then share one transaction and so one fsync. Invariants:
 * 1. A promise resolves after the commit that holds its change.
 * 2. Changes are made in the order in which they were asked for.
 * 3. A change that throws leaves nothing of itself and does not touch the others of its group.
 * 4. When the commit itself fails, every change of the group is refused with that error.
 * 5. Nobody waits more than `maxTurns` turns for others to arrive.
 */
import { FlowsteadError } from '@flowstead/errors'
import { type Database, sqliteErrors } from '@flowstead/sqlite'

export interface GroupCommit {
  /** Makes `change` within the next group; resolves to its result once that is durable. */
  add<T>(change: () => T): Promise<T>
  /** Commits what waits, now; later changes are refused. */
  close(): void
}

interface Pending {
  readonly change: () => unknown
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
  result?: unknown
}

/** Longest group; more waits for the next one, so that nobody waits long for a commit. */
const maxGroup = 2000

/** Clients that were answered by one commit come back within a few turns; longer waiting brings no more of them. */
const maxTurns = 8

export function groupCommit(db: Database): GroupCommit {
  let waiting: Pending[] = []
  let seen = 0
  let turns = 0
  let scheduled: NodeJS.Immediate | undefined
  let isClosed = false

  const flush = () => {
    scheduled = undefined
    if (waiting.length > seen && waiting.length < maxGroup && turns < maxTurns) {
      seen = waiting.length
      turns += 1
      scheduled = setImmediate(flush)
      return
    }
    seen = 0
    turns = 0
    const group = waiting.length <= maxGroup ? waiting : waiting.slice(0, maxGroup)
    waiting = waiting.slice(group.length)
    if (waiting.length > 0) scheduled = setImmediate(flush)
    commit(db, group)
  }

  return {
    add: <T>(change: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (isClosed) {
          reject(new FlowsteadError(sqliteErrors.closed, `The database "${db.path}" is closed.`))
          return
        }
        waiting.push({ change, resolve, reject })
        scheduled ??= setImmediate(flush)
      }),
    close() {
      isClosed = true
      if (scheduled !== undefined) clearImmediate(scheduled)
      while (waiting.length > 0) {
        commit(db, waiting.splice(0, maxGroup))
      }
    },
  }
}

function commit(db: Database, group: readonly Pending[]): void {
  let isInChange = true
  try {
    db.transaction(() => {
      for (const one of group) one.result = one.change()
      isInChange = false
    })
  } catch (error) {
    if (isInChange && group.length > 1) commitOneByOne(db, group)
    else for (const one of group) one.reject(error)
    return
  }
  for (const one of group) one.resolve(one.result as never)
}

/** The rare way: some change threw and took the group with it. */
function commitOneByOne(db: Database, group: readonly Pending[]): void {
  for (const one of group) commit(db, [one])
}
