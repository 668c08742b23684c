import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signed trigger addresses: `/t/<flow id>/<trigger>?sp=…&sv=1.0&sig=…`. The signature is an HMAC-SHA256 over
 * path, `sp` and `sv` with a key of the flow's own, so that an address opens exactly one trigger.
 */
export interface TriggerSigner {
  /** Path and query of a trigger's address. */
  path(flowId: string, trigger: string): string
  /** Whether `query` carries the signature of this trigger; compared in constant time. */
  isSigned(flowId: string, trigger: string, query: SignedQuery): boolean
}

/** The query members that make up the signature; they are not part of the trigger's outputs. */
export interface SignedQuery {
  readonly sp?: unknown
  readonly sv?: unknown
  readonly sig?: unknown
}

/** Query parameters that never reach the flow. */
export const signatureParameters: ReadonlySet<string> = new Set(['sp', 'sv', 'sig', 'api-version'])

const version = '1.0'

/** @param keyOf the flow's own signing key */
export function createTriggerSigner(keyOf: (flowId: string) => Buffer): TriggerSigner {
  // There are as many signatures as triggers, and each is asked for with every request.
  const signatures = new Map<string, Map<string, Buffer>>()
  const signatureOf = (flowId: string, trigger: string): Buffer => {
    const ofFlow = signatures.get(flowId) ?? new Map<string, Buffer>()
    signatures.set(flowId, ofFlow)
    const known = ofFlow.get(trigger) ?? sign(keyOf(flowId), flowId, trigger)
    ofFlow.set(trigger, known)
    return known
  }
  return {
    path(flowId, trigger) {
      const path = `/t/${encodeURIComponent(flowId)}/${encodeURIComponent(trigger)}`
      const sig = signatureOf(flowId, trigger).toString()
      return `${path}?${new URLSearchParams({ sp: permission(trigger), sv: version, sig })}`
    },
    isSigned(flowId, trigger, { sp, sv, sig }) {
      if (sv !== version || sp !== permission(trigger) || typeof sig !== 'string') return false
      const wanted = signatureOf(flowId, trigger)
      const given = Buffer.from(sig)
      return given.length === wanted.length && timingSafeEqual(given, wanted)
    },
  }
}

const permission = (trigger: string): string => `/triggers/${trigger}/run`

function sign(key: Buffer, flowId: string, trigger: string): Buffer {
  const text = `${flowId}\n${trigger}\n${permission(trigger)}\n${version}`
  return Buffer.from(createHmac('sha256', key).update(text).digest('base64url'))
}
