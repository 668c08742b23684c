import type { OpenApi, Schema } from '@flowstead/service-kit'
import { answer, jsonBody, refusals } from '../resource/resource-openapi.ts'

const text: Schema = { type: 'string' }
const shown: Schema = { $ref: '#/components/schemas/Organization' }

/** The organisation as an answer shows it. */
export const organizationSchema: Schema = {
  type: 'object',
  properties: { id: text, name: text, timezone: text },
  required: ['id', 'name', 'timezone'],
  additionalProperties: false,
}

export const organizationPaths: OpenApi['paths'] = {
  '/api/v1/organization': {
    get: {
      operationId: 'getOrganization',
      summary: 'Shows the organisation.',
      tags: ['organization'],
      responses: { 200: answer('The organisation.', shown), ...refusals },
    },
    patch: {
      operationId: 'updateOrganization',
      summary: 'Changes name or time zone.',
      tags: ['organization'],
      requestBody: jsonBody({
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          timezone: { ...text, maxLength: 100, description: 'IANA or Windows name.' },
        },
        minProperties: 1,
        additionalProperties: false,
      }),
      responses: { 200: answer('The organisation.', shown), ...refusals },
    },
  },
}
