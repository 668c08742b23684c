import type { RequestPolicy } from './apply-policies.ts'
import { policyParameter } from './policy.ts'
import { policyText } from './policy-text.ts'

/**
 * Replaces the path below the base URL and, where it says so, the method. Variables take the values of the
 * original path; a query in the new path wins over the call's.
 */
export const routeRequestToEndpoint: RequestPolicy = (draft, policy, { scope }) => {
  const template = policyParameter(policy, 'newPath') ?? ''
  const filled = template.replace(
    /\{([^{}@]*)\}/g,
    (whole, name: string) => draft.pathValues.get(name) ?? whole,
  )
  const [path = '', query = ''] = policyText(filled, scope).text.split(/\?(.*)/s)
  draft.path = path.startsWith('/') ? path : `/${path}`
  const own = [...new URLSearchParams(query)]
  const names = new Set(own.map(([name]) => name))
  draft.query = [...draft.query.filter(([name]) => !names.has(name)), ...own]
  const method = policyText(policyParameter(policy, 'httpMethod') ?? '', scope).text.trim()
  if (method !== '') draft.method = method.toUpperCase()
}
