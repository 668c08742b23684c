import type { Status } from './status.ts'

/** A set of final statuses as bits, so that `runAfter` is one `&`. */
export type StatusSet = number

/** The bit of a status; 0 for those that are not final. */
export function statusBit(status: Status): StatusSet {
  switch (status) {
    case 'Succeeded':
      return 1
    case 'Failed':
      return 2
    case 'Skipped':
      return 4
    case 'TimedOut':
      return 8
    case 'Cancelled':
      return 16
    default:
      return 0
  }
}

/** Accepts whatever way an action ended. */
export const anyFinalStatus: StatusSet = 31

const bitOfName: ReadonlyMap<string, StatusSet> = new Map([
  ['succeeded', 1],
  ['failed', 2],
  ['skipped', 4],
  ['timedout', 8],
  ['cancelled', 16],
  ['aborted', 16],
  ['faulted', 2],
])

/** The set a `runAfter` list names, in any case; an empty list accepts any final status. */
export function statusSet(names: readonly string[]): StatusSet {
  if (names.length === 0) return anyFinalStatus
  return names.reduce((set, name) => set | (bitOfName.get(name.toLowerCase()) ?? 0), 0)
}
