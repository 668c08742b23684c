/** Pieces of which the service's document is put together. */
import type { Operation, Parameter, ResponseObject, Schema } from '@flowstead/service-kit'

/** Longest text of members without a rule of their own. */
export const longestText = 15_000

/** A reference to a schema of the document. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** The schema, or null. */
export function orNull(schema: Schema): Schema {
  if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] }
  return { oneOf: [schema, { type: 'null' }] }
}

export const uuid: Schema = { type: 'string', format: 'uuid' }
export const time: Schema = { type: 'string', format: 'date-time' }
export const boolean: Schema = { type: 'boolean' }

/** Text of `min` to `max` characters. */
export function text(max = longestText, min = 0): Schema {
  return { type: 'string', ...(min === 0 ? {} : { minLength: min }), maxLength: max }
}

export function list(items: Schema, maxItems?: number): Schema {
  return { type: 'array', items, ...(maxItems === undefined ? {} : { maxItems }) }
}

/** An object without other members; all are required unless `required` says which. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** How a client names something that exists: exactly one of the keys. */
export function reference(...keys: readonly string[]): Schema {
  const properties = Object.fromEntries(keys.map((key) => [key, text(500, 1)]))
  return {
    ...object(properties, []),
    minProperties: 1,
    maxProperties: 1,
    description: `One of ${keys.join(', ')}.`,
  }
}

export function answer(description: string, schema?: Schema): ResponseObject {
  return schema === undefined ? { description } : { description, content: { 'application/json': { schema } } }
}

/** An answer `{name: schema}`. */
export function answerOf(name: string, schema: Schema, description: string): ResponseObject {
  return answer(description, object({ [name]: schema }))
}

const errors = ref('Errors')
const error = ref('Error')

export const refusals: Operation['responses'] = {
  400: answer('The request cannot be read.', errors),
  401: answer('No API key, or one that is not in force.', error),
  422: answer('Members break their rules; nothing has changed.', errors),
  429: {
    description: 'Too many calls: the text “Rate Limit Exceeded”.',
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait.' } },
  },
}
export const missing: Operation['responses'] = { 404: answer('There is no such thing.', error) }
export const conflicting: Operation['responses'] = { 409: answer('Not possible as things stand.', errors) }

export function jsonBody(schema: Schema): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } }
}

export function queryParameter(name: string, schema: Schema, description: string): Parameter {
  return { name, in: 'query', schema, description }
}

export function idParameter(what: string): Parameter {
  return { name: 'id', in: 'path', required: true, schema: text(500, 1), description: what }
}

export const after = queryParameter('after', text(500, 1), 'uuid of the last one seen: the page after it.')

/** Strictly before or after; either may be missing. */
export const updatedFilters: readonly Parameter[] = [
  queryParameter('updated_at[before]', time, 'Only what was last changed before this instant.'),
  queryParameter('updated_at[after]', time, 'Only what was last changed after this instant.'),
]
