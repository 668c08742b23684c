import type { Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { type Connection, connectionValue } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation } from '../library/operation.ts'
import { type Draft, draftHeader } from '../request/draft.ts'
import { dynamicHostUrl } from './dynamic-host-url.ts'
import { type Policy, policiesFor } from './policy.ts'
import type { PolicyScope } from './policy-text.ts'
import { routeRequestToEndpoint } from './route-request-to-endpoint.ts'
import { setHeader } from './set-header.ts'
import { setProperty } from './set-property.ts'
import { setQueryParameter } from './set-query-parameter.ts'

/** What a template does to a request. */
export type RequestPolicy = (draft: Draft, policy: Policy, context: PolicyContext) => void

export interface PolicyContext {
  readonly connector: Connector
  readonly connection: Connection
  readonly scope: PolicyScope
}

/** Templates that change requests, by lower-cased id. */
const requestPolicies: ReadonlyMap<string, RequestPolicy> = new Map([
  ['dynamichosturl', dynamicHostUrl],
  ['dynamicsubdomain', dynamicHostUrl],
  ['routerequesttoendpoint', routeRequestToEndpoint],
  ['setheader', setHeader],
  ['setproperty', setProperty],
  ['setqueryparameter', setQueryParameter],
])

/** Templates that mean nothing to a single request: polling, paging and the state of the connection. */
const withoutEffect = new Set(['pollingtrigger', 'updatenextlink', 'setconnectionstatustounauthenticated'])

/** Templates of answers that are done; see `applyResponsePolicies`. */
const answerPolicies = new Set(['setheader'])

/**
 * Applies the request policies of an operation in their order; each sees the work of the one before.
 * @throws `Connector.PolicyNotSupported` naming the template, before anything is sent
 */
export function applyRequestPolicies(
  draft: Draft,
  connector: Connector,
  connection: Connection,
  operation: Operation | undefined,
): void {
  const operationId = operation?.operationId ?? ''
  refuseUnsupported(connector, operationId)
  const scope = scopeOf(draft, connector, connection)
  for (const policy of policiesFor(connector.policies, 'request', operationId)) {
    requestPolicies.get(policy.template)?.(draft, policy, { connector, connection, scope })
  }
}

function refuseUnsupported(connector: Connector, operationId: string): void {
  const refused = [
    ...policiesFor(connector.policies, 'request', operationId).filter(
      ({ template }) => !requestPolicies.has(template),
    ),
    ...(['response', 'failure'] as const).flatMap((section) =>
      policiesFor(connector.policies, section, operationId).filter(
        ({ template }) => !answerPolicies.has(template),
      ),
    ),
  ].find(({ template }) => !withoutEffect.has(template))
  if (refused === undefined) return
  throw connectorError(
    'Connector.PolicyNotSupported',
    `The operation "${operationId}" of "${connector.name}" needs the policy "${refused.template}", which is not supported.`,
    { path: refused.title },
  )
}

/** Reads the draft as it is at the moment of the question. */
function scopeOf(draft: Draft, connector: Connector, connection: Connection): PolicyScope {
  return {
    connectionParameter: (name) => connectionValue(connector, connection, name),
    query: (name) => draft.query.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
    header: (name) => draftHeader(draft, name),
    body: () => (draft.body?.kind === 'json' ? draft.body.value : undefined),
    originalMethod: draft.originalMethod,
  }
}

/** The headers and body of an answer that policies may change. */
export interface AnswerDraft {
  readonly status: number
  headers: [name: string, value: string][]
  readonly body: Value | undefined
}

/** Applies those of the section that fits the status: `response` below 400, `failure` from there on. */
export function applyResponsePolicies(
  answer: AnswerDraft,
  connector: Connector,
  connection: Connection,
  operation: Operation | undefined,
): void {
  const section = answer.status < 400 ? 'response' : 'failure'
  const draft: Draft = {
    method: '',
    originalMethod: '',
    baseUrl: '',
    path: '',
    pathValues: new Map(),
    query: [],
    headers: answer.headers,
    body: answer.body === undefined ? undefined : { kind: 'json', value: answer.body },
    warnings: [],
  }
  const scope = scopeOf(draft, connector, connection)
  for (const policy of policiesFor(connector.policies, section, operation?.operationId ?? '')) {
    if (policy.template === 'setheader') setHeader(draft, policy, { connector, connection, scope })
  }
  answer.headers = draft.headers
}
