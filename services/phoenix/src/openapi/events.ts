/** Events: the outbox, consumers that fetch, types and subscriptions. */
import { envelopeSchema, eventStatuses, sessionEventNames, sessionEvents } from '@flowstead/catalog'
import type { OpenApi, Schema } from '@flowstead/service-kit'
import { triggerIdOf } from '../subscriptions.ts'
import {
  answer,
  anyText,
  conflicting,
  idText,
  inPath,
  inQuery,
  jsonBody,
  limit,
  missing,
  object,
  optionalInstant,
  optionalText,
  ref,
  refusals,
  text,
} from './parts.ts'

const dates = object({ startDate: optionalInstant, endDate: optionalInstant })
const envelopeProperties = envelopeSchema.properties as Record<string, Schema>
const headerProperties = (envelopeProperties.eventData as { properties: Record<string, Schema> }).properties
const violations: Schema = { type: 'array', items: object({ path: text, rule: text, message: text }) }
const eventName: Schema = { type: 'string', enum: [...sessionEventNames] }

/** Schemas of events, by name. */
export const eventSchemas: Readonly<Record<string, Schema>> = {
  Event: envelopeSchema,
  SessionEvent: {
    ...envelopeSchema,
    properties: {
      ...envelopeProperties,
      eventData: {
        type: 'object',
        properties: {
          ...headerProperties,
          appointment: ref('EventAppointment'),
          previousDates: { ...dates, description: 'Of a rescheduled session: its dates before.' },
        },
        required: [...Object.keys(headerProperties), 'appointment'],
      },
    },
  },
  EventPage: object({
    data: { type: 'array', items: ref('SessionEvent') },
    next: { type: ['integer', 'null'], description: 'The value for `after`; null on the last page.' },
  }),
  ImportedEvent: object({ event: ref('SessionEvent'), warnings: violations }),
  EventDelivery: object({
    keyId: text,
    status: { type: 'string', enum: [...eventStatuses] },
    processorNodeId: optionalText,
    attempts: { type: 'integer' },
    dueAt: { ...optionalInstant, description: 'When the lease or the wait after a failure ends.' },
    lastError: optionalText,
    isPushed: { type: 'boolean', description: 'Whether subscribers are told of it.' },
    warnings: violations,
  }),
  EventTypeSummary: object({ name: text, version: { type: 'integer' }, title: text, description: text }),
  EventType: object({
    name: text,
    version: { type: 'integer' },
    title: text,
    description: text,
    updatedOn: { type: ['string', 'null'], format: 'date' },
    schema: { type: 'object', description: 'What events must satisfy.' },
    originalSchema: { type: ['object', 'null'], description: 'As it was published; null when none was.' },
    findings: {
      type: 'array',
      description: 'What is wrong with the schema as published.',
      items: object({ rule: text, path: text, message: text }),
    },
    example: ref('SessionEvent'),
  }),
}

const keyId = inPath('keyId', 'Key of the occurrence.')
const processorNodeId: Schema = { ...idText, description: 'Name of the consumer.' }
const leaseSeconds: Schema = { type: 'integer', minimum: 1, maximum: 3600, default: 60 }
const moved = { 200: answer('The event.', ref('SessionEvent')), ...refusals, ...missing, ...conflicting }
const tags = ['events']

const outboxPaths: OpenApi['paths'] = {
  '/api/v1/events': {
    get: {
      operationId: 'ListEvents',
      summary: 'Lists events in their order.',
      tags,
      parameters: [
        inQuery('eventName', eventName, 'Only this type.'),
        inQuery('talentId', text, 'Only events about this talent.'),
        inQuery('status', { type: 'string', enum: [...eventStatuses] }, 'Only events in this state.'),
        inQuery('after', { type: 'integer', minimum: 0, default: 0 }, 'Only events with a greater `id`.'),
        limit(200),
      ],
      responses: { 200: answer('One page.', ref('EventPage')), ...refusals },
    },
    post: {
      operationId: 'ImportEvent',
      summary: 'Stores an event from elsewhere as it is, and tells subscribers.',
      description: 'What is odd about it is answered as warnings. The same event again is answered with 200.',
      tags,
      requestBody: jsonBody(ref('Event')),
      responses: {
        200: answer('It was known.', ref('ImportedEvent')),
        201: answer('It is stored.', ref('ImportedEvent')),
        ...refusals,
        ...conflicting,
      },
    },
  },
  '/api/v1/events/{keyId}': {
    get: {
      operationId: 'GetEvent',
      summary: 'Shows one event.',
      tags,
      parameters: [keyId],
      responses: { 200: answer('The event.', ref('SessionEvent')), ...refusals, ...missing },
    },
  },
  '/api/v1/events/{keyId}/delivery': {
    get: {
      operationId: 'GetEventDelivery',
      summary: 'Shows how the delivery of an event stands, and what is odd about it.',
      tags,
      parameters: [keyId],
      responses: { 200: answer('The delivery.', ref('EventDelivery')), ...refusals, ...missing },
    },
  },
  '/api/v1/events/{keyId}/replay': {
    post: {
      operationId: 'ReplayEvent',
      summary: 'Delivers an event again that was acknowledged or given up.',
      tags,
      parameters: [keyId],
      responses: { 202: answer('The event.', ref('SessionEvent')), ...refusals, ...missing, ...conflicting },
    },
  },
}

