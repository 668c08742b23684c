import type { Clock } from '@flowstead/runner'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { type Logger, pino } from 'pino'
import type { Parts } from '../assemble.ts'
import type { DataFolder } from '../data-folder.ts'
import type { ServiceDesk } from '../services/service-desk.ts'
import { guardRoutes } from './access.ts'
import { registerConnectionRoutes } from './api-connections.ts'
import { registerEventRoutes } from './api-events.ts'
import { registerFlowRoutes } from './api-flows.ts'
import { registerRunRoutes } from './api-runs.ts'
import { registerServerRoutes } from './api-server.ts'
import { registerCallbackRoutes } from './callback-routes.ts'
import { answerErrors } from './errors.ts'
import { registerPageRoutes } from './page-routes.ts'
import { createSignIn } from './sign-in.ts'
import { registerTriggerRoutes } from './trigger-routes.ts'

export interface AppParts {
  readonly parts: Parts
  readonly data: DataFolder
  readonly desk: ServiceDesk
  readonly clock: Clock
  readonly token: string
  readonly publicHosts: readonly string[]
  readonly version: string
  readonly url: () => string
  /** False while runs of an earlier process are being taken up; requests that start or change things wait outside. */
  readonly isReady: () => boolean
  readonly stop: () => void
  readonly logger: Logger
}

/** Bytes of a trigger's or callback's body. */
const bodyLimit = 10 * 1024 * 1024
/** ms a caller is kept waiting for a Response action, as the hosted service does. */
const answerWithinMs = 120_000

/** The server's HTTP surface. */
export function createApp({
  parts,
  data,
  desk,
  clock,
  token,
  publicHosts,
  version,
  url,
  isReady,
  stop,
  logger,
}: AppParts): FastifyInstance {
  const {
    book,
    callers,
    catalog,
    connections,
    ends,
    events,
    firings,
    flows,
    library,
    outbound,
    runner,
    signer,
    urlOf,
    webhooks,
  } = parts
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 2000 },
  })
  acceptEmptyBodies(app)
  const signIn = createSignIn()
  guardRoutes(app, { token, publicHosts, isSignedIn: signIn.isSignedIn })
  answerErrors(app)
  app.addHook('onRequest', (request, reply, done) => {
    if (isReady() || request.routeOptions.config.access === 'public') return done()
    return reply
      .code(503)
      .header('retry-after', '1')
      .send({ error: { code: 'Server.Starting', message: 'The server is starting.' } })
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header('referrer-policy', 'no-referrer').header('x-content-type-options', 'nosniff')
    done()
  })

  const journal = data.store.read
  registerServerRoutes(app, {
    version,
    data: data.path,
    desk,
    flows,
    url,
    startedAt: clock.now(),
    outbound,
    stop,
  })
  registerFlowRoutes(app, { book, flows, firings, urlOf })
  registerRunRoutes(app, {
    book,
    runner,
    firings,
    journal,
    eventOf: data.store.events.ofRun,
    untilEnded: ends.untilEnded,
  })
  registerEventRoutes(app, { book, events, table: data.store.events })
  registerPageRoutes(app, { book, catalog, table: data.store.events, signIn, url })
  registerConnectionRoutes(app, { connections, library, clock })
  registerCallbackRoutes(app, { runner, journal, plan: book.plan, bodyLimit })
  registerTriggerRoutes(app, {
    book,
    firings,
    events,
    runner,
    callers,
    signer,
    subscriptionSecret: webhooks.secret,
    journal,
    bodyLimit,
    answerWithinMs,
  })
  return app
}

/** Commands such as "cancel" need no body, also when the client says it sends JSON. */
function acceptEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

/** Warnings and worse, on stderr; requests are logged without their query, which may hold a signature. */
export function createLogger(): Logger {
  return pino(
    {
      level: 'warn',
      base: null,
      serializers: {
        req: (request: { method?: string; url?: string }) => ({
          method: request.method,
          path: request.url?.split('?')[0],
        }),
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
