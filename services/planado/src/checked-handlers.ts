/** Handlers that see only requests that fit the document; what does not is refused with 422. */
import {
  createValidation,
  type FieldProblem,
  type Handler,
  type OpenApi,
  operationsOf,
} from '@flowstead/service-kit'
import { problem, unprocessable } from './errors.ts'

/** The same handlers, each behind the rules of its operation. */
export function checkedHandlers(
  document: OpenApi,
  handlers: Readonly<Record<string, Handler>>,
): Record<string, Handler> {
  const validatorOf = createValidation(document)
  const entries = operationsOf(document).map(({ operation }): [string, Handler] => {
    const validator = validatorOf(operation)
    const handler = handlers[operation.operationId] as Handler
    const isChecked: Handler = (call) => {
      const parts = { params: { ...call.params }, query: { ...call.query }, body: call.body }
      const problems = [...unkept(parts.params), ...unkept(parts.query), ...validator.request(parts)]
      if (problems.length > 0) throw unprocessable(problems.map(readable))
      return handler({ ...call, ...parts })
    }
    return [operation.operationId, isChecked]
  })
  return Object.fromEntries(entries)
}

/** Texts that no database keeps; the kit refuses them in bodies. */
function unkept(given: Readonly<Record<string, unknown>>): FieldProblem[] {
  return Object.entries(given)
    .filter(([, value]) => typeof value === 'string' && value.includes('\0'))
    .map(([name]) => problem(name, 'format', `"${name}" must not hold a NUL character.`))
}

/** Members that exclude each other are told as such. */
function readable({ field, message, rule }: FieldProblem): FieldProblem {
  if (rule !== 'maxProperties') return { field, message, rule }
  return { field, rule: 'exclusive', message: `"${field}" must have only one of its members.` }
}
