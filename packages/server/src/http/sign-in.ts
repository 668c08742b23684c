/**
 * Lets a browser in without the token: a link that works once is exchanged for a cookie of this process. The
 * cookie opens pages, never the API.
 */
import { createHash, randomBytes } from 'node:crypto'

export interface SignIn {
  /** Path that signs a browser in, once, and shows `to` then. */
  link(to: string): string
  /** The cookie to set and where to go; `undefined` when the code was used or never given. */
  redeem(code: string): { readonly cookie: string; readonly to: string } | undefined
  /** Whether the `cookie` header holds one of this process. */
  isSignedIn(cookies: string | undefined): boolean
}

/** Links given and not used; older ones stop working. */
const maxLinks = 1000

export function createSignIn(): SignIn {
  const targets = new Map<string, string>()
  const session = randomBytes(32).toString('base64url')
  // Cookies do not know ports: two servers of one machine must not replace each other's.
  const name = `flowstead_${createHash('sha256').update(session).digest('hex').slice(0, 12)}`
  return {
    link(to) {
      const code = randomBytes(32).toString('base64url')
      const oldest = targets.keys().next()
      if (targets.size >= maxLinks && !oldest.done) targets.delete(oldest.value)
      targets.set(code, to)
      return `/k/${code}`
    },
    redeem(code) {
      const to = targets.get(code)
      if (to === undefined) return undefined
      targets.delete(code)
      return { cookie: `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`, to }
    },
    isSignedIn: (cookies = '') => cookies.split(';').some((pair) => pair.trim() === `${name}=${session}`),
  }
}
