/**
 * The HTTP side of a service. A request passes, in this order: host check, attempt log, key, throttle, body,
 * rules, idempotency and handler in one transaction, latency, answer. Invariants:
 * 1. What is wrong with a request is known before anything changes, or the transaction is undone.
 * 2. Nothing is answered before its commit.
 */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Access, type AccessCheck, accessOf, queryWithoutKey } from './access.ts'
import type { Answer } from './answer.ts'
import type { Attempt, Attempts } from './attempts.ts'
import { acceptBodies, answerErrors, defaultBodyLimitBytes } from './bodies-and-errors.ts'
import { type Changes, fingerprintOf } from './changes.ts'
import type { Clock } from './clock.ts'
import { docsPage } from './docs-page.ts'
import { serviceErrors } from './errors.ts'
import type { Caller } from './keys.ts'
import type { LocalOperations } from './local-operations.ts'
import { type OpenApi, operationsOf, routePath } from './openapi.ts'
import { addPages, sendPage } from './pages.ts'
import { invalid, problemOf, refused } from './problem.ts'
import type { Handler, ServiceContext, ServiceDefinition } from './service.ts'
import { unstorableTexts } from './unstorable.ts'
import { createValidation, type OperationValidator } from './validation.ts'

export interface AppParts {
  readonly definition: ServiceDefinition
  readonly context: ServiceContext
  readonly access: AccessCheck
  readonly attempts: Attempts
  readonly changes: Changes
  readonly local: LocalOperations
  readonly clock: Clock
  /** Seconds to wait when a key has called too often, else 0. */
  readonly throttle: (keyId: string) => Promise<number>
  /** Every answer of the API is held back this long, ms. */
  readonly latencyMs: number
  readonly host: string
  /** Called after every commit. */
  readonly afterCommit: () => void
  readonly onError: (error: unknown) => void
}

/** Operations with all their arguments in the query need room for a few thousand percent-encoded kanji. */
const headerLimitBytes = 256 * 1024
/** An external id in a path: 500 characters of four bytes, percent-encoded. */
const maxPathPartLength = 6000

/** Builds the application; it does not listen yet. */
export function buildApp(parts: AppParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: parts.definition.bodyLimitBytes ?? defaultBodyLimitBytes,
    http: { maxHeaderSize: headerLimitBytes },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: maxPathPartLength },
  })
  const callers = new WeakMap<FastifyRequest, Caller>()
  const attempts = watchAttempts(app, parts)
  acceptBodies(app)
  answerErrors(app, parts)
  app.addHook('onRequest', async (request) => checkHost(request, parts.host))

  const guard = (access: Access) => async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = parts.access.callerOf(request, access)
    callers.set(request, caller)
    if (access === 'owner' || access === 'page') return
    const waitSeconds = await parts.throttle(caller.keyId)
    if (waitSeconds === 0) return
    void reply.header('retry-after', String(waitSeconds))
    throw refused({
      status: 429,
      code: serviceErrors.tooManyCalls,
      message: `Too many calls with this key; try again in ${waitSeconds} s.`,
    })
  }
  const callerOf = (request: FastifyRequest) => callers.get(request) as Caller
  const routes: RouteParts = { ...parts, app, guard, callerOf, attemptOf: (request) => attempts.get(request) }

  const { definition } = parts
  addOperations(routes, definition.openapi, definition.handlers, 'client')
  addOperations(routes, parts.local.document, parts.local.handlers, 'owner')
  addPublicRoutes(app, definition, parts.local.document)
  addPages(app, { ...parts, guard: guard('page'), callerOf, attemptOf: routes.attemptOf })
  return app
}

interface RouteParts extends AppParts {
  readonly app: FastifyInstance
  readonly guard: (access: Access) => (request: FastifyRequest, reply: FastifyReply) => Promise<void>
  readonly callerOf: (request: FastifyRequest) => Caller
  readonly attemptOf: (request: FastifyRequest) => Attempt | undefined
}

function addOperations(
  parts: RouteParts,
  document: OpenApi,
  handlers: Readonly<Record<string, Handler>>,
  audience: 'client' | 'owner',
): void {
  const validatorOf = createValidation(document)
  const checks = audience === 'owner' || parts.definition.validation !== 'own'
  for (const { method, path, operation } of operationsOf(document)) {
    const handler = handlers[operation.operationId] as Handler
    const access = audience === 'owner' ? audience : accessOf(operation)
    const isRead = method === 'get' || operation['x-effect'] === 'read'
    const perform = createPerform(parts, {
      handler,
      validator: checks ? validatorOf(operation) : undefined,
      isRead,
      access,
    })
    parts.app.route({
      method: method.toUpperCase(),
      url: routePath(path),
      onRequest: parts.guard(access),
      handler: async (request, reply) => {
        const answer = perform(request)
        if (access !== 'owner' && parts.latencyMs > 0) await pause(parts.clock, parts.latencyMs)
        return sendAnswer(reply, answer)
      },
    })
  }
}

