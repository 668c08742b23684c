import { isFlowsteadError } from '@flowstead/errors'
import { codes } from './codes.ts'
import { badRequest, failed, type Outcome } from './outcome.ts'
import type { ActionPlan } from './plan.ts'

/** Whether an exception is a mistake in the flow or its data, and so an outcome; all others are bugs of ours. */
export function isFlowFault(error: unknown): error is Error {
  return (
    isFlowsteadError(error) && (error.code.startsWith('Expression.') || error.code === codes.invalidAction)
  )
}

/** The outcome of an action whose expressions cannot be evaluated. */
export function faultOutcome(action: Pick<ActionPlan, 'name' | 'isControl'>, error: Error): Outcome {
  const message = `The expressions of action '${action.name}' cannot be evaluated: ${error.message}`
  return action.isControl
    ? failed('ExpressionEvaluationFailed', message)
    : badRequest('InvalidTemplate', message)
}
