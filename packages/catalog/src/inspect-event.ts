/**
 * What is wrong, and what is odd, with a received event. Invariants:
 * 1. Problems come only from the envelope's form and the corrected schema; who has any must not store the event.
 * 2. Everything else is a warning: the event is kept as it was received.
 * 3. Where the envelope and `eventData` contradict each other, the envelope counts.
 */
import { type EventEnvelope, envelopeSchema } from './envelope.ts'
import type { EventType } from './event-type.ts'
import { memberOf } from './json-schema.ts'
import { schemaCheck, type Violation } from './violations.ts'

export interface Inspection {
  /** Reasons to refuse the event. */
  readonly problems: readonly Violation[]
  /** Reasons to look at it twice. `rule` starts with `original.` for the schema as published. */
  readonly warnings: readonly Violation[]
}

/** Lists what is wrong with the form of a value that should be an envelope. */
export function envelopeCheck(): (value: unknown) => Violation[] {
  return schemaCheck(envelopeSchema)
}

/** Makes the check of one type of events; its schemas are read once. */
export function eventInspector(type: EventType): (envelope: EventEnvelope) => Inspection {
  const corrected = schemaCheck(type.schema)
  const original = type.originalSchema === undefined ? () => [] : schemaCheck(type.originalSchema)
  return (envelope) => {
    const { eventData } = envelope
    const problems = corrected(eventData).map(below)
    if (problems.length > 0) return { problems, warnings: [] }
    const asPublished = original(eventData).map((violation) => ({
      ...below(violation),
      rule: `original.${violation.rule}`,
      message: `By the schema as published, ${violation.message}`,
    }))
    const warnings = [
      ...contradictions(envelope),
      ...clockDoubts(envelope),
      ...type.rules(eventData).map(below),
    ]
    return { problems, warnings: [...warnings, ...asPublished] }
  }
}

function below({ message, path, rule }: Violation): Violation {
  return { path: path === '' ? 'eventData' : `eventData.${path}`, rule, message }
}

/** Members that travel twice and differ. */
function contradictions(envelope: EventEnvelope): Violation[] {
  const { eventData } = envelope
  const talent = memberOf(memberOf(eventData, 'appointment'), 'talentId')
  const pairs: [string, unknown, string, unknown][] = [
    ['eventName', envelope.eventName, 'eventData.name', eventData.name],
    ['keyId', envelope.keyId, 'eventData.keyId', eventData.keyId],
    ['version', envelope.version, 'eventData.version', eventData.version],
    ['talentId', envelope.talentId, 'eventData.appointment.talentId', talent ?? envelope.talentId],
  ]
  return pairs
    .filter(([, outer, , inner]) => outer !== inner)
    .map(([name, , path]) => ({
      path,
      rule: 'contradiction',
      message: `"${path}" differs from "${name}" of the envelope, which counts.`,
    }))
}

const doubtfulMs = 60_000

/** A thing cannot be made after its event was written: such stamps are local time printed as UTC. */
function clockDoubts({ createdAt, eventData }: EventEnvelope): Violation[] {
  const madeAt = memberOf(memberOf(eventData, 'appointment'), 'createdAt')
  if (typeof madeAt !== 'string' || Date.parse(madeAt) - Date.parse(createdAt) <= doubtfulMs) return []
  const path = 'eventData.appointment.createdAt'
  return [
    {
      path,
      rule: 'clock',
      message: `"${path}" is later than the event itself; the stamps of this appointment are doubtful.`,
    },
  ]
}
