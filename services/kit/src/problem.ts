/** What is wrong with a request; each service prints it in its own error form. */
import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import { serviceErrors } from './errors.ts'

/** One offending parameter or member. */
export interface FieldProblem {
  /** As the client wrote it: `search[from_id]`, `shift.spots`. */
  readonly field: string
  /** The rule that was broken: `required`, `maxLength`, `exists`… */
  readonly rule: string
  /** A full sentence. */
  readonly message: string
}

export interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly fields: readonly FieldProblem[]
}

/**
 * An error that a handler throws to refuse a request: its transaction is rolled back and the client gets
 * `status` with the service's error form.
 */
export function refused(problem: {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly fields?: readonly FieldProblem[]
}): FlowsteadError {
  return new FlowsteadError(problem.code, problem.message, {
    path: problem.fields?.[0]?.field,
    details: { status: problem.status, fields: problem.fields ?? [] },
  })
}

/** A refusal with 400 that names every offending field. */
export function invalid(fields: readonly FieldProblem[]): FlowsteadError {
  const message = fields.map((field) => field.message).join(' ')
  return refused({ status: 400, code: serviceErrors.invalid, message, fields })
}

/** The problem inside an error thrown by `refused`; `undefined` for every other error. */
export function problemOf(error: unknown): Problem | undefined {
  if (!isFlowsteadError(error)) return undefined
  const { status, fields } = (error.details ?? {}) as { status?: number; fields?: FieldProblem[] }
  if (status === undefined || fields === undefined) return undefined
  return { status, code: error.code, message: error.message, fields }
}
