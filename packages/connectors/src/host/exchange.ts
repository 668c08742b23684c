import type { Value } from '@flowstead/expressions'
import type { Outbound } from '@flowstead/outbound'
import { type Connection, secretsOf } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation } from '../library/operation.ts'
import type { FlowDirectory } from '../native/flow-directory.ts'
import { applyResponsePolicies } from '../policies/apply-policies.ts'
import { createRedactor, type Redact, redactValue } from '../redact.ts'
import type { BuiltRequest, RequestRecord } from '../request/build-request.ts'
import type { Clock } from './clock.ts'
import { answerBody, failureOutcome, givenUp, type Outcome, outcomeOf } from './outcome.ts'
import type { Throttles } from './throttle.ts'

/** What every call of a host uses. */
export interface Surroundings {
  readonly outbound: Outbound
  readonly clock: Clock
  readonly throttles: Throttles
  readonly flows: FlowDirectory
  readonly onExchange: ((exchange: Exchange) => void) | undefined
}

/** One request and how it ended, without secrets: for the history of attempts, logs and recordings. */
export interface Exchange {
  readonly connector: string
  readonly operationId: string
  readonly connection: string
  readonly request: RequestRecord
  /** Absent when there was no answer. */
  readonly status?: number
  readonly durationMs: number
}

/** Who is called, besides the request. */
export interface Callee {
  readonly connector: Connector
  readonly operation: Operation | undefined
  readonly connection: Connection
}

/** Waits for its place under the connection's limit, sends, and reads the answer; secrets in it are removed. */
export async function exchange(
  surroundings: Surroundings,
  callee: Callee,
  request: BuiltRequest,
  signal: AbortSignal,
): Promise<Outcome> {
  const { connector, connection } = callee
  const { clock, outbound, throttles } = surroundings
  const limit = connection.throttle === undefined ? connector.throttle : connection.throttle
  if ((await throttles.enter(connection.id, limit, signal)) === 'given up') return givenUp
  const startedAt = clock.now()
  const answer = await outbound.send({ ...sendable(request), signal })
  surroundings.onExchange?.({
    connector: connector.name,
    operationId: callee.operation?.operationId ?? '',
    connection: connection.id,
    request: request.record,
    ...(answer.answered ? { status: answer.status } : {}),
    durationMs: clock.now() - startedAt,
  })
  const redact = createRedactor(secretsOf(connector, connection))
  if (!answer.answered) return redactOutcome(failureOutcome(answer), redact)
  const draft = {
    status: answer.status,
    headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    body: answerBody(answer.headers, answer.body),
  }
  applyResponsePolicies(draft, connector, connection, callee.operation)
  return redactOutcome(outcomeOf(draft, clock.now()), redact)
}

/** The part of a request that the client takes. */
export function sendable({ method, url, headers, body, allowedOrigins, credentialHeaders }: BuiltRequest) {
  return { method, url, headers, allowedOrigins, credentialHeaders, ...(body === undefined ? {} : { body }) }
}

/** Services echo what they were sent; nothing secret may reach the history that way. */
export function redactOutcome(outcome: Outcome, redact: Redact): Outcome {
  return redactValue(outcome as Value, redact) as Outcome
}
