import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signed trigger addresses: `/t/<flow id>/<trigger>?sp=…&sv=1.0&sig=…`. The signature is an HMAC-SHA256 over
 * path, `sp` and `sv` with a key of the flow's own, so that an address opens exactly one trigger.
 */
const version = '1.0'

/** Path and query of a trigger's address. */
export function triggerPath(flowId: string, trigger: string, key: Buffer): string {
  const path = `/t/${encodeURIComponent(flowId)}/${encodeURIComponent(trigger)}`
  const permission = `/triggers/${trigger}/run`
  const query = new URLSearchParams({
    sp: permission,
    sv: version,
    sig: sign(flowId, trigger, permission, key),
  })
  return `${path}?${query}`
}

/** Whether `query` carries the signature of this trigger; compared in constant time. */
export function isSigned(flowId: string, trigger: string, query: SignedQuery, key: Buffer): boolean {
  if (query.sv !== version || typeof query.sp !== 'string' || typeof query.sig !== 'string') return false
  const wanted = Buffer.from(sign(flowId, trigger, query.sp, key))
  const given = Buffer.from(query.sig)
  return (
    query.sp === `/triggers/${trigger}/run` &&
    given.length === wanted.length &&
    timingSafeEqual(given, wanted)
  )
}

/** The query members that make up the signature; they are not part of the trigger's outputs. */
export interface SignedQuery {
  readonly sp?: unknown
  readonly sv?: unknown
  readonly sig?: unknown
}

/** Query parameters that never reach the flow. */
export const signatureParameters: ReadonlySet<string> = new Set(['sp', 'sv', 'sig', 'api-version'])

function sign(flowId: string, trigger: string, permission: string, key: Buffer): string {
  return createHmac('sha256', key)
    .update(`${flowId}\n${trigger}\n${permission}\n${version}`)
    .digest('base64url')
}
