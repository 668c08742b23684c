/** The six events of coaching sessions. Only the first was published; the others follow from its schema. */
import { correctedSchema } from '../corrected-schema.ts'
import type { EventEnvelope } from '../envelope.ts'
import type { EventType } from '../event-type.ts'
import type { JsonSchema } from '../json-schema.ts'
import { originalSchema } from './original-schema.ts'
import { publishedExample } from './published-example.ts'
import { sessionRules } from './session-rules.ts'

export const sessionEventNames = [
  'VCSessionScheduledEvent',
  'VCSessionRescheduledEvent',
  'VCSessionUpdatedEvent',
  'VCSessionCanceledEvent',
  'VCSessionDoneEvent',
  'VCSessionDeletedEvent',
] as const

export type SessionEventName = (typeof sessionEventNames)[number]

/** Relation objects and derived ids are not sent, although the published schema requires them. */
const optional = ['coach', 'talent', 'updateDetailsIds']

function schemaOf(name: SessionEventName): JsonSchema {
  return correctedSchema(originalSchema, {
    id: `https://flowstead.dev/schemas/phoenix/v1/${name}.json`,
    optional,
  })
}

const instant: JsonSchema = { anyOf: [{ format: 'date-time', type: 'string' }, { type: 'null' }] }

/** Rescheduling also tells the dates as they were. */
function rescheduledSchema(): JsonSchema {
  const schema = schemaOf('VCSessionRescheduledEvent')
  const previousDates: JsonSchema = {
    type: 'object',
    properties: { startDate: instant, endDate: instant },
    required: ['startDate', 'endDate'],
  }
  return {
    ...schema,
    properties: { ...(schema.properties as JsonSchema), previousDates },
    required: ['appointment', 'previousDates'],
  }
}

interface Sibling {
  readonly id: number
  readonly name: Exclude<SessionEventName, 'VCSessionScheduledEvent'>
  readonly keyId: string
  readonly createdAt: string
  readonly appointment: Readonly<Record<string, unknown>>
  readonly payload?: Readonly<Record<string, unknown>>
}

/** What happens next to the session of the published example. */
function exampleOf({ appointment, createdAt, id, keyId, name, payload }: Sibling): EventEnvelope {
  const { eventData } = publishedExample
  return {
    ...publishedExample,
    id,
    createdAt,
    updatedAt: createdAt,
    eventName: name,
    keyId,
    eventData: {
      ...eventData,
      name,
      keyId,
      appointment: {
        ...(eventData.appointment as Record<string, unknown>),
        createdAt: publishedExample.createdAt,
        updatedAt: createdAt,
        startDate: '2023-07-12T07:00:00.000Z',
        endDate: '2023-07-12T07:30:00.000Z',
        updateDetailsIds: ['7b0c9a4e-0f55-4e0f-9d8e-0d6f0f6f5a11'],
        ...appointment,
      },
      ...payload,
    },
  }
}

const common = { version: 1 } as const

/** In the order of a session's life. */
export const sessionEvents: readonly EventType[] = [
  {
    ...common,
    name: 'VCSessionScheduledEvent',
    title: 'Session scheduled',
    description: 'A coaching session of the Phoenix B2C learning path has been scheduled.',
    schema: schemaOf('VCSessionScheduledEvent'),
    originalSchema,
    updatedOn: '2024-08-05',
    example: publishedExample,
    rules: sessionRules.VCSessionScheduledEvent,
  },
  {
    ...common,
    name: 'VCSessionRescheduledEvent',
    title: 'Session rescheduled',
    description: 'The start or the end of a planned session has changed.',
    schema: rescheduledSchema(),
    example: exampleOf({
      id: 6105102,
      name: 'VCSessionRescheduledEvent',
      keyId: '0d3e2f5c-7f0e-4b43-8a54-6f6b6c0d1a02',
      createdAt: '2023-07-10T09:12:30.114Z',
      appointment: {},
      payload: {
        previousDates: { startDate: '2023-07-10T07:00:00.643Z', endDate: '2023-07-10T07:30:00.188Z' },
      },
    }),
    rules: sessionRules.VCSessionRescheduledEvent,
  },
  {
    ...common,
    name: 'VCSessionUpdatedEvent',
    title: 'Session updated',
    description: 'The title, description, coach or subphase of a session has changed; its status has not.',
    schema: schemaOf('VCSessionUpdatedEvent'),
    example: exampleOf({
      id: 6105160,
      name: 'VCSessionUpdatedEvent',
      keyId: '5a1c7a3b-2c7d-4c2e-9a57-54d1b8c3e703',
      createdAt: '2023-07-10T10:40:02.530Z',
      appointment: { description: 'Séance Découverte, en visioconférence' },
    }),
    rules: sessionRules.VCSessionUpdatedEvent,
  },
  {
    ...common,
    name: 'VCSessionCanceledEvent',
    title: 'Session cancelled',
    description: 'A planned session has been cancelled, with the reason and by whom.',
    schema: schemaOf('VCSessionCanceledEvent'),
    example: exampleOf({
      id: 6107311,
      name: 'VCSessionCanceledEvent',
      keyId: '9c5f5a52-98d4-4a27-8f0c-7b5f1a2e4d04',
      createdAt: '2023-07-11T16:05:44.020Z',
      appointment: {
        status: 'CANCELED',
        cancelationReason: 'TALENT_NOT_AVAILABLE_LESS_THAN_24H',
        cancelationExplanation: null,
        canceledBy: 'TALENT',
      },
    }),
    rules: sessionRules.VCSessionCanceledEvent,
  },
  {
    ...common,
    name: 'VCSessionDoneEvent',
    title: 'Session done',
    description: 'A planned session has taken place.',
    schema: schemaOf('VCSessionDoneEvent'),
    example: exampleOf({
      id: 6108800,
      name: 'VCSessionDoneEvent',
      keyId: 'c27b0f7e-4a44-4f44-9f43-1f3f0a7c9b05',
      createdAt: '2023-07-12T07:31:10.402Z',
      appointment: { status: 'DONE' },
    }),
    rules: sessionRules.VCSessionDoneEvent,
  },
  {
    ...common,
    name: 'VCSessionDeletedEvent',
    title: 'Session deleted',
    description: 'A session has been deleted; its record stays with the time of deletion.',
    schema: schemaOf('VCSessionDeletedEvent'),
    example: exampleOf({
      id: 6108931,
      name: 'VCSessionDeletedEvent',
      keyId: 'e8f9d6a1-5f3a-4d0b-b1c2-3a4b5c6d7e06',
      createdAt: '2023-07-12T08:00:00.250Z',
      appointment: { deletedAt: '2023-07-12T08:00:00.000Z' },
    }),
    rules: sessionRules.VCSessionDeletedEvent,
  },
]

/** The type of this name; `undefined` when Phoenix has none such. */
export function sessionEvent(name: string): EventType | undefined {
  return sessionEvents.find((type) => type.name === name)
}