interface OperationParts {
  readonly handler: Handler
  /** `undefined` when the handler checks by itself. */
  readonly validator: OperationValidator | undefined
  readonly isRead: boolean
  readonly access: Exclude<Access, 'page'>
}

/** How one operation turns a request into an answer. */
function createPerform(
  parts: RouteParts,
  { access, handler, isRead, validator }: OperationParts,
): (request: FastifyRequest) => Answer & { readonly isReplay?: boolean } {
  const { attemptOf, callerOf, changes, context, definition } = parts
  const answerCall = (request: FastifyRequest): Answer => {
    const call = {
      params: { ...(request.params as Record<string, unknown>) },
      query: queryWithoutKey(definition, request.query),
      body: request.body,
      headers: request.headers,
      userId: callerOf(request).userId,
    }
    const problems = validator?.request(call) ?? []
    if (problems.length > 0) throw invalid(problems)
    const unstorable = unstorableTexts(call.params, call.query, call.body)
    if (unstorable.length > 0) throw invalid(unstorable)
    return handler({ ...context, ...call })
  }
  if (isRead) return answerCall
  return (request) => {
    const attempt = attemptOf(request)
    const note = (answer: Answer, source: 'performed' | 'replayed' = 'performed'): Answer => {
      if (attempt !== undefined) parts.attempts.note(attempt, answer.status, source)
      return answer
    }
    const { answer, isReplay } = changes.perform(
      {
        callerId: callerOf(request).keyId,
        // Answers to owners and to logins may hold a new key or token, which must not be kept.
        key: access === 'owner' || access === 'public' ? null : idempotencyKeyOf(request),
        fingerprint: fingerprintOf([
          request.method,
          request.url.split('?')[0],
          Object.entries(queryWithoutKey(definition, request.query)).sort(([a], [b]) => (a < b ? -1 : 1)),
          request.body ?? null,
        ]),
      },
      () => note(answerCall(request)),
      (error) => note(refusalOf(error, definition)),
    )
    if (isReplay) note(answer, 'replayed')
    else parts.afterCommit()
    return { ...answer, isReplay }
  }
}

function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw refused({
    status: 400,
    code: serviceErrors.badKey,
    message: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    fields: [{ field: 'Idempotency-Key', rule: 'format', message: 'Use 1 to 255 visible ASCII characters.' }],
  })
}

function refusalOf(error: unknown, definition: ServiceDefinition): Answer {
  const problem = problemOf(error)
  if (problem === undefined) throw error
  return { status: problem.status, body: definition.problemBody(problem) }
}

function sendAnswer(reply: FastifyReply, answer: Answer & { readonly isReplay?: boolean }): FastifyReply {
  void reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.isReplay === true) void reply.header('idempotent-replayed', 'true')
  return answer.body === undefined ? reply.send() : reply.send(answer.body)
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve))
}

/** Follows every attempt to change something; `/local/*` is not logged, so that looking leaves no trace. */
function watchAttempts(
  app: FastifyInstance,
  { attempts }: AppParts,
): { get(request: FastifyRequest): Attempt | undefined } {
  const open = new WeakMap<FastifyRequest, Attempt>()
  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?')[0] ?? '/'
    if (request.method === 'GET' || request.method === 'HEAD' || path.startsWith('/local/')) return
    const key = request.headers['idempotency-key']
    open.set(
      request,
      attempts.begin({ method: request.method, path, key: typeof key === 'string' ? key : null }),
    )
  })
  app.addHook('onRequestAbort', async (request) => {
    const attempt = open.get(request)
    if (attempt?.outcome === 'open') attempts.end(attempt, 'aborted')
  })
  app.addHook('onResponse', async (request, reply) => {
    const attempt = open.get(request)
    if (attempt?.outcome !== 'open') return
    attempt.status = reply.statusCode
    attempts.end(attempt, 'finished')
  })
  return open
}

/** A name that is not this machine's would let a page from elsewhere talk to a service on loopback. */
function checkHost(request: FastifyRequest, host: string): void {
  const name = request.hostname.replace(/^\[|\]$/g, '')
  if (['127.0.0.1', 'localhost', '::1', host].includes(name) || host === '0.0.0.0' || host === '::') return
  throw refused({ status: 421, code: serviceErrors.wrongHost, message: 'This host name is not served here.' })
}

function addPublicRoutes(app: FastifyInstance, definition: ServiceDefinition, local: OpenApi): void {
  const { openapi, name, title } = definition
  const document: OpenApi = {
    ...openapi,
    servers: [{ url: '/' }],
    paths: { ...openapi.paths, ...local.paths },
  }
  app.get('/health', async () => ({ status: 'ok', name, title, version: openapi.info.version }))
  app.get('/openapi.json', async () => document)
  app.get('/docs', async (_request, reply) =>
    sendPage(reply, docsPage(document, definition.pages?.[0]?.path)),
  )
}
