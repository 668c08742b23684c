import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import {
  answer,
  conflicting,
  idParameter,
  inputSchema,
  jsonBody,
  missing,
  refusals,
} from '../resource/resource-openapi.ts'
import { customFieldValues } from './custom-fields.ts'
import { profiles } from './profiles.ts'

const shown: Schema = { $ref: '#/components/schemas/Profile' }

function move(operationId: string, summary: string): { post: Operation } {
  return {
    post: {
      operationId,
      summary,
      tags: ['profiles'],
      parameters: [idParameter],
      responses: { 200: answer('The profile.', shown), ...refusals, ...missing },
    },
  }
}

const claim: Operation = {
  ...move(
    'claimProfile',
    'The person has signed up with the same address: an offline profile becomes a Vome user.',
  ).post,
  requestBody: jsonBody({
    type: 'object',
    properties: { email: { type: 'string', maxLength: 200 } },
    required: ['email'],
    additionalProperties: false,
  }),
  responses: { 200: answer('The profile.', shown), ...refusals, ...missing, ...conflicting },
}

const person = inputSchema(profiles, 'create')
const customField = {
  type: 'object',
  properties: { custom_field_id: { type: 'string' }, values: customFieldValues.columns.values?.schema },
  required: ['custom_field_id', 'values'],
  additionalProperties: false,
}
const row = {
  ...person,
  properties: {
    ...(person.properties as Record<string, Schema>),
    tag_ids: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 100 },
    custom_fields: { type: 'array', items: customField, maxItems: 100 },
  },
}
const rows = { type: 'array', minItems: 1, maxItems: 500, items: row }
const made = { type: 'array', items: shown }

export const profilePaths: OpenApi['paths'] = {
  '/api/v1/profiles/{id}/archive': move(
    'archiveProfile',
    'Archives a profile: its approvals end, its history stays.',
  ),
  '/api/v1/profiles/{id}/reactivate': move(
    'reactivateProfile',
    'Reactivates a profile; approvals do not come back by themselves.',
  ),
  '/api/v1/profiles/{id}/claim': { post: claim },
  '/api/v1/profile_imports': {
    post: {
      operationId: 'importProfiles',
      summary:
        'Makes many profiles with their tags and custom fields, all or none; each has an event of its own.',
      tags: ['profiles'],
      requestBody: jsonBody({
        type: 'object',
        properties: { profiles: rows },
        required: ['profiles'],
        additionalProperties: false,
      }),
      responses: {
        201: answer('The new profiles.', { type: 'object', properties: { data: made }, required: ['data'] }),
        ...refusals,
        ...conflicting,
      },
    },
  },
}
