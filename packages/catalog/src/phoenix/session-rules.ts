/** What the payload of each session event says besides its schema. */
import { isRecord } from '../json-schema.ts'
import type { Violation } from '../violations.ts'
import type { SessionEventName } from './session-events.ts'

type Appointment = Readonly<Record<string, unknown>>

interface Rule {
  readonly member: string
  readonly isKept: (appointment: Appointment) => boolean
  readonly message: string
}

const cancelMembers = ['cancelationReason', 'cancelationExplanation', 'canceledBy']

const hasStatus = (status: string): Rule => ({
  member: 'status',
  isKept: (appointment) => appointment.status === status,
  message: `"status" must be ${status}.`,
})

const notCancelled: readonly Rule[] = cancelMembers.map((member) => ({
  member,
  isKept: (appointment) => (appointment[member] ?? null) === null,
  message: `"${member}" must be null.`,
}))

const notDeleted: Rule = {
  member: 'deletedAt',
  isKept: ({ deletedAt }) => (deletedAt ?? null) === null,
  message: '"deletedAt" must be null.',
}

const deleted: Rule = {
  member: 'deletedAt',
  isKept: ({ deletedAt }) => typeof deletedAt === 'string',
  message: '"deletedAt" must be set.',
}

const startsBeforeEnd: Rule = {
  member: 'endDate',
  isKept: ({ endDate, startDate }) => Date.parse(String(startDate)) < Date.parse(String(endDate)),
  message: '"startDate" must be before "endDate".',
}

const hasDetails: Rule = {
  member: 'updateDetailsIds',
  isKept: ({ updateDetailsIds }) => Array.isArray(updateDetailsIds) && updateDetailsIds.length > 0,
  message: '"updateDetailsIds" must hold the change.',
}

const cancelled: readonly Rule[] = [
  {
    member: 'cancelationReason',
    isKept: ({ cancelationReason }) => typeof cancelationReason === 'string',
    message: '"cancelationReason" must be set.',
  },
  {
    member: 'canceledBy',
    isKept: ({ canceledBy }) => typeof canceledBy === 'string',
    message: '"canceledBy" must be set.',
  },
  {
    member: 'cancelationExplanation',
    isKept: ({ cancelationExplanation, cancelationReason }) =>
      cancelationReason !== 'OTHER' || typeof cancelationExplanation === 'string',
    message: '"cancelationExplanation" must be set when the reason is OTHER.',
  },
]

const rules: Readonly<Record<SessionEventName, readonly Rule[]>> = {
  VCSessionScheduledEvent: [hasStatus('PLANNED'), ...notCancelled, notDeleted, startsBeforeEnd],
  VCSessionRescheduledEvent: [hasStatus('PLANNED'), ...notCancelled, notDeleted, startsBeforeEnd, hasDetails],
  VCSessionUpdatedEvent: [notDeleted],
  VCSessionCanceledEvent: [hasStatus('CANCELED'), ...cancelled, notDeleted],
  VCSessionDoneEvent: [hasStatus('DONE'), ...notCancelled, notDeleted],
  VCSessionDeletedEvent: [deleted],
}

function broken(list: readonly Rule[], eventData: Readonly<Record<string, unknown>>): Violation[] {
  const appointment = isRecord(eventData.appointment) ? eventData.appointment : {}
  return list
    .filter(({ isKept }) => !isKept(appointment))
    .map(({ member, message }) => ({ path: `appointment.${member}`, rule: 'event', message }))
}

/** By event: which rules an `eventData` that fits the schema breaks. */
export const sessionRules: Readonly<
  Record<SessionEventName, (eventData: Readonly<Record<string, unknown>>) => Violation[]>
> = {
  VCSessionScheduledEvent: (data) => broken(rules.VCSessionScheduledEvent, data),
  VCSessionRescheduledEvent: (data) => broken(rules.VCSessionRescheduledEvent, data),
  VCSessionUpdatedEvent: (data) => broken(rules.VCSessionUpdatedEvent, data),
  VCSessionCanceledEvent: (data) => broken(rules.VCSessionCanceledEvent, data),
  VCSessionDoneEvent: (data) => broken(rules.VCSessionDoneEvent, data),
  VCSessionDeletedEvent: (data) => broken(rules.VCSessionDeletedEvent, data),
}
