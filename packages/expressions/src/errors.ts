import { type ErrorPlace, FlowsteadError } from '@flowstead/errors'

/** Every code this package throws, with what it means. */
export const expressionErrors = {
  'Expression.Parse': 'The text is not an expression of the language.',
  'Expression.UnknownFunction': 'A function was reached that does not exist.',
  'Expression.Arity': 'A function got too few or too many arguments.',
  'Expression.Type': 'A value has the wrong type for what is done with it.',
  'Expression.Value': 'A value has the right type but cannot be used, such as a date that is none.',
  'Expression.Arithmetic': 'Overflow, or a division by zero.',
  'Expression.MissingProperty': 'A property or index does not exist and was read without "?".',
  'Expression.MissingReference': 'There is no such action, variable, parameter or loop in reach.',
  'Expression.Ambiguous': 'One form value was asked for and there are several, or none.',
  'Expression.Limit': 'Text, nesting or a result is larger than allowed.',
} as const

export type ExpressionErrorCode = keyof typeof expressionErrors

/** The one way this package makes its errors; `code` must be in the table. */
export function expressionError(
  code: ExpressionErrorCode,
  message: string,
  place: ErrorPlace = {},
): FlowsteadError {
  return new FlowsteadError(code, message, place)
}

/**
 * What leaves the package for an error of any kind: ours as it is, an exhausted stack or an oversized
 * string as `Expression.Limit`, anything else as `Expression.Value` with its cause.
 */
export function asExpressionError(error: unknown, place: ErrorPlace = {}): FlowsteadError {
  if (error instanceof FlowsteadError) return withPlace(error, place)
  if (error instanceof RangeError || isTooLong(error))
    return expressionError('Expression.Limit', 'The value is too large or too deeply nested.', {
      ...place,
      cause: error,
    })
  return expressionError('Expression.Value', 'The value cannot be used here.', { ...place, cause: error })
}

/** What Node throws when bytes would make a string that is too long; it is no RangeError. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG'
}

function withPlace(error: FlowsteadError, place: ErrorPlace): FlowsteadError {
  const lacksPath = error.path === undefined && place.path !== undefined
  const lacksAt = error.at === undefined && place.at !== undefined
  if (!lacksPath && !lacksAt) return error
  return new FlowsteadError(error.code, error.message, {
    path: error.path ?? place.path,
    at: error.at ?? place.at,
    hint: error.hint,
    details: error.details,
    cause: error.cause,
  })
}
