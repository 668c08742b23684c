const maxCandidates = 2000
const maxLength = 80

/** "Did you mean …" for a name that does not exist, or `undefined` when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`
}

function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = folded(name)
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  let seen = 0
  for (const candidate of candidates) {
    if (++seen > maxCandidates) break
    const distance = editDistance(wanted, folded(candidate), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Designers write spaces as underscores. */
function folded(name: string): string {
  return name.slice(0, maxLength).toLowerCase().replaceAll(' ', '_')
}

/** Changes of single characters that lead from one text to the other; `limit` when there are that many or more. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  let next = row.slice()
  for (let i = 1; i <= one.length; i++) {
    let least = i
    let before = i
    next[0] = i
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      before = Math.min(replaced, (row[j] as number) + 1, before + 1)
      next[j] = before
      if (before < least) least = before
    }
    // No later row has a smaller number than the least of this one.
    if (least >= limit) return limit
    ;[row, next] = [next, row]
  }
  return Math.min(row[other.length] as number, limit)
}
