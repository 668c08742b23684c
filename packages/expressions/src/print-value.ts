import { envelopeText, isEnvelope } from './content.ts'
import { compactJson } from './json/print-json.ts'
import { isNumber, numberText } from './numbers.ts'
import type { Value } from './value.ts'

/**
 * A value as text, as interpolation, `concat` and `string` print it: null is empty, booleans are `True` and
 * `False`, a string is itself, arrays and objects are compact JSON, an envelope is its decoded content.
 */
export function printValue(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (isNumber(value)) return numberText(value)
  return isEnvelope(value) ? envelopeText(value) : compactJson(value)
}
