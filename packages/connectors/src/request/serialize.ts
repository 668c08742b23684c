import type { Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { textAt } from '../library/json.ts'
import type { Parameter } from '../library/operation.ts'
import { compactText, type ListSeparator, wellFormed } from './value-text.ts'

const separators: ReadonlyMap<string, ListSeparator> = new Map([
  ['csv', ','],
  ['ssv', ' '],
  ['tsv', '\t'],
  ['pipes', '|'],
])

/** Percent-encoding of RFC 3986: everything but letters, digits and `-._~`. */
export function percentEncode(text: string): string {
  const encoded = encodeURIComponent(wellFormed(text))
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A query as it stands in the URL; the `$` of names such as `$filter` stays. */
export function queryText(query: readonly (readonly [string, string])[]): string {
  return query
    .map(([name, value]) => `${percentEncode(name).replaceAll('%24', '$')}=${percentEncode(value)}`)
    .join('&')
}

/** One `name=value` per element for repeated parameters, else one in all. */
export function pairsOf(parameter: Parameter, value: Value): [string, string][] {
  if (Array.isArray(value) && isRepeated(parameter)) {
    return value.map((item) => [parameter.name, compactText(item, ',')])
  }
  return [[parameter.name, compactText(value, separatorOf(parameter))]]
}

function isRepeated(parameter: Parameter): boolean {
  return parameter.name.endsWith('[]') || textAt(parameter.raw, 'collectionFormat') === 'multi'
}

function separatorOf(parameter: Parameter): ListSeparator {
  return separators.get(textAt(parameter.raw, 'collectionFormat') ?? 'csv') ?? ','
}

/** A path value, encoded once, or twice where the definition says so. */
export function pathText(parameter: Parameter, value: Value): string {
  const once = percentEncode(compactText(value, separatorOf(parameter)))
  return textAt(parameter.raw, 'x-ms-url-encoding') === 'double' ? percentEncode(once) : once
}

/**
 * A header value; definitions carry stray blanks.
 * @throws `Connector.ParameterInvalid` for a line break
 */
export function headerText(parameter: Parameter, value: Value): string {
  const text = compactText(value, separatorOf(parameter)).trim()
  if (/[\r\n\0]/.test(text)) {
    throw connectorError(
      'Connector.ParameterInvalid',
      `The header "${parameter.name}" must not hold a line break.`,
      {
        path: parameter.name,
      },
    )
  }
  return text
}
