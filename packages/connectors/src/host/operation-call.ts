import { quoted } from '@flowstead/errors'
import type { ObjectValue } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { objectAt, textAt } from '../library/json.ts'
import { findOperation } from '../library/library.ts'
import type { Operation } from '../library/operation.ts'
import { nativeOperations } from '../native/native-operation.ts'
import { type BuiltRequest, buildRequest, finishRequest } from '../request/build-request.ts'
import { followUp } from '../request/follow-up.ts'
import { operationDraft, operationValues } from '../request/operation-draft.ts'
import { urlAtTarget } from '../request/target.ts'
import { writtenDraft } from '../request/written-draft.ts'
import type { FoundCallee } from './callees.ts'
import { exchange, type Surroundings } from './exchange.ts'
import type { CallContext } from './host.ts'
import { givenUp, type Outcome } from './outcome.ts'

interface OperationRequest {
  readonly operation: Operation | undefined
  readonly built: BuiltRequest
}

/** Calls an operation: over HTTP, or the native one its definition names. */
export async function performOperation(
  surroundings: Surroundings,
  callee: FoundCallee,
  inputs: ObjectValue,
  context: CallContext,
): Promise<Outcome> {
  const native = nativeName(callee)
  if (native !== undefined) return performNative(surroundings, callee, native, { inputs, context })
  const { operation, built } = operationRequest(callee, inputs, context.idempotencyKey)
  return exchange(surroundings, { ...callee, operation }, built, context.signal)
}

function operationRequest(
  callee: FoundCallee,
  inputs: ObjectValue,
  idempotencyKey: string,
): OperationRequest {
  const { connector, connection } = callee
  if (callee.operationId === undefined) {
    const { draft, operation } = writtenDraft(connector, inputs)
    const found = operation === undefined ? {} : { operation }
    return { operation, built: finishRequest(draft, { connector, connection, idempotencyKey, ...found }) }
  }
  const operation = operationOf(callee)
  const parameters = objectAt(inputs, 'parameters')
  return {
    operation,
    built: buildRequest({ connector, operation, inputs: parameters, connection, idempotencyKey }),
  }
}

function operationOf({ connector, operationId = '' }: FoundCallee): Operation {
  const operation = findOperation(connector, operationId)
  if (operation !== undefined) return operation
  throw connectorError(
    'Connector.UnknownOperation',
    `The connector "${connector.name}" has no operation ${quoted(operationId)}.`,
    {
      hint: `It has ${connector.operations.size} operations; "flowstead flow validate" names the ones a flow uses.`,
    },
  )
}

interface NativeName {
  readonly operation: Operation
  readonly name: string
}

function nativeName(callee: FoundCallee): NativeName | undefined {
  const operation = findOperation(callee.connector, callee.operationId ?? '')
  const name = textAt(operation?.raw, 'x-flowstead-native')
  return operation === undefined || name === undefined ? undefined : { operation, name }
}

async function performNative(
  { outbound, clock, throttles, flows }: Surroundings,
  { connector, connection }: FoundCallee,
  { operation, name }: NativeName,
  { inputs, context }: { readonly inputs: ObjectValue; readonly context: CallContext },
): Promise<Outcome> {
  const native = nativeOperations.get(name)
  if (native === undefined) {
    throw connectorError('Connector.NativeMissing', `There is no native operation ${quoted(name)}.`)
  }
  const given = objectAt(inputs, 'parameters')
  const draft = operationDraft(connector, operation, given)
  const body = draft.body?.kind === 'json' ? draft.body.value : undefined
  const { values } = operationValues(connector, operation, given)
  const parameters = new Map([...values].map(([{ name }, value]) => [name, value]))
  const limit = connection.throttle === undefined ? connector.throttle : connection.throttle
  const { idempotencyKey, signal } = context
  if ((await throttles.enter(connection.id, limit, signal)) === 'given up') return givenUp
  return native({
    connector,
    connection,
    operation,
    parameters,
    body,
    idempotencyKey,
    signal,
    outbound,
    clock,
    flows,
  })
}

/**
 * Asks the address that a 202 gave. The connection's credentials go there only when it is on the origin the
 * operation itself is called at.
 */
export async function performPoll(
  surroundings: Surroundings,
  callee: FoundCallee,
  { inputs, uri }: { readonly inputs: ObjectValue; readonly uri: string },
  context: CallContext,
): Promise<Outcome> {
  const { operation, built } = operationRequest(callee, inputs, context.idempotencyKey)
  const request = pollRequest(callee, operation, { uri, calledAt: built.url })
  return exchange(surroundings, { ...callee, operation: undefined }, request, context.signal)
}

function pollRequest(
  { connector, connection }: FoundCallee,
  operation: Operation | undefined,
  { uri, calledAt }: { readonly uri: string; readonly calledAt: string },
): BuiltRequest {
  if (!URL.canParse(uri, calledAt)) {
    throw connectorError(
      'Connector.InvalidHost',
      `The service gave ${quoted(uri)} to ask again, which is no address.`,
    )
  }
  const resolved = new URL(uri, calledAt)
  const isOwn = resolved.origin === new URL(calledAt).origin
  return followUp({
    connector,
    connection,
    operation,
    method: 'GET',
    url: isOwn ? urlAtTarget(resolved.href, connection.target) : resolved.href,
    credentials: isOwn ? 'sent' : 'kept back',
  })
}
