import type { Connector, Throttle } from './library/connector.ts'

/**
 * Stored credentials and where calls with them go. Secrets are handed out one by one and only here, so that
 * nothing that is logged or recorded ever holds them.
 */
export interface Connection {
  /** Names the throttle's bucket. */
  readonly id: string
  /** API name or folder name of its connector. */
  readonly connector: string
  /** Parameters that are not secret, by name in any letter case. */
  readonly values: Readonly<Record<string, string>>
  /** A secret parameter by the spelling of the connector. */
  secret(name: string): string | undefined
  readonly target: Target
  /** Replaces the connector's limit; null switches it off. */
  readonly throttle?: Throttle | null
}

/**
 * Where calls go: for local services and mocks the origin, and only it, is replaced after the last policy.
 * `server` is the server that the flows run in: native operations read it, and no request leaves for it.
 */
export type Target =
  | { readonly kind: 'real' }
  | { readonly kind: 'server' }
  | { readonly kind: 'local'; readonly service: string; readonly origin: string }
  | { readonly kind: 'mock'; readonly origin: string }

/** Finds the connection an action means. The server implements it over its stored connections. */
export interface Connections {
  resolve(query: ConnectionQuery): ConnectionAnswer | Promise<ConnectionAnswer>
}

export interface ConnectionQuery {
  readonly flowId: string
  readonly flowVersion: string
  /** Such as `shared_vome`; absent when the action names only a connection. */
  readonly api: string | undefined
  /** Key of the flow's connection references, or the name of a connection. */
  readonly key: string | undefined
}

export type ConnectionAnswer =
  | { readonly connection: Connection; readonly failure?: undefined }
  | {
      readonly connection?: undefined
      readonly failure: { readonly message: string; readonly hint?: string }
    }

/** A parameter of the connection, secret or not, else the connector's default. */
export function connectionValue(
  connector: Connector,
  connection: Connection,
  name: string,
): string | undefined {
  const wanted = name.toLowerCase()
  const declared = connector.connectionParameters.find((parameter) => parameter.name.toLowerCase() === wanted)
  const plain = Object.entries(connection.values).find(([key]) => key.toLowerCase() === wanted)?.[1]
  return plain ?? connection.secret(declared?.name ?? name) ?? declared?.default
}

/** Every secret the connection holds, for redaction. */
export function secretsOf(connector: Connector, connection: Connection): readonly string[] {
  return connector.connectionParameters
    .filter((parameter) => parameter.isSecret)
    .map((parameter) => connection.secret(parameter.name))
    .filter((secret): secret is string => secret !== undefined && secret !== '')
}
