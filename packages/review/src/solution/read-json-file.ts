import type { NamedFile } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import { parseJson, type Value } from '@flowstead/expressions'
import { badMetadata, decoded } from './xml.ts'

const maxJsonBytes = 20_000_000

/**
 * A JSON side file of a solution.
 * @throws `Definition.BadMetadata` when it is not JSON or over 20 MB.
 */
export function readJsonFile({ bytes, name }: NamedFile): Value {
  if (bytes.length > maxJsonBytes) throw badMetadata(name, 'is too large')
  const text = decoded(bytes, name)
  try {
    return parseJson(text)
  } catch (cause) {
    if (!isFlowsteadError(cause)) throw cause
    throw badMetadata(name, 'is not JSON')
  }
}
