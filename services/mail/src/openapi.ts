import type { OpenApi, ResponseObject, Schema } from '@flowstead/service-kit'

const text: Schema = { type: 'string' }
const optionalText: Schema = { type: ['string', 'null'] }
const list = (items: Schema): Schema => ({ type: 'array', items })

function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function answer(description: string, schema: Schema): ResponseObject {
  return { description, content: { 'application/json': { schema } } }
}

const address = object({ name: text, address: text })
const summary = {
  id: text,
  message_id: optionalText,
  idempotency_key: optionalText,
  received_at: text,
  from: address,
  to: list(address),
  cc: list(address),
  envelope_to: list(text),
  subject: text,
  text,
  attachments: list(object({ filename: text, mime_type: text, size: { type: 'integer' } })),
}

const refusal = (description: string) => answer(description, { $ref: '#/components/schemas/Problem' })
const refusals = {
  400: refusal('A parameter breaks a rule; `fields` names it.'),
  401: refusal('No API key in force.'),
  422: refusal('The Idempotency-Key was used with another request.'),
  429: refusal('Too many calls; see Retry-After.'),
}

/** The HTTP side of the mail box. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Mail box',
    version: '1.0.0',
    description:
      'Keeps what is sent to its SMTP port and shows it; nothing is sent on. Send the API key in the header X-API-Key.',
  },
  security: [{ apiKey: [] }],
  paths: {
    '/api/messages': {
      get: {
        operationId: 'listMessages',
        summary: 'Lists messages, newest first.',
        tags: ['messages'],
        parameters: [
          { name: 'to', in: 'query', schema: text, description: 'An envelope recipient contains this.' },
          {
            name: 'text',
            in: 'query',
            schema: text,
            description: 'Subject, body or sender contain this.',
          },
          { name: 'before', in: 'query', schema: text, description: 'Only messages older than this id.' },
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
            description: 'At most so many.',
          },
        ],
        responses: { 200: answer('The messages.', object({ messages: list(object(summary)) })), ...refusals },
      },
      delete: {
        operationId: 'deleteMessages',
        summary: 'Deletes every message.',
        tags: ['messages'],
        responses: { 204: { description: 'The mail box is empty.' }, ...refusals },
      },
    },
    '/api/messages/{id}': {
      get: {
        operationId: 'getMessage',
        summary: 'Shows one message whole.',
        tags: ['messages'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        responses: {
          200: answer(
            'The message.',
            object({ ...summary, html: text, headers: list(object({ name: text, value: text })) }),
          ),
          ...refusals,
          404: refusal('There is no such message.'),
        },
      },
    },
    '/api/messages/{id}/attachments/{number}': {
      get: {
        operationId: 'getAttachment',
        summary: 'Gets an attachment of a message as a file.',
        description:
          'The type is the one the sender gave; browsers are told to save the file and to run nothing.',
        tags: ['messages'],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: text },
          {
            name: 'number',
            in: 'path',
            required: true,
            schema: { type: 'integer', minimum: 1, maximum: 10_000 },
            description: 'Place in the list of attachments, from 1.',
          },
        ],
        responses: {
          200: {
            description: 'The file.',
            content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
          },
          ...refusals,
          404: refusal('There is no such attachment.'),
        },
      },
    },
  },
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    schemas: {
      Problem: object({
        code: text,
        message: text,
        fields: list(object({ field: text, rule: text, message: text })),
      }),
    },
  },
}
