import { FlowsteadError } from '@flowstead/errors'
import { equalValues, isObject, type Value } from '@flowstead/expressions'

/**
 * A second delivery under the same id must be the same delivery.
 * @throws `Server.Conflict` when both have a body and these differ
 */
export function checkSameBody(before: Value | undefined, now: Value | undefined): void {
  const [first, second] = [bodyOf(before), bodyOf(now)]
  if (first === undefined || second === undefined || equalValues(first, second)) return
  throw new FlowsteadError('Server.Conflict', 'A delivery with this id came before, with another body.')
}

const bodyOf = (outputs: Value | undefined): Value | undefined =>
  outputs !== undefined && isObject(outputs) ? outputs.body : undefined
