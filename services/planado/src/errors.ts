/** What this service refuses, and the form in which its clients read it. */
import { type FieldProblem, type Problem, refused } from '@flowstead/service-kit'

/** Codes of this service. */
export const planadoErrors = {
  invalid: 'Planado.Invalid',
  notFound: 'Planado.NotFound',
  conflict: 'Planado.Conflict',
  forbidden: 'Planado.Forbidden',
} as const

/** One broken rule. */
export function problem(field: string, rule: string, message: string): FieldProblem {
  return { field, rule, message }
}

/** 422: the request is understood, but members break their rules. */
export function unprocessable(fields: readonly FieldProblem[]) {
  const message = fields.map((field) => field.message).join(' ')
  return refused({ status: 422, code: planadoErrors.invalid, message, fields })
}

/** 422 for one member. */
export function invalidField(field: string, rule: string, message: string) {
  return unprocessable([problem(field, rule, message)])
}

/** 409: not possible as things stand. */
export function conflict(field: string, rule: string, message: string) {
  return refused({
    status: 409,
    code: planadoErrors.conflict,
    message,
    fields: [problem(field, rule, message)],
  })
}

/** 404 for the thing in the path. */
export function notFound(what: string, id: string) {
  const message = `There is no ${what} "${id.slice(0, 60)}".`
  return refused({
    status: 404,
    code: planadoErrors.notFound,
    message,
    fields: [problem('id', 'exists', message)],
  })
}

/** 403: the user has not got the right. */
export function forbidden(right: string) {
  const message = `This needs the right "${right}".`
  return refused({
    status: 403,
    code: planadoErrors.forbidden,
    message,
    fields: [problem(right, 'right', message)],
  })
}

const listedStatuses: ReadonlySet<number> = new Set([400, 409, 413, 415, 422])

const codesOfStatus: ReadonlyMap<number, string> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [421, 'wrong_host'],
  [503, 'unavailable'],
])

/** The body of a refusal; too many calls are answered with plain text. */
export function errorBody({ fields, message, status }: Problem): unknown {
  if (status === 429) return 'Rate Limit Exceeded'
  if (listedStatuses.has(status)) {
    const listed = fields.length > 0 ? fields : [problem('body', 'readable', message)]
    return { errors: listed.map(({ field, message: text, rule }) => ({ field, code: rule, message: text })) }
  }
  const code = codesOfStatus.get(status) ?? 'internal_error'
  const field = fields[0]?.field
  return { error: { code, message, ...(field === undefined ? {} : { field }) } }
}
