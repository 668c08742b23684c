import type { Target } from '../connection.ts'

/** The URL at the connection's target: for local services and mocks another origin, the same path and query. */
export function urlAtTarget(url: string, target: Target): string {
  if (target.kind === 'real') return url
  const rest = /^[a-z]+:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? ''
  return `${target.origin.replace(/\/+$/, '')}${rest}`
}

/** The origin a request to this target may reach whatever its address. */
export function allowedOrigins(target: Target): readonly string[] {
  return target.kind === 'real' ? [] : [target.origin]
}
