/** Who may call a route. Every route is registered with one of these; there is no default. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { serviceErrors } from './errors.ts'
import type { Caller, Keys } from './keys.ts'
import type { Operation } from './openapi.ts'
import { refused } from './problem.ts'
import type { ServiceContext, ServiceDefinition } from './service.ts'

/**
 * `client`: any key in force; `owner`: an owner's key; `user`: a token of a user of the service; `page`: any key
 * or token, also as a cookie; `public`: nobody is asked.
 */
export type Access = 'public' | 'client' | 'owner' | 'user' | 'page'

/** Who may call an operation of a service's own document: its `security` says so, else clients. */
export function accessOf({ security }: Operation): 'public' | 'client' | 'user' {
  if (security === undefined) return 'client'
  if (security.length === 0) return 'public'
  return security.some((scheme) => Object.hasOwn(scheme, 'user')) ? 'user' : 'client'
}

export interface AccessCheck {
  /** @throws 401 without a key in force, 403 with a client's key where an owner's is needed */
  callerOf(request: FastifyRequest, access: Access): Caller
  /** On the first visit with `?api_key=`: keeps the key in a cookie and answers the same place without it. */
  rememberInCookie(request: FastifyRequest, reply: FastifyReply): string | undefined
}

const pageKey = 'api_key'

/** Finds the caller where the service's definition says; `/local/*` and pages also take the usual places. */
export function createAccess(
  definition: ServiceDefinition,
  keys: Keys,
  context: ServiceContext,
): AccessCheck {
  const { auth, name } = definition
  const cookie = `flowstead_${name}`
  const presented = (request: FastifyRequest, access: Access): string | undefined => {
    if (access === 'user') return bearerOf(request)
    const own = ownKey(request, auth)
    if (own !== undefined || access === 'client') return own
    const usual = headerOf(request, 'x-api-key') ?? bearerOf(request)
    if (usual !== undefined || access === 'owner') return usual
    return queryOf(request, pageKey) ?? cookieOf(request, cookie)
  }
  const userOf = (token: string): Caller | undefined => {
    const userId = definition.userOfToken?.(token, context)
    return userId === undefined ? undefined : { keyId: `user ${userId}`, role: 'client', userId }
  }
  const find = (key: string, access: Access): Caller | undefined => {
    const caller = access === 'user' ? undefined : keys.callerOf(key)
    return caller ?? (access === 'user' || access === 'page' ? userOf(key) : undefined)
  }
  return {
    callerOf(request, access) {
      if (access === 'public') return { keyId: `address ${request.ip}`, role: 'client' }
      const key = presented(request, access)
      const caller = key === undefined ? undefined : find(key, access)
      if (caller === undefined) throw unauthorized(definition, key, access)
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
  const { in: place, name: own, orQuery } = definition.auth
  const keyNames = new Set([...(place === 'query' ? [own] : []), ...(orQuery === undefined ? [] : [orQuery])])
  const entries = Object.entries(query as Record<string, unknown>)
  return Object.fromEntries(entries.filter(([name]) => !keyNames.has(name)))
}

function ownKey(request: FastifyRequest, auth: ServiceDefinition['auth']): string | undefined {
  if (auth.in === 'query') return queryOf(request, auth.name)
  const inHeader = auth.scheme === 'Bearer' ? bearerOf(request) : headerOf(request, auth.name)
  return inHeader ?? (auth.orQuery === undefined ? undefined : queryOf(request, auth.orQuery))
}

function unauthorized({ auth, title }: ServiceDefinition, key: string | undefined, access: Access) {
  if (access === 'user') {
    const message = 'This needs the token of a user who has logged in, as Authorization: Bearer.'
    const fields = [{ field: 'Authorization', rule: key === undefined ? 'required' : 'exists', message }]
    return refused({ status: 401, code: serviceErrors.unauthorized, message, fields })
  }
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
