import { isFlowsteadError } from '@flowstead/errors'
import { parseJson, type Value } from '@flowstead/expressions'

/** The value of a JSON number, exact wherever a double would not be; one with over 1,000 digits is a double. */
export function readNumber(source: string): Value {
  const value = Number(source)
  if (source.length < 16 && Number.isInteger(value) && String(value) === source) return value
  try {
    return parseJson(source)
  } catch (error) {
    if (isFlowsteadError(error)) return value
    throw error
  }
}
