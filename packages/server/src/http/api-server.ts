import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Outbound } from '@flowstead/outbound'
import type { FastifyInstance } from 'fastify'
import { localServices, toldService } from '../services/local-services.ts'

export interface ServerRoutes {
  readonly version: string
  readonly data: string
  readonly url: () => string
  readonly startedAt: number
  readonly outbound: Outbound
  /** Begins a graceful stop. */
  readonly stop: () => void
}

/** `/health`, `/api`, `/api/services…`, `/api/stop`. */
export function registerServerRoutes(app: FastifyInstance, routes: ServerRoutes): void {
  const { version, data, url, startedAt, outbound, stop } = routes
  const config = { config: { access: 'token' as const } }

  app.get('/health', { config: { access: 'public' } }, async () => ({ status: 'ok' }))

  app.get('/api', config, async () => ({
    schema: 'server/1',
    version,
    data,
    url: url(),
    startedAt: new Date(startedAt).toISOString(),
    services: runningServices(data),
  }))

  app.get('/api/services', config, async () => ({
    schema: 'services/1',
    value: localServices.map(({ name, title }) => {
      const told = toldService(data, name)
      return { name, title, url: told?.url ?? '', running: told?.url !== undefined }
    }),
  }))

  app.post('/api/services/:name/emit', config, async ({ params, body }, reply) => {
    const { name } = params as { name: string }
    const told = toldService(data, name)
    if (told?.url === undefined) {
      throw new FlowsteadError('Service.NotRunning', `The local service ${quoted(name)} does not run.`, {
        hint: `Start it with "flowstead service start ${name}".`,
      })
    }
    const sent = await outbound.send({
      method: 'POST',
      url: `${told.url}/local/emit`,
      headers: { 'content-type': 'application/json', 'x-api-key': told.key },
      body: JSON.stringify(body ?? {}),
      allowedOrigins: [told.url],
    })
    if (!sent.answered)
      throw new FlowsteadError('Service.NotRunning', `The local service ${quoted(name)} does not answer.`)
    return reply.code(sent.status).type('application/json').send(Buffer.from(sent.body))
  })

  app.post('/api/stop', config, async (_request, reply) => {
    await reply.code(202).send({ status: 'stopping' })
    stop()
    return reply
  })
}

function runningServices(data: string): { name: string; title: string; url: string }[] {
  return localServices.flatMap(({ name, title }) => {
    const url = toldService(data, name)?.url
    return url === undefined ? [] : [{ name, title, url }]
  })
}
