import type { ObjectValue } from '@flowstead/expressions'
import { connectorError } from './codes.ts'
import { type Connection, connectionValue } from './connection.ts'
import type { Connector } from './library/connector.ts'
import { arrayAt, member, objectAt, textAt } from './library/json.ts'
import type { Operation } from './library/operation.ts'
import { type Draft, setDraftHeader } from './request/draft.ts'

/**
 * Puts the connection's credentials where the definition says. An API key goes out exactly as it was typed:
 * definitions that want a prefix tell the user to type it.
 * @returns where the request now carries credentials
 * @throws `Connector.CredentialMissing`
 */
export function applyAuthentication(
  draft: Draft,
  connector: Connector,
  connection: Connection,
  operation: Operation | undefined,
): CredentialPlaces {
  const schemes = schemesFor(connector, operation)
  const places = schemes.map((scheme) => applyScheme(draft, scheme, { connector, connection }))
  const isOauth = schemes.some((scheme) => textAt(scheme, 'type') === 'oauth2') || hasOauthSetting(connector)
  if (isOauth) places.push(applyBearer(draft, connector, connection))
  return {
    headers: places.flatMap(({ headers }) => headers),
    queries: places.flatMap(({ queries }) => queries),
  }
}

/** Names of the headers and query parameters that hold a credential. */
export interface CredentialPlaces {
  readonly headers: readonly string[]
  readonly queries: readonly string[]
}

const nowhere: CredentialPlaces = { headers: [], queries: [] }
const inHeader = (name: string): CredentialPlaces => ({ headers: [name], queries: [] })

interface Credentials {
  readonly connector: Connector
  readonly connection: Connection
}

/** The definitions the operation names, else the document, else all. */
function schemesFor(connector: Connector, operation: Operation | undefined): readonly ObjectValue[] {
  const definitions = objectAt(connector.document, 'securityDefinitions')
  const own = member(operation?.raw, 'security')
  const named = Array.isArray(own) ? own : arrayAt(connector.document, 'security')
  const names = named.flatMap((requirement) => Object.keys(requirement ?? {}))
  if (names.length === 0 && Array.isArray(own)) return []
  const chosen = names.length > 0 ? names : Object.keys(definitions)
  return [...new Set(chosen)].map((name) => objectAt(definitions, name))
}

function applyScheme(draft: Draft, scheme: ObjectValue, credentials: Credentials): CredentialPlaces {
  const type = textAt(scheme, 'type')
  if (type === 'basic') return applyBasic(draft, credentials)
  return type === 'apiKey' ? applyApiKey(draft, scheme, credentials) : nowhere
}

function applyApiKey(draft: Draft, scheme: ObjectValue, credentials: Credentials): CredentialPlaces {
  const name = textAt(scheme, 'name') ?? ''
  const parameter = apiKeyParameter(credentials.connector)
  // Without such a parameter the key comes from a policy or from a parameter of the operation.
  if (parameter === undefined || name === '') return nowhere
  const key = credentialOf(credentials, parameter)
  if (textAt(scheme, 'in') === 'query') {
    draft.query = [...draft.query.filter(([other]) => other !== name), [name, key]]
    return { headers: [], queries: [name] }
  }
  setDraftHeader(draft, name, key)
  return inHeader(name)
}

function apiKeyParameter(connector: Connector): string | undefined {
  const named = connector.connectionParameters.find(({ name }) => name.toLowerCase() === 'api_key')
  const secrets = connector.connectionParameters.filter(({ type }) => type.toLowerCase() === 'securestring')
  return named?.name ?? (secrets.length === 1 ? secrets[0]?.name : undefined)
}

function applyBasic(draft: Draft, credentials: Credentials): CredentialPlaces {
  const user = credentialOf(credentials, 'username')
  const password = connectionValue(credentials.connector, credentials.connection, 'password') ?? ''
  setDraftHeader(draft, 'Authorization', basicHeader(user, password))
  return inHeader('Authorization')
}

/** The header of basic authentication. */
export function basicHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

function applyBearer(draft: Draft, connector: Connector, connection: Connection): CredentialPlaces {
  const parameter = connector.connectionParameters.find(({ type }) => type.toLowerCase() === 'oauthsetting')
  const token = credentialOf({ connector, connection }, parameter?.name ?? 'token')
  setDraftHeader(draft, 'Authorization', `Bearer ${token}`)
  return inHeader('Authorization')
}

function hasOauthSetting(connector: Connector): boolean {
  return connector.connectionParameters.some(({ type }) => type.toLowerCase() === 'oauthsetting')
}

function credentialOf({ connector, connection }: Credentials, parameter: string): string {
  const value = connectionValue(connector, connection, parameter)
  if (value !== undefined && value !== '') return value
  throw connectorError(
    'Connector.CredentialMissing',
    `The connection of "${connector.name}" has no value for "${parameter}".`,
    { path: parameter, hint: 'Give it one in the settings of the connection.' },
  )
}
