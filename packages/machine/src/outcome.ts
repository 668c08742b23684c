import type { Value } from '@flowstead/expressions'
import type { FinalStatus, RunError } from './status.ts'

/** How an action run ended. `outputs` is absent when it has none. */
export interface Outcome {
  readonly status: FinalStatus
  readonly code: string
  readonly error: RunError | null
  readonly outputs: Value | undefined
}

const plainSuccess: Outcome = { status: 'Succeeded', code: 'NotSpecified', error: null, outputs: undefined }

/** Success. Data and HTTP-like actions have code `OK`, variables and control actions `NotSpecified`. */
export function succeeded(outputs?: Value, code: 'OK' | 'NotSpecified' = 'NotSpecified'): Outcome {
  if (outputs === undefined && code === 'NotSpecified') return plainSuccess
  return { status: 'Succeeded', code, error: null, outputs }
}

/** Failure with the same code on the record and in its error. */
export function failed(code: string, message: string, outputs?: Value): Outcome {
  return { status: 'Failed', code, error: { code, message }, outputs }
}

/** Failure of an input the action cannot work with: `BadRequest` on the record, `code` in its error. */
export function badRequest(code: string, message: string, outputs?: Value): Outcome {
  return { status: 'Failed', code: 'BadRequest', error: { code, message }, outputs }
}

/** The error of containers and runs that ended badly without one of their own. */
export const actionFailed: RunError = {
  code: 'ActionFailed',
  message: 'An action failed. No dependent actions succeeded.',
}

/** Outcome of a container whose block ended with `status`. */
export function containerOutcome(status: FinalStatus, outputs?: Value): Outcome {
  if (status === 'Succeeded') return succeeded(outputs)
  return { status, code: 'ActionFailed', error: actionFailed, outputs }
}
