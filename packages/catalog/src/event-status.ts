/**
 * The life of an event in an outbox with competing consumers. Invariants:
 * 1. `moves` holds every legal change of status; nothing else changes one.
 * 2. Who handles an event is known exactly from `claim` on; `release`, `retry` and `replay` forget it.
 */
import { FlowsteadError, quoted } from '@flowstead/errors'
import type { EventEnvelope } from './envelope.ts'
import { catalogErrors } from './errors.ts'

/** Delivery states, spelled as they travel. */
export const eventStatuses = ['PUBLISHED', 'PROCESSING', 'ACKNOWLEDGED', 'FAILED', 'DEAD_LETTERED'] as const

export type EventStatus = (typeof eventStatuses)[number]

interface Move {
  readonly from: readonly EventStatus[]
  readonly to: EventStatus
}

/** Every legal change of status, by what causes it. */
export const moves = {
  /** A consumer takes the event, for the time of its lease. */
  claim: { from: ['PUBLISHED'], to: 'PROCESSING' },
  /** The consumer is done. */
  acknowledge: { from: ['PROCESSING'], to: 'ACKNOWLEDGED' },
  /** The consumer could not. */
  fail: { from: ['PROCESSING'], to: 'FAILED' },
  /** The lease ran out, or the consumer went away. */
  release: { from: ['PROCESSING'], to: 'PUBLISHED' },
  /** The wait after a failure is over. */
  retry: { from: ['FAILED'], to: 'PUBLISHED' },
  /** There have been too many failures. */
  giveUp: { from: ['FAILED'], to: 'DEAD_LETTERED' },
  /** Somebody wants a settled event delivered again. */
  replay: { from: ['ACKNOWLEDGED', 'DEAD_LETTERED'], to: 'PUBLISHED' },
} as const satisfies Readonly<Record<string, Move>>

export type MoveName = keyof typeof moves

/** Whether the text is one of the five states. */
export function isEventStatus(text: unknown): text is EventStatus {
  return eventStatuses.some((status) => status === text)
}

/** Whether some move leads from one state to the other. */
export function mayBecome(from: EventStatus, to: EventStatus): boolean {
  return Object.values<Move>(moves).some((move) => move.to === to && move.from.includes(from))
}

/** Whether nothing happens to the event by itself any more. */
export function isSettled(status: EventStatus): boolean {
  return status === 'ACKNOWLEDGED' || status === 'DEAD_LETTERED'
}

/** When a move happens, and on a claim who takes the event. */
export interface MoveOptions {
  /** ISO 8601; becomes `updatedAt`. */
  readonly at: string
  /** Needed by `claim`, ignored by the others. */
  readonly processorNodeId?: string
}

/**
 * The envelope after the move.
 * @throws `Catalog.IllegalMove` when the move is not possible in the envelope's state
 */
export function moveEvent(envelope: EventEnvelope, name: MoveName, options: MoveOptions): EventEnvelope {
  const move: Move = moves[name]
  if (!move.from.includes(envelope.status)) {
    throw new FlowsteadError(
      catalogErrors.illegalMove,
      `The event ${quoted(envelope.keyId)} is ${envelope.status}; "${name}" needs ${move.from.join(' or ')}.`,
      { path: 'status' },
    )
  }
  return {
    ...envelope,
    updatedAt: options.at,
    status: move.to,
    processorNodeId: processorAfter(envelope, name, options),
  }
}

function processorAfter(envelope: EventEnvelope, name: MoveName, options: MoveOptions): string | null {
  if (name === 'claim') return options.processorNodeId ?? null
  return moves[name].to === 'PUBLISHED' ? null : envelope.processorNodeId
}
