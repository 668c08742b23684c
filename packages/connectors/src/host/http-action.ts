import type { ObjectValue, Value } from '@flowstead/expressions'
import { basicHeader } from '../auth.ts'
import { connectorError } from '../codes.ts'
import { member, objectAt, textAt } from '../library/json.ts'
import { createRedactor } from '../redact.ts'
import { type BuiltRequest, recordOf, setIdempotencyKey } from '../request/build-request.ts'
import { bytesOf } from '../request/content.ts'
import { type Draft, setDraftHeader } from '../request/draft.ts'
import { queryText } from '../request/serialize.ts'
import { pairs, setWrittenBody } from '../request/written-draft.ts'
import { redactOutcome, type Surroundings, sendable } from './exchange.ts'
import type { CallContext } from './host.ts'
import { answerBody, failureOutcome, givenUp, type Outcome, outcomeOf } from './outcome.ts'

/** A request of an HTTP action, and the secrets it carries. */
export interface HttpRequest {
  readonly built: BuiltRequest
  readonly secrets: readonly string[]
}

/**
 * Makes the request of an HTTP action; it reaches no address that is not public.
 * @throws `Connector.ParameterMissing`, `Connector.AuthenticationNotSupported`
 */
function buildHttpRequest(request: ObjectValue, idempotencyKey: string): HttpRequest {
  const [uri, draft] = httpDraft(request)
  const body = member(request, 'body')
  if (body !== undefined && body !== null && body !== '') setWrittenBody(draft, body)
  const cookie = textAt(request, 'cookie')
  if (cookie !== undefined && cookie !== '') setDraftHeader(draft, 'Cookie', cookie)
  const secrets = authenticate(draft, member(request, 'authentication'))
  setIdempotencyKey(draft, idempotencyKey)
  const url = withQuery(uri, draft)
  const redact = createRedactor(secrets)
  const built: BuiltRequest = {
    method: draft.method,
    url,
    headers: draft.headers,
    body: draft.body === undefined ? undefined : bytesOf(draft.body),
    allowedOrigins: [],
    credentialHeaders: ['authorization', 'cookie'],
    record: recordOf(draft, { url, redact, credentials: { headers: [], queries: [] } }),
    warnings: [],
  }
  return { built, secrets }
}

function httpDraft(request: ObjectValue): readonly [uri: string, draft: Draft] {
  const uri = textAt(request, 'uri') ?? ''
  if (uri === '')
    throw connectorError('Connector.ParameterMissing', 'The action has no URI.', { path: 'inputs.uri' })
  const method = (textAt(request, 'method') ?? 'GET').toUpperCase()
  const draft: Draft = {
    method,
    originalMethod: method,
    baseUrl: '',
    path: '',
    pathValues: new Map(),
    query: pairs(objectAt(request, 'queries')),
    headers: pairs(objectAt(request, 'headers')),
    body: undefined,
    warnings: [],
  }
  return [uri.trim(), draft]
}

/** Adds the queries before the fragment, which is never sent. */
function withQuery(uri: string, draft: Draft): string {
  const [address = ''] = uri.split('#', 1)
  const query = queryText(draft.query)
  if (query === '') return address
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}

/** Kinds of authentication by lower-cased name; each gives the secrets it used. */
const kinds: ReadonlyMap<string, (draft: Draft, authentication: Value) => readonly string[]> = new Map([
  ['none', () => []],
  [
    'basic',
    (draft, authentication) => {
      const password = textAt(authentication, 'password') ?? ''
      setDraftHeader(draft, 'Authorization', basicHeader(textAt(authentication, 'username') ?? '', password))
      return [password]
    },
  ],
  [
    'raw',
    (draft, authentication) => {
      const value = textAt(authentication, 'value') ?? ''
      setDraftHeader(draft, 'Authorization', value)
      return [value]
    },
  ],
  ['apikey', apiKey],
])

/** Not a kind of the platform's HTTP action, but exports of its designers have it. */
function apiKey(draft: Draft, authentication: Value): readonly string[] {
  const name = textAt(authentication, 'name') ?? 'X-API-Key'
  const value = textAt(authentication, 'value') ?? ''
  if (textAt(authentication, 'in')?.toLowerCase() === 'query') draft.query.push([name, value])
  else setDraftHeader(draft, name, value)
  return [value]
}

function authenticate(draft: Draft, authentication: Value | undefined): readonly string[] {
  const kind = textAt(authentication, 'type') ?? 'None'
  const apply = kinds.get(kind.toLowerCase())
  if (apply !== undefined && authentication !== undefined) return apply(draft, authentication)
  if (kind === 'None') return []
  throw connectorError(
    'Connector.AuthenticationNotSupported',
    `The authentication "${kind}" is not supported.`,
    {
      path: 'inputs.authentication.type',
      hint: 'Get a token first and use the kind "Raw".',
    },
  )
}

/** Performs an HTTP action. */
export async function performHttp(
  surroundings: Surroundings,
  request: ObjectValue,
  { idempotencyKey, signal }: CallContext,
): Promise<Outcome> {
  const { built, secrets } = buildHttpRequest(request, idempotencyKey)
  if (signal.aborted) return givenUp
  const startedAt = surroundings.clock.now()
  const answer = await surroundings.outbound.send({ ...sendable(built), signal })
  surroundings.onExchange?.({
    connector: '',
    operationId: 'Http',
    connection: '',
    request: built.record,
    ...(answer.answered ? { status: answer.status } : {}),
    durationMs: surroundings.clock.now() - startedAt,
  })
  const outcome = answer.answered
    ? outcomeOf({ ...answer, body: answerBody(answer.headers, answer.body) }, surroundings.clock.now())
    : failureOutcome(answer)
  return redactOutcome(outcome, createRedactor(secrets))
}
