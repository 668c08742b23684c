import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import { fileTypes } from './answers.ts'
import { olderPaths } from './older/paths.ts'
import { answer, data, refusals, requestBody, text } from './schemas.ts'

const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties })

function post(
  operation: Omit<Operation, 'responses' | 'tags' | 'x-effect'>,
  schema: Schema,
): { post: Operation } {
  const responses = { 200: answer('The review.', schema), ...refusals }
  return { post: { ...operation, tags: ['review'], 'x-effect': 'read', responses } }
}

/** The HTTP API of AutoReview: version 2, and the shapes before it. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'AutoReview',
    version: '2.0.0',
    description:
      'Reviews flows: data with score and findings, documents, diagrams. Nothing is kept of what is sent here. Send the API key in the header X-API-Key.',
  },
  security: [{ apiKey: [] }],
  paths: {
    '/v2/autoreview/': {
      get: {
        operationId: 'GETInfo',
        summary: 'Info',
        description: 'Version and links.',
        tags: ['review'],
        responses: {
          200: answer(
            'Version and links.',
            object({ version: text, apiKey: text, message: text, information: text, diagram: text }),
          ),
          401: refusals[401],
          429: refusals[429],
        },
      },
      ...post(
        {
          operationId: 'POSTHttp',
          summary: 'HTTP',
          description: 'Any operation with a body of your own making.',
          parameters: [{ name: 'path', in: 'query', schema: text, description: 'json, file or diagram.' }],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: object({ configs: { type: 'object' }, properties: { type: 'object' } }),
              },
            },
          },
        },
        {},
      ),
    },
    '/v2/autoreview/json': post(
      {
        operationId: 'POSTJson',
        summary: 'JSON',
        description: 'The review of a flow as data.',
        requestBody: requestBody({ type: 'string', enum: ['json'], default: 'json' }),
      },
      object({ data: { $ref: '#/components/schemas/Data' } }),
    ),
    '/v2/autoreview/file': post(
      {
        operationId: 'POSTFile',
        summary: 'File',
        description: 'The review, the report, the diagram or the exceptions of a flow as an HTML document.',
        requestBody: requestBody({ type: 'string', enum: fileTypes, default: 'review' }),
      },
      object({ data: object({ file: text, info: text }) }),
    ),
    '/v2/autoreview/diagram': post(
      {
        operationId: 'POSTDiagram',
        summary: 'Diagram',
        description: 'The drawing of a flow as SVG.',
        requestBody: requestBody({ type: 'string', enum: ['SVG'], default: 'SVG' }),
      },
      object({ data: object({ image: text, info: text }) }),
    ),
    ...olderPaths,
  },
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    schemas: {
      Data: data,
      Error: object({
        code: text,
        message: text,
        fields: { type: 'array', items: object({ field: text, rule: text, message: text }) },
      }),
    },
  },
}