const consumerPaths: OpenApi['paths'] = {
  '/api/v1/events/claim': {
    post: {
      operationId: 'ClaimEvents',
      summary: 'Takes the next events that nobody holds.',
      description: 'Of each talent only the oldest open one, so that events keep their order.',
      tags,
      requestBody: jsonBody(
        object(
          {
            processorNodeId,
            limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
            leaseSeconds,
            eventNames: { type: 'array', items: eventName, minItems: 1, uniqueItems: true },
          },
          ['processorNodeId'],
        ),
      ),
      responses: {
        200: answer('The events, now held.', object({ data: { type: 'array', items: ref('SessionEvent') } })),
        ...refusals,
      },
    },
  },
  '/api/v1/events/{keyId}/acknowledge': {
    post: {
      operationId: 'AcknowledgeEvent',
      summary: 'Says that a held event is done.',
      tags,
      parameters: [keyId],
      requestBody: jsonBody(object({ processorNodeId })),
      responses: moved,
    },
  },
  '/api/v1/events/{keyId}/fail': {
    post: {
      operationId: 'FailEvent',
      summary: 'Gives a held event back as failed.',
      description: 'It is free again after 5 s, 5 min, 30 min … and given up after the eighth time.',
      tags,
      parameters: [keyId],
      requestBody: jsonBody(
        object({
          processorNodeId,
          reason: { type: 'string', minLength: 1, maxLength: 500, pattern: anyText },
        }),
      ),
      responses: moved,
    },
  },
  '/api/v1/events/{keyId}/renew': {
    post: {
      operationId: 'RenewEventLease',
      summary: 'Holds an event for longer.',
      tags,
      parameters: [keyId],
      requestBody: jsonBody(object({ processorNodeId, leaseSeconds }, ['processorNodeId'])),
      responses: moved,
    },
  },
}

const typePaths: OpenApi['paths'] = {
  '/api/v1/event-types': {
    get: {
      operationId: 'ListEventTypes',
      summary: 'Lists the types of events.',
      tags,
      responses: {
        200: answer('The types.', object({ data: { type: 'array', items: ref('EventTypeSummary') } })),
        ...refusals,
      },
    },
  },
  '/api/v1/event-types/{name}': {
    get: {
      operationId: 'GetEventType',
      summary: 'Shows a type of events: schemas, findings, example.',
      tags,
      parameters: [inPath('name', 'Name of the type.')],
      responses: { 200: answer('The type.', ref('EventType')), ...refusals, ...missing },
    },
  },
}

const subscribed = object({
  id: text,
  secret: { type: 'string', description: 'Signs the deliveries (Standard Webhooks); shown this once.' },
})

const subscriptionPaths: OpenApi['paths'] = {
  ...Object.fromEntries(
    sessionEvents.map((type) => [
      `/api/v1/subscriptions/${type.name}`,
      {
        post: {
          operationId: triggerIdOf(type),
          summary: `Subscribes to ${type.name}.`,
          description: type.description,
          tags: ['subscriptions'],
          requestBody: jsonBody(
            object({
              callback_url: { type: 'string', format: 'uri', description: 'Where deliveries are posted.' },
            }),
          ),
          responses: {
            201: {
              ...answer('Subscribed.', subscribed),
              headers: { Location: { schema: text, description: 'DELETE it to unsubscribe.' } },
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
      parameters: [inPath('id', 'Id of the subscription.')],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
}

/** Paths of events, their types and subscriptions. */
export const eventPaths: OpenApi['paths'] = {
  ...outboxPaths,
  ...consumerPaths,
  ...typePaths,
  ...subscriptionPaths,
}

/** What the service sends. */
export const webhooks: NonNullable<OpenApi['webhooks']> = Object.fromEntries(
  sessionEvents.map(({ description, name }) => [
    name,
    {
      post: {
        summary: description,
        requestBody: jsonBody(ref('SessionEvent')),
        responses: { 200: { description: 'Any 2xx acknowledges the event.' } },
      },
    },
  ]),
)
