/** Sessions: what they look like, the six commands and the two queries. */
import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import { appointmentStatuses, appointmentTypes } from '../sessions/appointment.ts'
import { cancelers, cancelRules } from '../sessions/cancel-rules.ts'
import {
  answer,
  anyText,
  conflicting,
  idText,
  inPath,
  inQuery,
  instant,
  jsonBody,
  limit,
  missing,
  object,
  optionalId,
  optionalInstant,
  optionalText,
  ref,
  refusals,
  text,
  visibleText,
} from './parts.ts'

const title: Schema = { type: 'string', minLength: 1, maxLength: 200, pattern: visibleText }
const description: Schema = { type: ['string', 'null'], maxLength: 4000, pattern: anyText }
const userId: Schema = { ...optionalId, description: 'Who acts; left out for the system.' }
const reasons = Object.keys(cancelRules)

/** The twenty-three properties of the entity. Relation objects are never sent by this service. */
const entityProperties: Record<string, Schema> = {
  id: text,
  title: text,
  status: { type: 'string', enum: [...appointmentStatuses] },
  coachId: text,
  endDate: optionalInstant,
  talentId: text,
  createdAt: instant,
  deletedAt: optionalInstant,
  startDate: optionalInstant,
  updatedAt: optionalInstant,
  canceledBy: { type: ['string', 'null'], enum: [...cancelers, null] },
  subphaseId: optionalText,
  description: optionalText,
  talentBlockId: optionalText,
  appointmentType: { type: 'string', enum: [...appointmentTypes] },
  cancelationReason: { type: ['string', 'null'], enum: [...reasons, null] },
  cancelationExplanation: optionalText,
  updateDetails: { type: ['array', 'null'], items: ref('UpdateDetail') },
  updateDetailsIds: { type: 'array', items: text },
  coach: {},
  talent: {},
  talentBlock: {},
  subphase: {},
}

const relations = ['coach', 'talent', 'talentBlock', 'subphase']
const always = Object.keys(entityProperties).filter((name) => !relations.includes(name))

/** What every event carries, those from elsewhere too. */
const carried = [
  'id',
  'title',
  'status',
  'coachId',
  'talentId',
  'createdAt',
  'subphaseId',
  'description',
  'talentBlockId',
  'appointmentType',
]

/** Schemas of sessions, by name. */
export const appointmentSchemas: Readonly<Record<string, Schema>> = {
  Appointment: object(entityProperties, always),
  EventAppointment: { type: 'object', properties: entityProperties, required: carried },
  UpdateDetail: object({
    id: text,
    at: instant,
    userId: optionalText,
    previousStartDate: instant,
    previousEndDate: instant,
    startDate: instant,
    endDate: instant,
  }),
}

const shown = answer('The session.', ref('Appointment'))
const sessionId = inPath('id', 'Id of the session.')

function command(operation: Pick<Operation, 'operationId' | 'summary' | 'description' | 'requestBody'>) {
  return {
    ...operation,
    tags: ['sessions'],
    parameters: [sessionId],
    responses: { 200: shown, ...refusals, ...missing, ...conflicting },
  } as Operation
}

/** Paths below `/api/v1/appointments`. */
export const appointmentPaths: OpenApi['paths'] = {
  '/api/v1/appointments': {
    get: {
      operationId: 'ListSessions',
      summary: 'Lists sessions by their start.',
      tags: ['sessions'],
      parameters: [
        inQuery('talentId', text, 'Only sessions of this talent.'),
        inQuery('coachId', text, 'Only sessions of this coach.'),
        inQuery('status', { type: 'string', enum: [...appointmentStatuses] }, 'Only sessions in this state.'),
        inQuery('from', instant, 'Only sessions that start at this instant or later.'),
        inQuery('to', instant, 'Only sessions that start before this instant.'),
        inQuery('includeDeleted', { type: 'boolean', default: false }, 'Deleted sessions too.'),
        inQuery('after', text, 'Goes on after the session with this id.'),
        limit(200),
      ],
      responses: {
        200: answer(
          'One page; `next` is the value for `after`, null on the last page.',
          object({ data: { type: 'array', items: ref('Appointment') }, next: optionalText }),
        ),
        ...refusals,
      },
    },
    post: {
      operationId: 'ScheduleSession',
      summary: 'Schedules a session.',
      description:
        'PART_ONE and PART_TWO share a talentBlockId; the second must not start before the first ends.',
      tags: ['sessions'],
      requestBody: jsonBody(
        object(
          {
            title,
            description,
            startDate: instant,
            endDate: instant,
            coachId: idText,
            talentId: idText,
            appointmentType: { type: 'string', enum: [...appointmentTypes], default: 'STANDALONE' },
            talentBlockId: optionalId,
            subphaseId: optionalId,
            userId,
          },
          ['title', 'startDate', 'endDate', 'coachId', 'talentId'],
        ),
      ),
      responses: { 201: shown, ...refusals, ...conflicting },
    },
  },
  '/api/v1/appointments/{id}': {
    get: {
      operationId: 'GetSession',
      summary: 'Shows one session.',
      tags: ['sessions'],
      parameters: [sessionId],
      responses: { 200: shown, ...refusals, ...missing },
    },
    patch: command({
      operationId: 'UpdateSession',
      summary: 'Changes title, description, coach or subphase of a session.',
      requestBody: jsonBody({
        ...object({ title, description, coachId: idText, subphaseId: optionalId, userId }, []),
        minProperties: 1,
      }),
    }),
    delete: {
      operationId: 'DeleteSession',
      summary: 'Deletes a session; its record stays.',
      tags: ['sessions'],
      parameters: [sessionId, inQuery('userId', idText, 'Who acts; left out for the system.')],
      responses: { 204: { description: 'It is deleted.' }, ...refusals, ...missing, ...conflicting },
    },
  },
  '/api/v1/appointments/{id}/reschedule': {
    post: command({
      operationId: 'RescheduleSession',
      summary: 'Moves a planned session.',
      requestBody: jsonBody({
        ...object({ startDate: instant, endDate: instant, userId }, []),
        anyOf: [{ required: ['startDate'] }, { required: ['endDate'] }],
      }),
    }),
  },
  '/api/v1/appointments/{id}/cancel': {
    post: command({
      operationId: 'CancelSession',
      summary: 'Cancels a planned session.',
      description:
        'The reason must fit who cancels and when. TALENT_NO_SHOW is the only one after the start; TALENT_IS_DEPAIRED_OR_REPAIRED cancels all coming sessions of the pair; OTHER needs an explanation.',
      requestBody: jsonBody(
        object(
          {
            cancelationReason: { type: 'string', enum: reasons },
            canceledBy: { type: 'string', enum: [...cancelers] },
            cancelationExplanation: { type: ['string', 'null'], maxLength: 2000, pattern: anyText },
            userId,
          },
          ['cancelationReason', 'canceledBy'],
        ),
      ),
    }),
  },
  '/api/v1/appointments/{id}/complete': {
    post: command({
      operationId: 'CompleteSession',
      summary: 'Notes that a planned session has taken place.',
      requestBody: { ...jsonBody(object({ userId }, [])), required: false },
    }),
  },
}
