/** Which element of one list stands where in the other; one side is absent for what is new or gone. */
export interface Aligned {
  readonly from: number | undefined
  readonly to: number | undefined
}

/** Pairs that are looked at one by one; above it, what lies between the equal ends is paired by position. */
const maxPairs = 250_000

/**
 * Aligns two lists of texts: equal ones in common order first, then what lies between them by position. Equal elements
 * at both ends are left out, as are equal pairs.
 */
export function align(before: readonly string[], after: readonly string[]): Aligned[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const anchors = old.length * now.length <= maxPairs ? commonOrder(old, now) : []
  const found: Aligned[] = []
  let at = { from: 0, to: 0 }
  for (const anchor of [...anchors, { from: old.length, to: now.length }]) {
    found.push(...byPosition(at, anchor))
    at = { from: anchor.from + 1, to: anchor.to + 1 }
  }
  const shift = (index: number | undefined): number | undefined =>
    index === undefined ? undefined : index + start
  return found.map(({ from, to }) => ({ from: shift(from), to: shift(to) }))
}

interface Spot {
  readonly from: number
  readonly to: number
}

/** Elements between two anchors: side by side, then what is left of the longer side. */
function byPosition(start: Spot, end: Spot): Aligned[] {
  const count = Math.max(end.from - start.from, end.to - start.to)
  return Array.from({ length: count }, (_, index) => ({
    from: start.from + index < end.from ? start.from + index : undefined,
    to: start.to + index < end.to ? start.to + index : undefined,
  }))
}

/** The longest run of equal elements in common order. */
function commonOrder(before: readonly string[], after: readonly string[]): Spot[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (from: number, to: number): number => lengths[from * width + to] ?? 0
  for (let from = before.length - 1; from >= 0; from -= 1)
    for (let to = after.length - 1; to >= 0; to -= 1)
      lengths[from * width + to] =
        before[from] === after[to] ? at(from + 1, to + 1) + 1 : Math.max(at(from + 1, to), at(from, to + 1))
  const found: Spot[] = []
  for (let from = 0, to = 0; from < before.length && to < after.length; ) {
    if (before[from] === after[to]) {
      found.push({ from, to })
      from += 1
      to += 1
    } else if (at(from + 1, to) >= at(from, to + 1)) from += 1
    else to += 1
  }
  return found
}
