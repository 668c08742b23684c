import type { EventEnvelope } from './envelope.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Violation } from './violations.ts'

/** A kind of event: what it is called, when it happens, what it carries. */
export interface EventType {
  /** As it travels in `eventName`. */
  readonly name: string
  readonly version: number
  /** Short, for lists. */
  readonly title: string
  /** When it fires, as a full sentence. */
  readonly description: string
  /** The day of its last published change, `2024-08-05`; absent when it was not published. */
  readonly updatedOn?: string
  /** What `eventData` must satisfy. */
  readonly schema: JsonSchema
  /** The schema as it was published, verbatim; absent when none was. */
  readonly originalSchema?: JsonSchema
  /** One whole event of this type. */
  readonly example: EventEnvelope
  /** Rules between members that a schema does not express; they need a value that fits the schema. */
  readonly rules: (eventData: Readonly<Record<string, unknown>>) => Violation[]
}
