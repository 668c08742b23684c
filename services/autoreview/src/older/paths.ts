import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import { answer, refusals, text } from '../schemas.ts'
import { apis } from './operations.ts'

const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties })
const older = { tags: ['older shapes'] }
const success = (schema: Schema) => ({ 200: answer('The answer.', schema), ...refusals })

function flowBody(definition: Schema, required: readonly string[]) {
  const schema = { ...object({ name: text, displayName: text, owner: text, definition }), required }
  return { required: true, content: { 'application/json': { schema } } }
}

function byApi(
  operationId: string,
  summary: string,
  definition: Schema,
  required: readonly string[],
): { post: Operation } {
  return {
    post: {
      ...older,
      operationId,
      summary,
      'x-effect': 'read',
      parameters: [
        {
          name: 'api',
          in: 'query',
          schema: { type: 'string', enum: apis, default: 'review' },
          description: 'What is wanted.',
        },
      ],
      requestBody: flowBody(definition, required),
      responses: success({ type: 'object' }),
    },
  }
}

/** Paths of the custom connectors 1.0.0.1 (`/v1`) and 2.0.0.0 (`/custom`); the key may stand in the query `apiKey`. */
export const olderPaths: OpenApi['paths'] = {
  '/v1/autoreview': {
    get: {
      ...older,
      operationId: 'AutoReview-Version',
      summary: 'The version, as the custom connector 1.0.0.1 asked for it.',
      parameters: [{ name: 'request', in: 'query', schema: text, description: 'Given back as it is.' }],
      responses: success(object({ wrapped: { type: 'object' } })),
    },
    post: {
      ...older,
      operationId: 'AutoReview-JSON',
      summary: 'The review as data, as the custom connector 1.0.0.1 asked for it.',
      'x-effect': 'read',
      requestBody: flowBody({ type: 'object' }, ['definition']),
      responses: success(object({ wrapped: { $ref: '#/components/schemas/Data' } })),
    },
  },
  '/custom/autoreview/info': {
    get: {
      ...older,
      operationId: 'AutoReview-Info',
      summary: 'Version and links, as the custom connector 2.0.0.0 asked for them.',
      responses: success(object({ version: text, apiKey: text, Information: text, Diagram: text })),
    },
  },
  '/custom/autoreview/personal': byApi(
    'AutoReview-personal',
    'Reviews a definition given as an object.',
    { type: 'object' },
    ['displayName', 'name', 'owner'],
  ),
  '/custom/autoreview/dataverse': byApi('AutoReview-dataverse', 'Reviews client data given as text.', text, [
    'displayName',
    'name',
    'owner',
    'definition',
  ]),
}
