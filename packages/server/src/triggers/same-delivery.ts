import { FlowsteadError } from '@flowstead/errors'
import { equalValues, type Value } from '@flowstead/expressions'
import { occurrenceIn } from '../events/notification.ts'

/**
 * A second delivery under the same id must be the same delivery.
 * @throws `Server.Conflict` when both have a body and these differ
 */
export function checkSameBody(before: Value | undefined, now: Value | undefined): void {
  const [first, second] = [occurrenceIn(before), occurrenceIn(now)]
  if (first === undefined || second === undefined || equalValues(first, second)) return
  throw new FlowsteadError('Server.Conflict', 'A delivery with this id came before, with another body.')
}
