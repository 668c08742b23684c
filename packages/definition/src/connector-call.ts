import { isObject } from '@flowstead/expressions'
import type { ActionDefinition, Flow, TriggerDefinition } from './flow.ts'
import { member, memberAt, textMember } from './json/member.ts'
import { apiName } from './model/api-name.ts'

/** What a trigger or an action asks of a connector, as far as the definition tells. */
export interface ConnectorCall {
  /** Key of the connection reference or of `$connections`; `undefined` when it is computed. */
  readonly connection: string | undefined
  /** Name of the API, such as `shared_vome`. */
  readonly api: string | undefined
  /** `operationId`, or method and path where the type has no operation ids. */
  readonly operation: string | undefined
}

/** The connector call of a trigger or action; `undefined` for types that call no connector. */
export function connectorCallOf(
  flow: Flow,
  { type, raw }: ActionDefinition | TriggerDefinition,
): ConnectorCall | undefined {
  const inputs = member(raw, 'inputs')
  if (type === 'ServiceProvider') return serviceProviderCall(inputs)
  const isConnector = type.startsWith('OpenApiConnection') || type.startsWith('ApiConnection')
  const host = member(inputs, 'host')
  if (!isConnector && !isObject(memberAt(host, 'connection'))) return undefined
  const connection = textMember(host, 'connectionName') ?? connectionKey(host)
  const api = apiName(textMember(host, 'apiId') ?? '') || apiOf(flow, connection)
  return { connection, api, operation: textMember(host, 'operationId') ?? methodAndPath(inputs) }
}

function serviceProviderCall(inputs: ActionDefinition['inputs']): ConnectorCall {
  const configuration = member(inputs, 'serviceProviderConfiguration')
  const provider = textMember(configuration, 'serviceProviderId')
  return {
    connection: textMember(configuration, 'connectionName'),
    api: provider === undefined ? undefined : apiName(provider),
    operation: textMember(configuration, 'operationId'),
  }
}

/** `@parameters('$connections')['key']['connectionId']`, or out of a token in old flows, or `referenceName` in projects. */
function connectionKey(host: ActionDefinition['inputs']): string | undefined {
  const connection = member(host, 'connection')
  const name = textMember(connection, 'name') ?? ''
  return textMember(connection, 'referenceName') ?? /'\$connections'[)\]]\??\['([^']+)'\]/i.exec(name)?.[1]
}

function apiOf(flow: Flow, connection: string | undefined): string | undefined {
  return connection === undefined
    ? undefined
    : (flow.connectionReferences.get(connection)?.api ?? connection.replace(/_\d+$/, ''))
}

function methodAndPath(inputs: ActionDefinition['inputs']): string | undefined {
  const path = textMember(inputs, 'path')
  return path === undefined ? undefined : `${textMember(inputs, 'method') ?? 'get'} ${path}`
}
