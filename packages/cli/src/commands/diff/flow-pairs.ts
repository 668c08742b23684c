import { FlowsteadError, quoted } from '@flowstead/errors'
import type { FlowReview } from '@flowstead/review'

/** The flows of one side of a comparison. */
export interface FlowVersions {
  readonly flows: readonly FlowReview[]
  /** How the names of their files begin when they were read from a folder. */
  readonly root: string
}

/** Two versions of one flow; one side is missing for a flow that came or went. */
export interface FlowPair {
  readonly before: FlowReview | undefined
  readonly after: FlowReview | undefined
}

/**
 * Pairs flows by id, then by their place below the root, because flows without an id of their own have one made of
 * their path; when each side holds one flow these are a pair whatever they are called.
 * @param wanted id or name of the only flow to look at
 * @throws `Cli.NotFound`
 */
export function flowPairs(before: FlowVersions, after: FlowVersions, wanted: string | undefined): FlowPair[] {
  const [olds, news] = [chosen(before.flows, wanted), chosen(after.flows, wanted)]
  if (olds.length === 0 && news.length === 0) {
    const what =
      wanted === undefined ? 'No flow could be read.' : `There is no flow ${quoted(wanted)} in the files.`
    throw new FlowsteadError('Cli.NotFound', what)
  }
  if (olds.length === 1 && news.length === 1) return [{ before: olds[0], after: news[0] }]
  const partners = partnersOf({ ...before, flows: olds }, { ...after, flows: news })
  const taken = new Set(partners.values())
  return [
    ...olds.map((old) => ({ before: old, after: partners.get(old) })),
    ...news.filter((now) => !taken.has(now)).map((now) => ({ before: undefined, after: now })),
  ]
}

type KeyOf = (review: FlowReview, root: string) => string

const keys: readonly KeyOf[] = [({ flow }) => flow.id, ({ flow }, root) => flow.file.slice(root.length)]

/** The new version of each old flow that has one. */
function partnersOf(before: FlowVersions, after: FlowVersions): ReadonlyMap<FlowReview, FlowReview> {
  const partners = new Map<FlowReview, FlowReview>()
  for (const keyOf of keys) {
    const taken = new Set(partners.values())
    const free = after.flows.filter((now) => !taken.has(now)).reverse()
    const byKey = new Map(free.map((now) => [keyOf(now, after.root), now]))
    for (const old of before.flows.filter((one) => !partners.has(one))) {
      const key = keyOf(old, before.root)
      const now = byKey.get(key)
      if (now === undefined) continue
      partners.set(old, now)
      byKey.delete(key)
    }
  }
  return partners
}

function chosen(reviews: readonly FlowReview[], wanted: string | undefined): readonly FlowReview[] {
  const word = wanted?.toLowerCase()
  return word === undefined
    ? reviews
    : reviews.filter(({ flow }) => flow.id.toLowerCase() === word || flow.name.toLowerCase() === word)
}
