import { eventStatuses } from '@flowstead/catalog'
import type { EventFilter, StoredEvent } from '@flowstead/store-sqlite'
import type { FastifyInstance } from 'fastify'
import { type EventLog, noSuchEvent } from '../events/event-log.ts'
import { type EventRecords, listedEvent, shownEvent } from '../events/event-record.ts'
import { type Query, statusesOf, wholeOf } from './query.ts'

export interface EventRoutes extends EventRecords {
  readonly events: EventLog
}

const anyId = Number.MAX_SAFE_INTEGER

/** `/api/events…`: what reached webhook triggers, and delivering it once more. */
export function registerEventRoutes(app: FastifyInstance, routes: EventRoutes): void {
  const { events, table } = routes
  const config = { config: { access: 'token' as const } }
  const eventOf = (params: unknown): StoredEvent => {
    const { id } = params as { id: string }
    const event = /^\d{1,15}$/.test(id) ? table.get(Number(id)) : undefined
    if (event === undefined) throw noSuchEvent(id)
    return event
  }

  app.get('/api/events', config, async ({ query }) => ({
    schema: 'events/1',
    value: table.list(filterOf(query as Query)).map((event) => listedEvent(routes, event)),
  }))

  app.get('/api/events/:id', config, async ({ params }) => ({
    schema: 'event/1',
    ...shownEvent(routes, eventOf(params)),
  }))

  app.post('/api/events/:id/replay', config, async ({ params }, reply) => {
    const { event, result } = await events.replay(eventOf(params).id)
    const outcome =
      result.status === 'Skipped' ? { run: null, reason: result.reason } : { run: result.runs[0]?.id }
    return reply.code(202).send({ schema: 'replayed/1', event: listedEvent(routes, event), ...outcome })
  })
}

function filterOf({ before, flow, key, limit, name, status }: Query): EventFilter {
  const statuses = statusesOf(status, eventStatuses)
  return {
    ...(isText(name) ? { name } : {}),
    ...(isText(key) ? { key } : {}),
    ...(isText(flow) ? { flowId: flow } : {}),
    ...(statuses.length > 0 ? { statuses } : {}),
    ...(before === undefined ? {} : { before: wholeOf(before, 'before', 1, anyId) }),
    ...(limit === undefined ? {} : { limit: wholeOf(limit, 'limit', 1, 1000) }),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
