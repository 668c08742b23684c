import { pointerTo } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import type { Change, ChangeKind, Comparison } from './comparison.ts'
import { excerpts, pathText } from './excerpt.ts'
import type { Path, ValueChange } from './value-changes.ts'

/** What a change is about: a thing with its places in the two files. */
export interface Thing extends Pick<Change, 'subject' | 'name' | 'within'> {
  readonly beforeAt?: string | undefined
  readonly afterAt?: string | undefined
}

/** Collects changes; beyond the limit they are only counted. */
export interface ChangeLog {
  /** A change of the thing as a whole. */
  add(
    kind: ChangeKind,
    thing: Thing,
    texts: Pick<Change, 'before' | 'after' | 'note'> & { path?: string },
  ): void
  /** A change inside the thing. */
  addValue(thing: Thing, change: ValueChange, base?: Path): void
  result(): Pick<Comparison, 'changes' | 'counts' | 'leftOut'>
}

/** @param maxChanges changes that are kept. */
export function changeLog(maxChanges: number): ChangeLog {
  const changes: Change[] = []
  const counts: Record<ChangeKind, number> = { N: 0, D: 0, E: 0, A: 0, R: 0, M: 0 }
  let leftOut = 0
  const isKept = (kind: ChangeKind): boolean => {
    counts[kind] += 1
    if (changes.length < maxChanges) return true
    leftOut += 1
    return false
  }
  return {
    add(kind, thing, { path = '', ...texts }) {
      if (isKept(kind)) changes.push({ kind, ...placed(thing, [], kind), path, ...texts })
    },
    addValue(thing, { kind, path, before, after }, base = []) {
      if (!isKept(kind)) return
      const whole = [...base, ...path]
      changes.push({
        kind,
        ...placed(thing, whole, kind, before === undefined, after === undefined),
        path: pathText(whole),
        ...textsOf(before, after),
      })
    },
    result: () => ({ changes, counts, leftOut }),
  }
}

/** Both sides of a changed value; where the texts are equal, a name in them is what changed. */
function textsOf(
  before: Value | undefined,
  after: Value | undefined,
): Pick<Change, 'before' | 'after' | 'note'> {
  const [one, other] = excerpts(before, after)
  return {
    ...(one === undefined ? {} : { before: one }),
    ...(other === undefined ? {} : { after: other }),
    ...(one !== undefined && one === other
      ? {
          note: 'The text is the same, but what it names was renamed, so it means something else or nothing.',
        }
      : {}),
  }
}

function placed(
  { subject, name, within, beforeAt, afterAt }: Thing,
  path: Path,
  kind: ChangeKind,
  isNew = kind === 'N',
  isGone = kind === 'D',
): Pick<Change, 'subject' | 'name' | 'within' | 'beforeAt' | 'afterAt'> {
  return {
    subject,
    name,
    ...(within === undefined ? {} : { within }),
    ...(beforeAt === undefined || isNew ? {} : { beforeAt: pointerTo(beforeAt, ...path) }),
    ...(afterAt === undefined || isGone ? {} : { afterAt: pointerTo(afterAt, ...path) }),
  }
}
