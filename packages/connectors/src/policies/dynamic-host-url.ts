import { quoted } from '@flowstead/errors'
import { checkUrl } from '@flowstead/outbound'
import { connectorError } from '../codes.ts'
import type { RequestPolicy } from './apply-policies.ts'
import { policyParameter } from './policy.ts'
import { policyText } from './policy-text.ts'

/**
 * Replaces scheme, host and base path. A template without path keeps the base path of the definition: twenty
 * public connectors give only the host there and rely on it.
 */
export const dynamicHostUrl: RequestPolicy = (draft, policy, { connector, connection, scope }) => {
  const { text, missing } = policyText(policyParameter(policy, 'urlTemplate') ?? '', scope)
  if (missing.length > 0) {
    // The origin of a local service or a mock comes later and needs no host of a tenant.
    if (connection.target.kind !== 'real') return
    throw connectorError(
      'Connector.PolicyValueMissing',
      `The host of "${connector.name}" needs "${missing[0]}".`,
      {
        path: policy.title,
      },
    )
  }
  const checked = checkUrl(withOneScheme(text))
  if (checked.url === undefined) {
    throw connectorError('Connector.InvalidHost', `${quoted(text)} cannot be called. ${checked.problem}`, {
      path: policy.title,
    })
  }
  const { origin, pathname } = checked.url
  const ownBase = pathname === '/' ? new URL(draft.baseUrl).pathname : pathname
  draft.baseUrl = `${origin}${ownBase.replace(/\/+$/, '')}`
}

/** People type the whole address where the template adds `https://` itself. */
function withOneScheme(text: string): string {
  const address = text.trim().replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '')
  return /^https?:\/\//i.test(address) ? address : `https://${address}`
}
