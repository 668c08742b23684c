import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { memoize } from '../text/bounded-memo.ts'
import { functions } from './index.ts'

/** The error for a name that is no function, with the nearest names as a hint. */
export function unknownFunction(name: string, at: number) {
  const near = nearestFunctions(name)
  return expressionError('Expression.UnknownFunction', `There is no function ${quoted(name)}.`, {
    at,
    hint: near.length === 0 ? undefined : `Did you mean ${near.map((each) => quoted(each)).join(' or ')}?`,
  })
}

/** Names of functions that a misspelt or unfinished one may mean, the nearest first; at most two. */
export const nearestFunctions: (name: string) => readonly string[] = memoize(200, (name) => {
  if (name.length > 40) return []
  const word = name.toLowerCase()
  const limit = Math.max(1, Math.floor(word.length / 3))
  const distances = [...functions].map(([lower, row]) => ({
    row,
    edits: word.length > 3 && lower.startsWith(word) ? 1 : distance(word, lower, limit),
  }))
  const near = distances.filter(({ edits }) => edits <= limit).sort((a, b) => a.edits - b.edits)
  return near.slice(0, 2).map(({ row }) => row.name)
})

/** Edits between two short words; more than `limit` as soon as it is certain that there are. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    if (Math.min(...next) > limit) return limit + 1
    row = next
  }
  return row[b.length] ?? 0
}
