import type { Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import { type Connection, connectionValue } from '../connection.ts'
import type { Connector } from '../library/connector.ts'
import type { Operation } from '../library/operation.ts'
import { type Draft, draftHeader } from '../request/draft.ts'
import {
  type BodyPolicy,
  convertArrayToObject,
  convertObjectToArray,
  encodePropertyValue,
  stringReplace,
  stringToArray,
} from './convert-body.ts'
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
  ['setqueryparameter', setQueryParameter],
])

/** Templates that change JSON bodies, of requests and of answers; other bodies stay as they are. */
const bodyPolicies: ReadonlyMap<string, BodyPolicy> = new Map([
  ['convertarraytoobject', convertArrayToObject],
  ['convertobjecttoarray', convertObjectToArray],
  ['encodepropertyvalue', encodePropertyValue],
  ['setproperty', setProperty],
  ['stringreplace', stringReplace],
  ['stringtoarray', stringToArray],
])

/** Templates that mean nothing to a single request: polling, paging and the state of the connection. */
const withoutEffect = new Set(['pollingtrigger', 'updatenextlink', 'setconnectionstatustounauthenticated'])

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
    if (draft.body?.kind === 'json') {
      draft.body = { kind: 'json', value: applyToBody(draft.body.value, policy, scope) }
    }
  }
}

function applyToBody(body: Value, policy: Policy, scope: PolicyScope): Value {
  return bodyPolicies.get(policy.template)?.(body, policy, scope) ?? body
}

/** Sections and the templates that work there. */
const supported: Record<Policy['section'], (template: string) => boolean> = {
  request: (template) => requestPolicies.has(template) || bodyPolicies.has(template),
  response: (template) => template === 'setheader' || bodyPolicies.has(template),
  failure: (template) => template === 'setheader' || bodyPolicies.has(template),
}

function refuseUnsupported(connector: Connector, operationId: string): void {
  const sections = Object.keys(supported) as Policy['section'][]
  const refused = sections
    .flatMap((section) => policiesFor(connector.policies, section, operationId))
    .find(({ section, template }) => !supported[section](template) && !withoutEffect.has(template))
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
  body: Value | undefined
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
    if (draft.body?.kind === 'json') {
      draft.body = { kind: 'json', value: applyToBody(draft.body.value, policy, scope) }
    }
  }
  answer.headers = draft.headers
  answer.body = draft.body?.kind === 'json' ? draft.body.value : answer.body
}
