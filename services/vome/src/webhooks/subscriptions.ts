/** Webhook subscriptions: one operation per event to subscribe, one to unsubscribe. */
import {
  checkCallbackUrl,
  created,
  invalid,
  noContent,
  type OpenApi,
  type Schema,
} from '@flowstead/service-kit'
import type { VomeHandler } from '../change-set.ts'
import { notFound } from '../errors.ts'
import { idOf } from '../resource/resource.ts'
import { answer, idParameter, jsonBody, missing, refusals } from '../resource/resource-openapi.ts'
import { events, operationIdOf, type VomeEvent } from './events.ts'
import { payloadSchemas } from './payload-schemas.ts'

function subscribe(event: VomeEvent): VomeHandler {
  return ({ body, subscriptions }) => {
    const { callback_url, events: wanted } = body as { callback_url: string; events?: string[] }
    checkCallbackUrl('callback_url', callback_url)
    if (wanted?.includes(event.name) === false) {
      throw invalid([{ field: 'events', rule: 'contains', message: `"events" must hold "${event.name}".` }])
    }
    const made = subscriptions.add({ callbackUrl: callback_url, events: wanted ?? [event.name] })
    return created(`/api/v1/subscriptions/${made.id}`, made)
  }
}

/** Handlers by operationId. */
export const subscriptionHandlers: Record<string, VomeHandler> = {
  ...Object.fromEntries(events.map((event) => [operationIdOf(event), subscribe(event)])),
  DeleteSubscription: (call) => {
    if (!call.subscriptions.remove(idOf(call))) throw notFound('subscription', idOf(call))
    return noContent
  },
}

/** A list must hold the event itself; others only of the same family, because their payload is the same. */
function bodySchema({ family, name }: VomeEvent): Schema {
  const allowed = events.filter((event) => event.family === family).map((event) => event.name)
  return {
    type: 'object',
    properties: {
      callback_url: { type: 'string', format: 'uri', description: 'Where deliveries are posted.' },
      events: {
        type: 'array',
        items: { enum: allowed },
        uniqueItems: true,
        description: `Must hold ${name}, which is the default.`,
      },
    },
    required: ['callback_url'],
    additionalProperties: false,
  }
}

const subscribed: Schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    secret: { type: 'string', description: 'Signs the deliveries (Standard Webhooks); shown this once.' },
  },
  required: ['id', 'secret'],
  additionalProperties: false,
}

/** `/subscriptions/<event>` for each event, and `/subscriptions/{id}`. */
export const subscriptionPaths: OpenApi['paths'] = {
  ...Object.fromEntries(
    events.map((event) => [
      `/api/v1/subscriptions/${event.name}`,
      {
        post: {
          operationId: operationIdOf(event),
          summary: `Subscribes to ${event.name}.`,
          tags: ['subscriptions'],
          requestBody: jsonBody(bodySchema(event)),
          responses: {
            201: {
              ...answer('Subscribed.', subscribed),
              headers: { Location: { schema: { type: 'string' }, description: 'DELETE it to unsubscribe.' } },
            },
            ...refusals,
          },
        },
      },
    ]),
  ),
  '/api/v1/subscriptions/{id}': {
    delete: {
      operationId: 'DeleteSubscription',
      summary: 'Ends a subscription.',
      tags: ['subscriptions'],
      parameters: [idParameter],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
}

/** What is sent, by event. */
export const webhooks: NonNullable<OpenApi['webhooks']> = Object.fromEntries(
  events.map(({ family, name, title }) => [
    name,
    {
      post: {
        summary: title,
        tags: ['events'],
        requestBody: jsonBody({ $ref: `#/components/schemas/${payloadSchemas[family].name}` }),
        responses: { 200: { description: 'Any 2xx: it has arrived. Else it is sent again.' } },
      },
    },
  ]),
)
