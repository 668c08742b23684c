// Differences of two JSON values by path. The order of keys does not count; elements of lists are aligned first, so
// that an element put in front does not change all that follow.
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import { align } from './align.ts'
import type { Meaning } from './meaning.ts'

/** Keys and indexes; an index is that of the later list, of the earlier one for what is gone. */
export type Path = readonly (string | number)[]

export interface ValueChange {
  readonly kind: 'N' | 'D' | 'E' | 'A'
  readonly path: Path
  readonly before: Value | undefined
  readonly after: Value | undefined
}

/** What each version's values mean. */
export interface Meanings {
  readonly before: Meaning
  readonly after: Meaning
}

/** Tells every difference of two values. */
export function valueChanges(
  before: Value | undefined,
  after: Value | undefined,
  meanings: Meanings,
  report: (change: ValueChange) => void,
  path: Path = [],
): void {
  if (before === undefined || after === undefined) {
    if (before !== after) report({ kind: before === undefined ? 'N' : 'D', path, before, after })
  } else if (isObject(before) && isObject(after)) memberChanges(before, after, meanings, report, path)
  else if (Array.isArray(before) && Array.isArray(after))
    elementChanges(before, after, meanings, report, path)
  else if (meanings.before.value(before) !== meanings.after.value(after))
    report({ kind: 'E', path, before, after })
}

function memberChanges(
  before: ObjectValue,
  after: ObjectValue,
  meanings: Meanings,
  report: (change: ValueChange) => void,
  path: Path,
): void {
  const own = (value: ObjectValue, key: string): Value | undefined =>
    Object.hasOwn(value, key) ? value[key] : undefined
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    valueChanges(own(before, key), own(after, key), meanings, report, [...path, key])
}

function elementChanges(
  before: readonly Value[],
  after: readonly Value[],
  meanings: Meanings,
  report: (change: ValueChange) => void,
  path: Path,
): void {
  const one = before.map((item) => meanings.before.value(item))
  const other = after.map((item) => meanings.after.value(item))
  for (const { from, to } of align(one, other)) {
    const [old, now] = [
      from === undefined ? undefined : before[from],
      to === undefined ? undefined : after[to],
    ]
    const at = [...path, to ?? from ?? 0]
    if (old !== undefined && now !== undefined) valueChanges(old, now, meanings, report, at)
    else report({ kind: 'A', path: at, before: old, after: now })
  }
}
