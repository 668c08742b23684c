import { quoted } from '@flowstead/errors'
import type { ObjectValue, Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { type Outcome, outcomeOf } from '../host/outcome.ts'
import { compactText } from '../request/value-text.ts'
import type { FlowDirectory } from './flow-directory.ts'
import type { NativeCall } from './native-operation.ts'

/** An answer as a service would give it over HTTP. */
export function answer(status: number, body: ObjectValue): Outcome {
  return outcomeOf({ status, headers: [['content-type', 'application/json; charset=utf-8']], body }, 0)
}

/** A refusal in the shape of these services: `{error: {code, message}}`. */
export function refusal(status: number, code: string, message: string): Outcome {
  return answer(status, { error: { code, message } })
}

/** A list in the shape of these services. */
export function listAnswer(value: Value[]): Outcome {
  return answer(200, { value })
}

/**
 * The flows of this server.
 * @throws `Connector.CallNotSupported` when the connection goes elsewhere
 */
export function serverFlows({ connection, operation, flows }: NativeCall): FlowDirectory {
  if (connection.target.kind === 'server') return flows
  throw connectorError(
    'Connector.CallNotSupported',
    `The operation ${quoted(operation.operationId)} reads the flows of this server only, and the connection ${quoted(connection.id)} goes elsewhere.`,
    { hint: 'Give the connection the target "local:server" in flowstead.json.' },
  )
}

/** A parameter as text, without white space around it; absent when it has no value. */
export function textOf({ parameters }: NativeCall, name: string): string | undefined {
  const value = parameters.get(name)
  const text = value === undefined || value === null ? '' : compactText(value, ',').trim()
  return text === '' ? undefined : text
}
