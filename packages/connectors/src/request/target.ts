import { connectorError } from '../codes.ts'
import type { Target } from '../connection.ts'

/**
 * The URL at the connection's target: for local services and mocks another origin, the same path and query.
 * @throws `Connector.InvalidHost` when the target is this server
 */
export function urlAtTarget(url: string, target: Target): string {
  if (target.kind === 'real') return url
  if (target.kind === 'server') {
    throw connectorError(
      'Connector.InvalidHost',
      'The connection goes to this server, which only native operations read.',
      {
        hint: 'Give the connection the target real, local:<service> or mock:<origin>.',
      },
    )
  }
  const rest = /^[a-z]+:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? ''
  return `${target.origin.replace(/\/+$/, '')}${rest}`
}

/** The origin a request to this target may reach whatever its address. */
export function allowedOrigins(target: Target): readonly string[] {
  return target.kind === 'local' || target.kind === 'mock' ? [target.origin] : []
}
