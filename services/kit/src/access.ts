/** Who may call a route. Every route is registered with one of these; there is no default. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { serviceErrors } from './errors.ts'
import type { Caller, Keys } from './keys.ts'
import { refused } from './problem.ts'
import type { ServiceDefinition } from './service.ts'

/** `client`: any key in force; `owner`: an owner's key; `page`: any key, also as a cookie; `public`: nobody asked. */
export type Access = 'public' | 'client' | 'owner' | 'page'

export interface AccessCheck {
  /** @throws 401 without a key in force, 403 with a client's key where an owner's is needed */
  callerOf(request: FastifyRequest, access: Exclude<Access, 'public'>): Caller
  /** On the first visit with `?api_key=`: keeps the key in a cookie and answers the same place without it. */
  rememberInCookie(request: FastifyRequest, reply: FastifyReply): string | undefined
}

const pageKey = 'api_key'

/** Finds the caller where the service's definition says; `/local/*` and pages also take the usual places. */
export function createAccess(definition: ServiceDefinition, keys: Keys): AccessCheck {
  const { auth, name } = definition
  const cookie = `flowstead_${name}`
  const presented = (request: FastifyRequest, access: Access): string | undefined => {
    const own = auth.in === 'query' ? queryOf(request, auth.name) : headerOf(request, auth.name)
    if (own !== undefined || access === 'client') return own
    const usual = headerOf(request, 'x-api-key') ?? bearerOf(request)
    if (usual !== undefined || access === 'owner') return usual
    return queryOf(request, pageKey) ?? cookieOf(request, cookie)
  }
  return {
    callerOf(request, access) {
      const key = presented(request, access)
      const caller = key === undefined ? undefined : keys.callerOf(key)
      if (caller === undefined) throw unauthorized(definition, key)
      if (access === 'owner' && caller.role !== 'owner') throw ownerOnly()
      return caller
    },
    rememberInCookie(request, reply) {
      const key = queryOf(request, pageKey)
      if (key === undefined) return undefined
      void reply.header('set-cookie', `${cookie}=${key}; Path=/; HttpOnly; SameSite=Strict`)
      return request.url.split('?')[0] ?? '/'
    },
  }
}

/** The query as a plain record without the key. */
export function queryWithoutKey(definition: ServiceDefinition, query: unknown): Record<string, unknown> {
  const entries = Object.entries(query as Record<string, unknown>)
  return Object.fromEntries(
    entries.filter(([name]) => definition.auth.in !== 'query' || name !== definition.auth.name),
  )
}

function unauthorized({ auth, title }: ServiceDefinition, key: string | undefined) {
  const place = auth.in === 'query' ? `query parameter "${auth.name}"` : `header "${auth.name}"`
  return refused({
    status: 401,
    code: serviceErrors.unauthorized,
    message:
      key === undefined ? `${title} needs an API key in the ${place}.` : 'This API key is not in force.',
    fields: [
      {
        field: auth.name,
        rule: key === undefined ? 'required' : 'exists',
        message: `Send an API key in the ${place}.`,
      },
    ],
  })
}

function ownerOnly() {
  return refused({ status: 403, code: serviceErrors.ownerOnly, message: 'This needs the key of an owner.' })
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
}

function queryOf(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (headerOf(request, 'cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1]
}
