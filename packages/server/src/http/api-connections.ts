import type { ConnectorLibrary } from '@flowstead/connectors'
import { FlowsteadError } from '@flowstead/errors'
import type { Clock } from '@flowstead/runner'
import type { FastifyInstance } from 'fastify'
import type { ConnectionBook } from '../connections/connection-book.ts'

export interface ConnectionRoutes {
  readonly connections: ConnectionBook
  readonly library: ConnectorLibrary
  readonly clock: Clock
}

/** `/api/connections…` and `/api/connectors`; secrets go in and never come out. */
export function registerConnectionRoutes(
  app: FastifyInstance,
  { connections, library, clock }: ConnectionRoutes,
): void {
  const config = { config: { access: 'token' as const } }

  app.get('/api/connections', config, async () => ({ schema: 'connections/1', value: connections.list() }))

  app.put('/api/connections/:key', config, async ({ params, body }) => {
    const { connector, target, parameters } = (body ?? {}) as Record<string, unknown>
    if (typeof connector !== 'string' || connector === '') {
      throw new FlowsteadError('Server.BadRequest', 'A connection needs a connector.', { path: 'connector' })
    }
    const saved = { connector, target: targetOf(target), parameters: parametersOf(parameters) }
    return connections.save((params as { key: string }).key, saved, clock.now())
  })

  app.get('/api/connectors', config, async () => {
    const { connectors, problems } = library.loadAll()
    const usable = connectors.map(({ name, title, operations, warnings }) => {
      const triggers = [...operations.values()].filter(({ trigger }) => trigger !== 'none').length
      return {
        name,
        title,
        folder: name,
        operations: operations.size - triggers,
        triggers,
        problems: warnings,
      }
    })
    const broken = problems.map(({ name, message, line, column }) => ({
      name,
      title: name,
      folder: name,
      operations: 0,
      triggers: 0,
      problems: [
        { message, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
      ],
    }))
    return {
      schema: 'connectors/1',
      value: [...usable, ...broken].sort((a, b) => a.name.localeCompare(b.name)),
    }
  })
}

function targetOf(target: unknown): string {
  if (target === undefined) return 'real'
  if (typeof target === 'string' && /^(real|local:\w+|mock(:https?:\/\/.+)?)$/.test(target)) return target
  throw new FlowsteadError('Server.BadRequest', 'The target is none that is known.', {
    path: 'target',
    hint: 'It is real, local:<service>, local:server or mock:<origin>.',
  })
}

function parametersOf(parameters: unknown): Record<string, unknown> {
  if (parameters === undefined) return {}
  if (typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)) {
    return parameters as Record<string, unknown>
  }
  throw new FlowsteadError('Server.BadRequest', 'The parameters are not an object.', { path: 'parameters' })
}
