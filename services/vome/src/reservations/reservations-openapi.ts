import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import { instantSchema as instant } from '../resource/column.ts'
import {
  answer,
  conflicting,
  idParameter,
  inputSchema,
  jsonBody,
  missing,
  refusals,
} from '../resource/resource-openapi.ts'
import { hourClaims } from './hour-claims.ts'

const text: Schema = { type: 'string' }
const few: Schema = { type: 'integer', minimum: 0, maximum: 100 }
const shown: Schema = { $ref: '#/components/schemas/Reservation' }
const claim: Schema = { $ref: '#/components/schemas/HourClaim' }

function object(properties: Record<string, Schema>, required: readonly string[]): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

const by = (initial: string): Schema => ({
  enum: ['volunteer', 'administrator'],
  default: initial,
  description: `Whose rules hold; default ${initial}.`,
})

const attendance: Schema = {
  ...object(
    {
      arrival_time: instant,
      departure_time: instant,
      hours_approved_by: { ...text, minLength: 1, maxLength: 100 },
    },
    ['arrival_time', 'departure_time', 'hours_approved_by'],
  ),
  description: 'Of somebody who came without a reservation; needs the rules of an administrator.',
}

function decision(operationId: string, summary: string): { post: Operation } {
  return {
    post: {
      operationId,
      summary,
      tags: ['hour_claims'],
      parameters: [idParameter],
      requestBody: jsonBody(
        object({ decided_by: { ...text, minLength: 1, maxLength: 100 } }, ['decided_by']),
      ),
      responses: { 200: answer('The claim.', claim), ...refusals, ...missing, ...conflicting },
    },
  }
}

export const reservationPaths: OpenApi['paths'] = {
  '/api/v1/reservations': {
    post: {
      operationId: 'createReservation',
      summary: 'Reserves a spot for an approved person; without instant book it is a request.',
      description:
        'An administrator’s reservation stands at once and is free of limits, tags and opening times.',
      tags: ['reservations'],
      requestBody: jsonBody(
        object(
          { shift_id: text, profile_id: text, guests: few, infants: few, by: by('volunteer'), attendance },
          ['shift_id', 'profile_id'],
        ),
      ),
      responses: { 201: answer('The reservation.', shown), ...refusals, ...conflicting },
    },
  },
  '/api/v1/reservations/{id}': {
    patch: {
      operationId: 'updateReservation',
      summary: 'Approves, confirms, checks in and out, marks or cancels a reservation.',
      description:
        'Confirm from 48 h before the start, check in from when check-in opens, check out until it closes; a volunteer cancels until the hours before the start that the opportunity says.',
      tags: ['reservations'],
      parameters: [idParameter],
      requestBody: jsonBody({
        ...object(
          {
            status: { type: 'integer', minimum: 0, maximum: 7 },
            arrival_time: instant,
            departure_time: instant,
            hours_approved_by: { ...text, minLength: 1, maxLength: 100 },
            by: by('administrator'),
          },
          [],
        ),
        minProperties: 1,
      }),
      responses: { 200: answer('The reservation.', shown), ...refusals, ...missing, ...conflicting },
    },
    delete: {
      operationId: 'deleteReservation',
      summary: 'Removes a reservation; cancelling is a change of status.',
      tags: ['reservations'],
      parameters: [idParameter],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
  '/api/v1/hour_claims': {
    post: {
      operationId: 'createHourClaim',
      summary: 'Asks for hours after a shift.',
      tags: ['hour_claims'],
      requestBody: jsonBody(inputSchema(hourClaims, 'create')),
      responses: { 201: answer('The claim.', claim), ...refusals, ...conflicting },
    },
  },
  '/api/v1/hour_claims/{id}/approve': decision('approveHourClaim', 'Approves a claim: its hours are logged.'),
  '/api/v1/hour_claims/{id}/decline': decision('declineHourClaim', 'Declines a claim.'),
  '/api/v1/bookings': {
    post: {
      operationId: 'book',
      summary: 'Books in one call.',
      description:
        'Takes the person by profile_id, or by name (made if new); approves them for the opportunity; reserves the given shift or the next one with a free spot.',
      tags: ['reservations'],
      requestBody: jsonBody({
        ...object(
          {
            name: { ...text, minLength: 1, maxLength: 200, description: 'First name, then last name.' },
            profile_id: text,
            email: { ...text, format: 'email', maxLength: 200, description: 'Of a new person.' },
            shift_id: text,
            attendance,
          },
          [],
        ),
        oneOf: [{ required: ['name'] }, { required: ['profile_id'] }],
      }),
      responses: {
        201: answer('The reservation as its event carries it.', {
          $ref: '#/components/schemas/ReservationPayload',
        }),
        ...refusals,
        ...conflicting,
      },
    },
  },
}
