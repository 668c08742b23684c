import { quoted } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { member, textAt } from './json.ts'

/** A chain of references this long is taken for a circle. */
const maxChain = 50

/**
 * Follows `$ref` to what it names, one level at a time, so that recursive schemas cost nothing. Only places
 * inside the document are looked up; nothing is ever fetched.
 * @throws `Connector.BrokenReference`
 */
export function resolve(document: ObjectValue, value: Value | undefined): ObjectValue {
  let found = value
  for (let step = 0; step < maxChain; step += 1) {
    const reference = textAt(found, '$ref')
    if (reference === undefined) return isObject(found) ? found : {}
    found = lookUp(document, reference)
  }
  throw connectorError('Connector.BrokenReference', 'The references of the definition go in a circle.')
}

function lookUp(document: ObjectValue, reference: string): Value {
  let place: Value | undefined = reference.startsWith('#/') ? document : undefined
  for (const segment of reference.slice(2).split('/')) {
    place = member(place, segment) ?? member(place, segmentName(segment))
  }
  if (place === undefined) {
    throw connectorError('Connector.BrokenReference', `The reference ${quoted(reference)} leads nowhere.`)
  }
  return place
}

function segmentName(segment: string): string {
  const plain = /%(?![0-9a-f]{2})/i.test(segment) ? segment : decodeSafely(segment)
  return plain.replaceAll('~1', '/').replaceAll('~0', '~')
}

function decodeSafely(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Escapes that are not UTF-8 are part of the name.
    return segment
  }
}
