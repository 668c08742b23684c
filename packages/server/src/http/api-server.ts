import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Outbound } from '@flowstead/outbound'
import type { FastifyInstance } from 'fastify'
import type { FlowService } from '../flows/flow-service.ts'
import { localServices, toldService } from '../services/local-services.ts'
import type { ServiceDesk } from '../services/service-desk.ts'

export interface ServerRoutes {
  readonly version: string
  readonly data: string
  readonly url: () => string
  readonly startedAt: number
  readonly outbound: Outbound
  readonly desk: ServiceDesk
  readonly flows: Pick<FlowService, 'withoutSubscriptions'>
  /** Begins a graceful stop. */
  readonly stop: () => void
}

/** `/health`, `/api`, `/api/services…`, `/api/stop`. */
export function registerServerRoutes(app: FastifyInstance, routes: ServerRoutes): void {
  const { version, data, url, startedAt, outbound, desk, flows, stop } = routes
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
    if (!localServices.some((service) => service.name === name)) {
      throw new FlowsteadError('Service.Unknown', `There is no local service ${quoted(name)}.`, {
        hint: `There are: ${localServices.map((service) => service.name).join(', ')}.`,
      })
    }
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
    if (sent.status < 400)
      return reply.code(sent.status).type('application/json').send(Buffer.from(sent.body))
    return reply.code(sent.status).send({ error: refusalOf(name, sent.body) })
  })

  app.post('/api/services/:name/stop', config, async ({ params }) => {
    const { name } = params as { name: string }
    await desk.stop(name)
    return { schema: 'stopped/1', service: name }
  })

  app.post('/api/services/:name/reset', config, async ({ params }) => {
    const { name } = params as { name: string }
    // With the data of the service its subscriptions go, so the flows make theirs anew.
    const { url: place } = await flows.withoutSubscriptions(() => desk.reset(name))
    return { schema: 'reset/1', service: name, url: place }
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

/** What a service says of a request it refuses; each has its own form, a message is in all of them. */
function refusalOf(name: string, body: Uint8Array): { code: string; message: string } {
  const said = readJson(Buffer.from(body).toString('utf8'))
  const message = typeof said.message === 'string' ? said.message : 'It does not say why.'
  return { code: 'Service.Refused', message: `The local service "${name}" refused: ${message}` }
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Not JSON: then there is no message to find.
    return {}
  }
}
