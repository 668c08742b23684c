import { timingSafeEqual } from 'node:crypto'
import { FlowsteadError } from '@flowstead/errors'
import { html } from '@flowstead/service-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../pages/frame.ts'

/**
 * Who may call a route. Every route declares it; one that does not cannot be registered, so that nothing is
 * open by accident.
 *   public  anybody who reaches the port
 *   signed  whoever holds the signed address; the route itself checks the signature
 *   page    a browser that was signed in by a link, or whoever holds the token
 *   token   whoever holds the token of this server
 */
export type Access = 'public' | 'signed' | 'page' | 'token'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

export interface AccessRules {
  readonly token: string
  /** Host names besides loopback under which the server may be called. */
  readonly publicHosts: readonly string[]
  /** Whether a `cookie` header belongs to a browser that was signed in. */
  readonly isSignedIn: (cookies: string | undefined) => boolean
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Makes every route registered afterwards declare its access, and enforces it before the body is read. */
export function guardRoutes(app: FastifyInstance, rules: AccessRules): void {
  const token = Buffer.from(rules.token)
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new FlowsteadError(
        'Server.RouteWithoutAccess',
        `Route ${route.url} does not say who may call it.`,
      )
    }
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (!isKnownHost(request, rules)) {
      refuse(reply, 421, 'Server.UnknownHost', 'This host is not served here.')
    } else if (mayCall(request, rules, token)) done()
    else if (request.routeOptions.config.access === 'page') sendPage(reply.code(401), 'Sign in', signInHelp)
    else refuse(reply, 401, 'Server.Unauthorized', 'This route needs "Authorization: Bearer <token>".')
  })
}

const signInHelp = html`<h1>Sign in</h1>
<p><code>npx flowstead event page</code> prints a link that signs this browser in.</p>`

function mayCall(request: FastifyRequest, { isSignedIn }: AccessRules, token: Buffer): boolean {
  const { access } = request.routeOptions.config
  if (access === 'token') return hasToken(request, token)
  if (access === 'page') return hasToken(request, token) || isSignedIn(request.headers.cookie)
  return true
}

/** DNS rebinding: a page elsewhere can make a browser call loopback, but not under a loopback name. */
function isKnownHost(request: FastifyRequest, { publicHosts }: AccessRules): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  return loopback.test(host) || publicHosts.includes(host)
}

function hasToken(request: FastifyRequest, token: Buffer): boolean {
  const given = Buffer.from(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
  return given.length === token.length && timingSafeEqual(given, token)
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } })
}
