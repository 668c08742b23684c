/** `/local/*`: what the owner of a local service can see and do beside the API it imitates. */
import type { Answer } from './answer.ts'
import { ok } from './answer.ts'
import type { Attempts } from './attempts.ts'
import { serviceErrors } from './errors.ts'
import type { Keys } from './keys.ts'
import { localDocument } from './local-openapi.ts'
import type { OpenApi } from './openapi.ts'
import type { Outbox } from './outbox.ts'
import { invalid, refused } from './problem.ts'
import type { Call, Handler, ServiceDefinition } from './service.ts'
import { withValueAt } from './value-at.ts'

export interface LocalOperations {
  readonly document: OpenApi
  readonly handlers: Readonly<Record<string, Handler>>
}

export interface LocalParts {
  readonly definition: ServiceDefinition
  readonly attempts: Attempts
  readonly outbox: Outbox
  readonly keys: Keys
}

/** The operations every service has. */
export function createLocalOperations(parts: LocalParts): LocalOperations {
  const { attempts, definition, keys, outbox } = parts
  return {
    document: localDocument,
    handlers: {
      listAttempts: ({ query }) => {
        const { after, key, limit, path } = query as {
          after: number
          limit: number
          key?: string
          path?: string
        }
        return ok({ attempts: attempts.list({ after, key, limit, path }) })
      },
      summariseAttempts: () => ok(attempts.summary()),
      listDeliveries: ({ query }) => {
        const { after, limit, state } = query as { after: number; limit: number; state?: string }
        return ok({ deliveries: outbox.deliveries({ after, limit, state }) })
      },
      replayDelivery: ({ params }) => {
        if (outbox.replay(seqOf(params))) return { status: 202, body: { seq: seqOf(params) } }
        throw notFound('settled delivery to an active subscription', 'seq')
      },
      listSubscriptions: (call) => ok({ subscriptions: call.subscriptions.list() }),
      emitEvent: (call) => emit(definition, call),
      seed: (call) => {
        definition.seed?.(call)
        return { status: 204 }
      },
      listKeys: () => ok({ keys: keys.list() }),
      createKey: ({ body }) => {
        const { name, role } = body as { name: string; role?: 'owner' | 'client' }
        return { status: 201, body: keys.create(name, role ?? 'client') }
      },
      revokeKey: ({ params }) => {
        if (keys.revoke((params as { id: string }).id)) return { status: 204 }
        throw notFound('key in force', 'id')
      },
    },
  }
}

function seqOf(params: Readonly<Record<string, unknown>>): number {
  return (params as { seq: number }).seq
}

function notFound(what: string, field: string) {
  const message = `There is no ${what} with this "${field}".`
  return refused({
    status: 404,
    code: serviceErrors.notFound,
    message,
    fields: [{ field, rule: 'exists', message }],
  })
}

function emit({ sampleEvent, title }: ServiceDefinition, call: Call): Answer {
  const { event, set } = call.body as { event: string; set?: Record<string, unknown> }
  const sample = sampleEvent?.(event, call)
  if (sample === undefined) {
    const message =
      sampleEvent === undefined
        ? `${title} sends no events.`
        : `${title} has no sample for the event "${event.slice(0, 60)}".`
    throw invalid([{ field: 'event', rule: 'enum', message }])
  }
  let payload = sample.payload
  for (const [path, value] of Object.entries(set ?? {})) {
    const changed = withValueAt(payload, path.split('.'), value)
    if (changed === undefined) {
      const message = `The payload of "${event}" has no "${path.slice(0, 60)}".`
      throw invalid([{ field: `set.${path}`, rule: 'exists', message }])
    }
    payload = changed.value
  }
  return { status: 202, body: call.publish({ ...sample, payload }) }
}
