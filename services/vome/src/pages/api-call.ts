/** What a button of a page does: one call of the API, shown as curl and performed by the same handler. */
import {
  createValidation,
  curlDetails,
  type Html,
  invalid,
  type Method,
  operationsOf,
  type PageCall,
} from '@flowstead/service-kit'
import { handlers } from '../handlers.ts'
import { openapi } from '../openapi.ts'

export interface ApiCall {
  readonly operationId: string
  readonly params: Readonly<Record<string, string>>
  /** `undefined` sends none. */
  readonly body: unknown
}

const validatorOf = createValidation(openapi)
const places = new Map(
  operationsOf(openapi).map(({ method, operation, path }) => [
    operation.operationId,
    { method, path, validator: validatorOf(operation) },
  ]),
)

function placeOf(operationId: string) {
  return places.get(operationId) as {
    method: Method
    path: string
    validator: ReturnType<typeof validatorOf>
  }
}

/** Performs the call by the rules of the API. @throws what the operation refuses with */
export function performCall(context: PageCall, { body, operationId, params }: ApiCall): void {
  const parts = { params: { ...params }, query: {}, body }
  const problems = placeOf(operationId).validator.request(parts)
  if (problems.length > 0) throw invalid(problems)
  handlers[operationId]?.({ ...context, ...parts })
}

/** The call for a shell, folded away; the key is read from `VOME_KEY`. */
export function callDetails(origin: string, { body, operationId, params }: ApiCall): Html {
  const { method, path } = placeOf(operationId)
  const place = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return curlDetails({ method, url: `${origin}${place}`, keyHeader: 'X-API-Key: $VOME_KEY', body })
}
