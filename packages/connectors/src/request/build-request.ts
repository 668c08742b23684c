import { createHash } from 'node:crypto'
import { type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import type { HeaderList } from '@flowstead/outbound'
import { applyAuthentication, type CredentialPlaces } from '../auth.ts'
import { connectorError } from '../codes.ts'
import { type Connection, secretsOf } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation, Parameter } from '../library/operation.ts'
import { applyRequestPolicies } from '../policies/apply-policies.ts'
import { createRedactor, type Redact, redacted, redactValue } from '../redact.ts'
import { bytesOf } from './content.ts'
import { type Draft, draftHeader, setDraftHeader } from './draft.ts'
import { operationDraft } from './operation-draft.ts'
import { percentEncode, queryText } from './serialize.ts'
import { allowedOrigins, urlAtTarget } from './target.ts'

/** A request ready to be sent, and what may be shown of it. */
export interface BuiltRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderList
  readonly body: Uint8Array | undefined
  /** Origins this request may reach whatever their address. */
  readonly allowedOrigins: readonly string[]
  /** Headers that hold a credential. */
  readonly credentialHeaders: readonly string[]
  readonly record: RequestRecord
  readonly warnings: readonly string[]
}

/** What was sent, without secrets. */
export interface RequestRecord {
  readonly method: string
  readonly uri: string
  readonly headers: ObjectValue
  readonly body?: Value
}

export interface RequestFor {
  readonly connector: Connector
  readonly operation: Operation
  /** The action's flat `parameters`. */
  readonly inputs: ObjectValue
  readonly connection: Connection
  readonly idempotencyKey?: string
  /** Puts values where the flow has none, such as a callback URL. */
  readonly fillIn?: (values: ReadonlyMap<Parameter, Value>) => ReadonlyMap<Parameter, Value>
}

/**
 * The request an operation makes of its flat parameters with a connection.
 * @throws an error of `connectorErrors`; nothing has been sent then
 */
export function buildRequest(request: RequestFor): BuiltRequest {
  refuseScripts(request.connector, request.operation)
  const { connector, operation, inputs, fillIn } = request
  return finishRequest(operationDraft(connector, operation, inputs, fillIn), request)
}

/** Authentication, policies, target and bytes, in this order. */
export function finishRequest(
  draft: Draft,
  request: Pick<RequestFor, 'connector' | 'connection' | 'idempotencyKey'> & {
    readonly operation?: Operation
  },
): BuiltRequest {
  const { connector, connection, operation } = request
  const credentials = applyAuthentication(draft, connector, connection, operation)
  applyRequestPolicies(draft, connector, connection, operation)
  if (request.idempotencyKey !== undefined) setIdempotencyKey(draft, request.idempotencyKey)
  const url = urlAtTarget(urlOf(draft), connection.target)
  const redact = createRedactor(secretsOf(connector, connection))
  return {
    method: draft.method,
    url,
    headers: draft.headers,
    body: draft.body === undefined ? undefined : bytesOf(draft.body),
    allowedOrigins: allowedOrigins(connection.target),
    credentialHeaders: credentials.headers,
    record: recordOf(draft, { url, redact, credentials }),
    warnings: draft.warnings,
  }
}

function refuseScripts(connector: Connector, operation: Operation): void {
  const { scripted } = connector
  if (scripted === 'none' || (scripted !== 'all' && !scripted.has(operation.operationId))) return
  throw connectorError(
    'Connector.ScriptNotSupported',
    `The connector "${connector.name}" runs custom C# code for the operation "${operation.operationId}".`,
    { hint: 'Use a mock for this connection, or call the service with an HTTP action.' },
  )
}

/** The URL of a draft; the encoded path is never encoded again. */
export function urlOf(draft: Draft): string {
  const query = queryText(draft.query)
  return `${draft.baseUrl}${draft.path}${query === '' ? '' : `?${query}`}`
}

/** Every call that may change something carries the key, unless the flow gave one itself. */
export function setIdempotencyKey(draft: Draft, key: string): void {
  if (draft.method === 'GET' || draftHeader(draft, 'idempotency-key') !== undefined) return
  setDraftHeader(draft, 'Idempotency-Key', idempotencyHeader(key))
}

/** A key as a header value: visible ASCII, at most 200 characters. */
export function idempotencyHeader(key: string): string {
  const bytes = [...Buffer.from(key)]
  const text = bytes.map((byte) => (isVisible(byte) ? String.fromCharCode(byte) : percent(byte))).join('')
  return text.length <= 200 ? text : createHash('sha256').update(key).digest('hex')
}

function isVisible(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

interface Shown {
  readonly url: string
  readonly redact: Redact
  readonly credentials: CredentialPlaces
}

/** What the history shows of a request. */
export function recordOf(draft: Draft, { url, redact, credentials }: Shown): RequestRecord {
  const hidden = new Set([
    'authorization',
    'cookie',
    ...credentials.headers.map((name) => name.toLowerCase()),
  ])
  const headers: ObjectValue = {}
  for (const [name, value] of draft.headers) {
    setOwn(headers, name, hidden.has(name.toLowerCase()) ? redacted : redact(value))
  }
  const body = draft.body === undefined ? undefined : redactValue(shownBody(draft.body), redact)
  return {
    method: draft.method,
    uri: redact(hideQueries(url, credentials.queries)),
    headers,
    ...(body === undefined ? {} : { body }),
  }
}

function hideQueries(url: string, names: readonly string[]): string {
  const hidden = new Set(names.map(percentEncode))
  return url.replace(/([?&])([^=&]*)=([^&]*)/g, (pair, start: string, name: string) =>
    hidden.has(name) ? `${start}${name}=${redacted}` : pair,
  )
}

function shownBody(body: NonNullable<Draft['body']>): Value {
  if (body.kind === 'json') return body.value
  return body.kind === 'text' ? body.text : body.shown
}
