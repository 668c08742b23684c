import type { EventStatus } from './event-status.ts'
import type { JsonSchema } from './json-schema.ts'

/** What happened: a header, and the payload under the name of what it is about. */
export interface EventData {
  /** As `eventName`. */
  readonly name: string
  /** The kind of message, not the type of the event. */
  readonly type: 'event'
  readonly keyId: string
  readonly version: number
  readonly [payload: string]: unknown
}

/** One event as it lies in an outbox, travels, and is listed. Its members come in this order. */
export interface EventEnvelope {
  /** Number of the row: greater means later. */
  readonly id: number
  /** ISO 8601, when the event was written, in the transaction of the change. */
  readonly createdAt: string
  /** ISO 8601, the last change of `status`. */
  readonly updatedAt: string
  readonly eventName: string
  /** Key of the occurrence: two envelopes with the same one tell of the same thing. */
  readonly keyId: string
  readonly eventData: EventData
  readonly status: EventStatus
  /** The process that wrote the event. */
  readonly publisherNodeId: string
  /** The process that handles or handled it. */
  readonly processorNodeId: string | null
  /** Version of the event's schema. */
  readonly version: number
  /** Who acted; null for the system itself. */
  readonly userId: string | null
  /** Whom it concerns: events about one talent keep their order. */
  readonly talentId: string | null
}

/** A database gives it back as it was: no NUL, no half of a surrogate pair. */
const pattern = '^[^\\u0000\\ud800-\\udfff]*$'
const text: JsonSchema = { type: 'string', minLength: 1, maxLength: 200, pattern }
const optionalText: JsonSchema = { type: ['string', 'null'], maxLength: 200, pattern }
const instant: JsonSchema = { type: 'string', format: 'date-time' }
const version: JsonSchema = { type: 'integer', minimum: 1 }
const key: JsonSchema = { type: 'string', format: 'uuid' }

/** The envelope as a JSON Schema; what its `eventData` carries besides the header is the event's own matter. */
export const envelopeSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    createdAt: instant,
    updatedAt: instant,
    eventName: text,
    keyId: key,
    eventData: {
      type: 'object',
      properties: { name: text, type: { type: 'string', const: 'event' }, keyId: key, version },
      required: ['name', 'type', 'keyId', 'version'],
    },
    status: { type: 'string', enum: ['PUBLISHED', 'PROCESSING', 'ACKNOWLEDGED', 'FAILED', 'DEAD_LETTERED'] },
    publisherNodeId: text,
    processorNodeId: optionalText,
    version,
    userId: optionalText,
    talentId: optionalText,
  },
  required: [
    'id',
    'createdAt',
    'updatedAt',
    'eventName',
    'keyId',
    'eventData',
    'status',
    'publisherNodeId',
    'processorNodeId',
    'version',
    'userId',
    'talentId',
  ],
  additionalProperties: false,
}
