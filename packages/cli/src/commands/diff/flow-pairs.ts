import { FlowsteadError, quoted } from '@flowstead/errors'
import type { FlowReview } from '@flowstead/review'

/** Two versions of one flow; one side is missing for a flow that came or went. */
export interface FlowPair {
  readonly before: FlowReview | undefined
  readonly after: FlowReview | undefined
}

/**
 * Pairs flows by id; when each side holds one flow these are a pair whatever they are called.
 * @param wanted id or name of the only flow to look at
 * @throws `Cli.NotFound`
 */
export function flowPairs(
  before: readonly FlowReview[],
  after: readonly FlowReview[],
  wanted: string | undefined,
): FlowPair[] {
  const [olds, news] = [chosen(before, wanted), chosen(after, wanted)]
  if (olds.length === 0 && news.length === 0) {
    const what =
      wanted === undefined ? 'No flow could be read.' : `There is no flow ${quoted(wanted)} in the files.`
    throw new FlowsteadError('Cli.NotFound', what)
  }
  if (olds.length === 1 && news.length === 1) return [{ before: olds[0], after: news[0] }]
  const rest = new Map(news.map((review) => [review.flow.id, review]))
  const pairs = olds.map((old): FlowPair => {
    const now = rest.get(old.flow.id)
    rest.delete(old.flow.id)
    return { before: old, after: now }
  })
  return [...pairs, ...[...rest.values()].map((now) => ({ before: undefined, after: now }))]
}

function chosen(reviews: readonly FlowReview[], wanted: string | undefined): readonly FlowReview[] {
  const word = wanted?.toLowerCase()
  return word === undefined
    ? reviews
    : reviews.filter(({ flow }) => flow.id.toLowerCase() === word || flow.name.toLowerCase() === word)
}
