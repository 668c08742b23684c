/** The part of the OpenAPI document that a resource's columns say. */
import type { OpenApi, Operation, Parameter, ResponseObject, Schema } from '@flowstead/service-kit'
import { capitalised, type Resource } from './resource.ts'

/** An answer with this JSON. */
export function answer(description: string, schema: Schema): ResponseObject {
  return { description, content: { 'application/json': { schema } } }
}

const refusal = (description: string) => answer(description, { $ref: '#/components/schemas/Problem' })

/** What any operation may answer besides success. */
export const refusals = {
  400: refusal('A member or parameter breaks a rule; `fields` names it.'),
  401: refusal('No API key in force.'),
  422: refusal('The Idempotency-Key was used with another request.'),
  429: refusal('Too many calls; see Retry-After.'),
}
export const missing = { 404: refusal('There is no such thing.') }
export const conflicting = { 409: refusal('Not possible as things stand; `fields` names why.') }

export const idParameter: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

/** A JSON body. */
export function jsonBody(schema: Schema): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } }
}

/** What an answer shows of a resource. */
export function shownSchema({ columns, description }: Resource): Schema {
  const members = Object.entries(columns).map(([name, { schema }]) => [name, schema])
  return {
    type: 'object',
    description,
    properties: { id: { type: 'string' }, ...Object.fromEntries(members) },
    required: ['id', ...Object.keys(columns)],
    additionalProperties: false,
  }
}

/** What a client writes of a resource. */
export function inputSchema({ columns }: Resource, use: 'create' | 'update'): Schema {
  const inputs = Object.entries(columns).filter(([, { input }]) => input !== 'none')
  const required = inputs.filter(([, { input }]) => input === 'required').map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(inputs.map(([name, { schema }]) => [name, schema])),
    ...(use === 'create' ? { required } : { minProperties: 1 }),
    additionalProperties: false,
  }
}

/** Listing and reading. */
export function readPaths(resource: Resource): OpenApi['paths'] {
  const { filters, plural, name } = resource
  const shown: Schema = { $ref: `#/components/schemas/${capitalised(name)}` }
  const page: Schema = {
    type: 'object',
    properties: {
      data: { type: 'array', items: shown },
      next: { type: ['string', 'null'], description: 'The value for `after`; null on the last page.' },
    },
    required: ['data', 'next'],
    additionalProperties: false,
  }
  const filterParameters: Parameter[] = Object.entries(filters).map(([filter, { description, schema }]) => ({
    name: filter,
    in: 'query',
    schema,
    description,
  }))
  return {
    [`/api/v1/${plural}`]: {
      get: {
        operationId: `list${capitalised(plural)}`,
        summary: `Lists ${plural} in the order they were made.`,
        tags: [plural],
        parameters: [
          ...filterParameters,
          { name: 'after', in: 'query', schema: { type: 'string' }, description: 'Goes on after this id.' },
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
            description: 'At most so many.',
          },
        ],
        responses: { 200: answer('One page.', page), ...refusals },
      },
    },
    [`/api/v1/${plural}/{id}`]: {
      get: {
        operationId: `get${capitalised(name)}`,
        summary: `Shows one ${name}.`,
        tags: [plural],
        parameters: [idParameter],
        responses: { 200: answer(`The ${name}.`, shown), ...refusals, ...missing },
      },
    },
  }
}

/** All five operations. */
export function resourcePaths(resource: Resource): OpenApi['paths'] {
  const { name, plural } = resource
  const shown: Schema = { $ref: `#/components/schemas/${capitalised(name)}` }
  const read = readPaths(resource)
  const [collection, one] = [`/api/v1/${plural}`, `/api/v1/${plural}/{id}`]
  return {
    [collection]: {
      ...read[collection],
      post: {
        operationId: `create${capitalised(name)}`,
        summary: `Makes one ${name}.`,
        tags: [plural],
        requestBody: jsonBody(inputSchema(resource, 'create')),
        responses: { 201: answer(`The new ${name}.`, shown), ...refusals, ...conflicting },
      },
    },
    [one]: {
      ...read[one],
      patch: {
        operationId: `update${capitalised(name)}`,
        summary: `Changes the given members of one ${name}.`,
        tags: [plural],
        parameters: [idParameter],
        requestBody: jsonBody(inputSchema(resource, 'update')),
        responses: { 200: answer(`The ${name}.`, shown), ...refusals, ...missing, ...conflicting },
      },
      delete: {
        operationId: `delete${capitalised(name)}`,
        summary: `Deletes one ${name}.`,
        tags: [plural],
        parameters: [idParameter],
        responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing, ...conflicting },
      },
    },
  }
}
