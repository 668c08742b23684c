import type { OpenApi, Schema } from '@flowstead/service-kit'
import { approvals, categories, opportunities } from './opportunities/opportunities.ts'
import { shifts } from './opportunities/shifts.ts'
import { profiles } from './profiles/profiles.ts'
import { reservations } from './reservations/reservations.ts'
import { capitalised } from './resource/resource.ts'
import {
  answer,
  conflicting,
  idParameter,
  jsonBody,
  missing,
  readPaths,
  refusals,
  resourcePaths,
  shownSchema,
} from './resource/resource-openapi.ts'
import { subscriptionPaths } from './webhooks/subscriptions.ts'

const text: Schema = { type: 'string' }
const optionalText: Schema = { type: ['string', 'null'] }

function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const problem = object({
  code: text,
  message: text,
  fields: { type: 'array', items: object({ field: text, rule: text, message: text }) },
})

const reservationPayload = object({
  id: text,
  shift: object({
    id: text,
    created_at: text,
    shift_start_at: text,
    shift_end_at: text,
    spots: { type: 'integer' },
    shift_title: text,
    shift_description: text,
  }),
  created_at: text,
  status: { type: 'integer' },
  arrival_time: optionalText,
  departure_time: optionalText,
  hours_approved_by: optionalText,
  user: object({
    id: text,
    first_name: text,
    last_name: text,
    email: text,
    gender: { type: 'integer' },
    address: text,
    phone_number: text,
    date_of_birth: optionalText,
    timezone: text,
    address_coordinates: { type: 'array', items: text },
  }),
  opportunity: object({
    id: text,
    status: text,
    category: object({ id: text, title: text, description: text }),
    title: text,
    description: text,
  }),
})

const resources = [profiles, categories, opportunities, approvals, shifts, reservations]

const organizationPaths: OpenApi['paths'] = {
  '/api/v1/organization': {
    get: {
      operationId: 'getOrganization',
      summary: 'Shows the organisation.',
      tags: ['organization'],
      responses: { 200: answer('The organisation.', ref('Organization')), ...refusals },
    },
    patch: {
      operationId: 'updateOrganization',
      summary: 'Changes name or time zone.',
      tags: ['organization'],
      requestBody: jsonBody({
        ...object({ name: { ...text, minLength: 1, maxLength: 200 }, timezone: text }, []),
        minProperties: 1,
      }),
      responses: { 200: answer('The organisation.', ref('Organization')), ...refusals },
    },
  },
}

const profilePaths: OpenApi['paths'] = {
  '/api/v1/profiles/{id}/archive': {
    post: {
      operationId: 'archiveProfile',
      summary: 'Archives a profile: its approvals end, its history stays.',
      tags: ['profiles'],
      parameters: [idParameter],
      responses: { 200: answer('The profile.', ref('Profile')), ...refusals, ...missing },
    },
  },
  '/api/v1/profiles/{id}/reactivate': {
    post: {
      operationId: 'reactivateProfile',
      summary: 'Reactivates a profile; approvals do not come back by themselves.',
      tags: ['profiles'],
      parameters: [idParameter],
      responses: { 200: answer('The profile.', ref('Profile')), ...refusals, ...missing },
    },
  },
}

const instant: Schema = { type: 'string', format: 'date-time' }
const one = '/api/v1/reservations/{id}'

const reservationPaths: OpenApi['paths'] = {
  '/api/v1/reservations': {
    ...readPaths(reservations)['/api/v1/reservations'],
    post: {
      operationId: 'createReservation',
      summary: 'Reserves a spot for an approved person; without instant book it is a request.',
      tags: ['reservations'],
      requestBody: jsonBody(object({ shift_id: text, profile_id: text })),
      responses: { 201: answer('The reservation.', ref('Reservation')), ...refusals, ...conflicting },
    },
  },
  [one]: {
    ...readPaths(reservations)[one],
    patch: {
      operationId: 'updateReservation',
      summary: 'Approves, confirms, checks in and out, marks or cancels a reservation.',
      description:
        'Confirm from 48 h before the start, check in from when check-in opens, check out until it closes.',
      tags: ['reservations'],
      parameters: [idParameter],
      requestBody: jsonBody({
        ...object(
          {
            status: { type: 'integer', minimum: 0, maximum: 7 },
            arrival_time: instant,
            departure_time: instant,
            hours_approved_by: { ...text, minLength: 1, maxLength: 100 },
          },
          [],
        ),
        minProperties: 1,
      }),
      responses: {
        200: answer('The reservation.', ref('Reservation')),
        ...refusals,
        ...missing,
        ...conflicting,
      },
    },
    delete: {
      operationId: 'deleteReservation',
      summary: 'Removes a reservation; cancelling is a change of status.',
      tags: ['reservations'],
      parameters: [idParameter],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
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
          },
          [],
        ),
        oneOf: [{ required: ['name'] }, { required: ['profile_id'] }],
      }),
      responses: {
        201: answer('The reservation as its event carries it.', ref('ReservationPayload')),
        ...refusals,
        ...conflicting,
      },
    },
  },
}

/** The whole API of the service. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Vome',
    version: '1.0.0',
    description:
      'Volunteer management: people, opportunities, shifts and reservations, with events by webhook. A local service; send the API key in the header X-API-Key.',
  },
  security: [{ apiKey: [] }],
  paths: {
    ...organizationPaths,
    ...resourcePaths(profiles),
    ...profilePaths,
    ...resourcePaths(categories),
    ...resourcePaths(opportunities),
    ...resourcePaths(approvals),
    ...resourcePaths(shifts),
    ...reservationPaths,
    ...subscriptionPaths,
  },
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    schemas: {
      Problem: problem,
      Organization: object({ id: text, name: text, timezone: text }),
      ReservationPayload: reservationPayload,
      ...Object.fromEntries(resources.map((resource) => [capitalised(resource.name), shownSchema(resource)])),
    },
  },
}
