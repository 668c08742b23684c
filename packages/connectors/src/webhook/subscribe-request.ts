import type { ObjectValue, Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import type { Connection } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import { member, textAt } from '../library/json.ts'
import { findOperation } from '../library/library.ts'
import { notificationUrlPaths } from '../library/notification-url.ts'
import type { Operation, Parameter } from '../library/operation.ts'
import { type BuiltRequest, buildRequest, finishRequest } from '../request/build-request.ts'
import { withMember } from '../request/flat-inputs.ts'
import { writtenDraft } from '../request/written-draft.ts'

/** A subscription to make or to end. */
export interface SubscribeCall {
  readonly connector: Connector
  readonly connection: Connection
  /** The operation, for flat inputs; found by the path for inputs that are written out. */
  readonly operationId: string | undefined
  /** Flat parameters, or `method`, `path`, `body` … when `operationId` is absent. */
  readonly inputs: ObjectValue
  readonly callbackUrl: string
  readonly idempotencyKey?: string
}

export interface SubscribeRequest {
  readonly operation: Operation | undefined
  readonly built: BuiltRequest
}

/**
 * The request that subscribes: the operation's own, with the callback URL in every property marked for it.
 * @throws `Connector.UnknownOperation`, `Connector.NotAWebhook` and the errors of building a request
 */
export function subscribeRequest(call: SubscribeCall): SubscribeRequest {
  const { connector, operationId } = call
  if (operationId === undefined) return writtenSubscribeRequest(call)
  const operation = findOperation(connector, operationId)
  if (operation === undefined) {
    throw connectorError(
      'Connector.UnknownOperation',
      `The connector "${connector.name}" has no operation "${operationId}".`,
    )
  }
  if (operation.trigger !== 'webhook') {
    throw connectorError(
      'Connector.NotAWebhook',
      `"${operationId}" of "${connector.name}" is no webhook trigger.`,
    )
  }
  const fillIn = (values: ReadonlyMap<Parameter, Value>) =>
    withCallbackUrl(connector, operation, values, call.callbackUrl)
  return { operation, built: buildRequest({ ...call, operation, fillIn }) }
}

/** The flow has written the callback URL itself, with `listCallbackUrl()`. */
function writtenSubscribeRequest(call: SubscribeCall): SubscribeRequest {
  const method = textAt(call.inputs, 'method') ?? 'POST'
  const { draft, operation } = writtenDraft(call.connector, { ...call.inputs, method })
  return { operation, built: finishRequest(draft, operation === undefined ? call : { ...call, operation }) }
}

function withCallbackUrl(
  connector: Connector,
  operation: Operation,
  values: ReadonlyMap<Parameter, Value>,
  callbackUrl: string,
): ReadonlyMap<Parameter, Value> {
  const filled = new Map(values)
  for (const parameter of operation.parameters().filter(({ in: place }) => place === 'body')) {
    for (const path of notificationUrlPaths(connector.document, parameter.schema)) {
      filled.set(parameter, withMember(filled.get(parameter), path, callbackUrl))
    }
  }
  return filled
}

/** The DELETE operation whose path is the subscription's own with one variable more. */
export function deleteOperation(connector: Connector, operation: Operation | undefined) {
  if (operation === undefined) return undefined
  const own = operation.path.replace(/\/+$/, '')
  for (const candidate of connector.operations.values()) {
    const variable = candidate.path.startsWith(`${own}/`)
      ? /^\{([^{}]+)\}$/.exec(candidate.path.slice(own.length + 1))
      : null
    if (candidate.method === 'DELETE' && variable?.[1] !== undefined) {
      return { operation: candidate, variable: variable[1] }
    }
  }
  return undefined
}

/** The id in an answer: `id`, or the first property whose name ends in it. */
export function answeredId(body: Value | undefined): string | undefined {
  const direct = idText(member(body, 'id'))
  if (direct !== undefined || body === null || typeof body !== 'object') return direct
  const name = Object.keys(body).find((key) => /id$/i.test(key))
  return name === undefined ? undefined : idText(member(body, name))
}

function idText(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined
}
