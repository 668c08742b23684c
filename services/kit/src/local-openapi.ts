import type { OpenApi, Parameter, ResponseObject, Schema } from './openapi.ts'

const text: Schema = { type: 'string' }
const optionalText: Schema = { type: ['string', 'null'] }
const count: Schema = { type: 'integer', minimum: 0 }
const optionalCount: Schema = { type: ['integer', 'null'] }

function query(name: string, schema: Schema, description: string): Parameter {
  return { name, in: 'query', schema, description }
}

function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

function listOf(name: string, item: Schema): Schema {
  return object({ [name]: { type: 'array', items: item } })
}

function answer(description: string, schema?: Schema): ResponseObject {
  return schema === undefined ? { description } : { description, content: { 'application/json': { schema } } }
}

const refusals = {
  400: answer('A parameter breaks a rule.'),
  401: answer('No key in force.'),
  403: answer('Not the key of an owner.'),
  404: answer('No such thing.'),
  422: answer('The Idempotency-Key was used with another request.'),
}

const after = query('after', { type: 'integer', minimum: 0, default: 0 }, 'Only what has a greater `seq`.')
const limit = query('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }, 'At most so many.')
const id = (name: string, schema: Schema): Parameter => ({ name, in: 'path', required: true, schema })

/** The document of `/local/*`, the same for every service. */
export const localDocument: OpenApi = {
  openapi: '3.1.0',
  info: { title: 'Local operations', version: '1.0.0', description: 'For the owner of a local service.' },
  paths: {
    '/local/attempts': {
      get: {
        operationId: 'listAttempts',
        summary: 'Every attempt to change something, oldest first.',
        tags: ['local'],
        parameters: [
          after,
          limit,
          query('key', text, 'Only attempts with this Idempotency-Key.'),
          query('path', text, 'Only attempts on this path.'),
        ],
        responses: {
          200: answer(
            'The attempts.',
            listOf(
              'attempts',
              object({
                seq: count,
                at: text,
                method: text,
                path: text,
                key: optionalText,
                status: optionalCount,
                replayed: { type: 'boolean' },
                finished: optionalText,
                outcome: { enum: ['open', 'finished', 'aborted'] },
              }),
            ),
          ),
          ...refusals,
        },
      },
    },
    '/local/attempts/summary': {
      get: {
        operationId: 'summariseAttempts',
        summary: 'How many attempts there were and how many are unanswered now.',
        tags: ['local'],
        responses: {
          200: answer(
            'The numbers.',
            object({
              inFlight: count,
              byPath: {
                type: 'array',
                items: object({
                  path: text,
                  attempts: count,
                  inFlight: count,
                  finished: count,
                  aborted: count,
                  replayed: count,
                }),
              },
            }),
          ),
          ...refusals,
        },
      },
    },
    '/local/deliveries': {
      get: {
        operationId: 'listDeliveries',
        summary: 'Events and how their deliveries went, oldest first.',
        tags: ['local'],
        parameters: [
          after,
          limit,
          query('state', { enum: ['pending', 'delivered', 'failed', 'abandoned'] }, 'Only in this state.'),
        ],
        responses: {
          200: answer(
            'The deliveries.',
            listOf(
              'deliveries',
              object({
                seq: count,
                event_id: text,
                event: text,
                entity: text,
                subscription_id: text,
                state: { enum: ['pending', 'delivered', 'failed', 'abandoned'] },
                tries: count,
                due_at: optionalText,
                last_status: optionalCount,
                last_error: optionalText,
                settled_at: optionalText,
              }),
            ),
          ),
          ...refusals,
        },
      },
    },
    '/local/deliveries/{seq}/replay': {
      post: {
        operationId: 'replayDelivery',
        summary: 'Delivers a settled delivery once more, with the same webhook-id.',
        tags: ['local'],
        parameters: [id('seq', { type: 'integer' })],
        responses: { 202: answer('It is due now.', object({ seq: count })), ...refusals },
      },
    },
    '/local/subscriptions': {
      get: {
        operationId: 'listSubscriptions',
        summary: 'Who is told of events; secrets are not shown.',
        tags: ['local'],
        responses: {
          200: answer(
            'The subscriptions.',
            listOf(
              'subscriptions',
              object({
                id: text,
                callback_url: text,
                events: { type: 'array', items: text },
                state: { enum: ['active', 'disabled'] },
                reason: optionalText,
                created_at: text,
              }),
            ),
          ),
          ...refusals,
        },
      },
    },
    '/local/emit': {
      post: {
        operationId: 'emitEvent',
        summary: 'Sends a sample event through the outbox; nothing else changes.',
        tags: ['local'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: object(
                {
                  event: text,
                  set: {
                    type: 'object',
                    description: 'Values by dotted path into the payload, such as "user.first_name".',
                  },
                },
                ['event'],
              ),
            },
          },
        },
        responses: { 202: answer('It is on its way.', object({ id: text, deliveries: count })), ...refusals },
      },
    },
    '/local/seed': {
      post: {
        operationId: 'seed',
        summary: 'Adds the sample data that is missing.',
        tags: ['local'],
        responses: { 204: answer('Done.'), ...refusals },
      },
    },
    '/local/keys': {
      get: {
        operationId: 'listKeys',
        summary: 'The API keys, without their text.',
        tags: ['local'],
        responses: {
          200: answer(
            'The keys.',
            listOf(
              'keys',
              object({
                id: text,
                name: text,
                role: { enum: ['owner', 'client'] },
                created_at: text,
                revoked_at: optionalText,
              }),
            ),
          ),
          ...refusals,
        },
      },
      post: {
        operationId: 'createKey',
        summary: 'Makes an API key; its text is shown this once.',
        tags: ['local'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: object(
                {
                  name: { type: 'string', minLength: 1, maxLength: 100 },
                  role: { enum: ['owner', 'client'], default: 'client' },
                },
                ['name'],
              ),
            },
          },
        },
        responses: { 201: answer('The key.', object({ id: text, key: text })), ...refusals },
      },
    },
    '/local/keys/{id}': {
      delete: {
        operationId: 'revokeKey',
        summary: 'Revokes an API key.',
        tags: ['local'],
        parameters: [id('id', text)],
        responses: { 204: answer('It is no longer in force.'), ...refusals },
      },
    },
  },
}
