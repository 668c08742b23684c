import { type Problem, refused } from '@flowstead/service-kit'
import type { SqlValue } from '@flowstead/sqlite'

/** Codes of this service; its own error form shows only parameters and messages. */
export const hotprofileErrors = { notFound: 'HotProfile.NotFound' } as const

/** 404 for an update of what is not there. */
export function recordNotFound(title: string, id: SqlValue) {
  const message = `There is no ${title.toLowerCase()} with the id "${id}".`
  return refused({
    status: 404,
    code: hotprofileErrors.notFound,
    message,
    fields: [{ field: 'id', rule: 'exists', message }],
  })
}

/** The error form: one entry per parameter; `parameter` is null when it is about the whole request. */
export function errorBody({ fields, message }: Problem): unknown {
  if (fields.length === 0) return { errors: [{ parameter: null, message }] }
  return { errors: fields.map((one) => ({ parameter: one.field, message: one.message })) }
}
