import { applyAuthentication } from '../auth.ts'
import { type Connection, secretsOf } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation } from '../library/operation.ts'
import { createRedactor } from '../redact.ts'
import { type BuiltRequest, recordOf, urlOf } from './build-request.ts'
import type { Draft } from './draft.ts'
import { allowedOrigins } from './target.ts'

/** A request to an address that an earlier answer gave: a poll, the end of a subscription. */
export interface FollowUp {
  readonly connector: Connector
  readonly connection: Connection
  readonly operation: Operation | undefined
  readonly method: 'GET' | 'DELETE'
  /** Absolute. */
  readonly url: string
  /** `sent` only to the origin the operation itself is called at. */
  readonly credentials: 'sent' | 'kept back'
}

/** Makes the request; no policy applies, the address is final. */
export function followUp({
  connector,
  connection,
  operation,
  method,
  url,
  credentials,
}: FollowUp): BuiltRequest {
  const { origin, pathname, searchParams } = new URL(url)
  const draft: Draft = {
    method,
    originalMethod: method,
    baseUrl: origin,
    path: pathname,
    pathValues: new Map(),
    query: [...searchParams],
    headers: [['Accept', method === 'GET' ? 'application/json' : '*/*']],
    body: undefined,
    warnings: [],
  }
  const places =
    credentials === 'sent'
      ? applyAuthentication(draft, connector, connection, operation)
      : { headers: [], queries: [] }
  const finished = urlOf(draft)
  const redact = createRedactor(secretsOf(connector, connection))
  return {
    method,
    url: finished,
    headers: draft.headers,
    body: undefined,
    allowedOrigins: allowedOrigins(connection.target),
    credentialHeaders: places.headers,
    record: recordOf(draft, { url: finished, redact, credentials: places }),
    warnings: [],
  }
}
