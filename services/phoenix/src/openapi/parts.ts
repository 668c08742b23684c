/** Pieces that several parts of the OpenAPI document use. */
import type { Operation, Parameter, ResponseObject, Schema } from '@flowstead/service-kit'

export const text: Schema = { type: 'string' }
export const optionalText: Schema = { type: ['string', 'null'] }
export const instant: Schema = { type: 'string', format: 'date-time' }
export const optionalInstant: Schema = { type: ['string', 'null'], format: 'date-time' }

/** Text that a database gives back as it was: no NUL, no half of a surrogate pair. */
const storable = '[^\\u0000\\ud800-\\udfff]*$'
export const anyText = `^${storable}`
/** The same, not blank. The look-ahead keeps the time linear. */
export const visibleText = `^(?=[\\s\\S]*\\S)${storable}`

/** The id of a coach, a talent, a place in the path or a user: some text that is not blank. */
export const idText: Schema = { type: 'string', minLength: 1, maxLength: 100, pattern: visibleText }
export const optionalId: Schema = { ...idText, type: ['string', 'null'] }

/** An object with these members and no others; all of them are required unless said otherwise. */
export function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** A reference to a schema of the document. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** An answer with this JSON. */
export function answer(description: string, schema: Schema): ResponseObject {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON body. */
export function jsonBody(schema: Schema): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } }
}

/** A parameter of the path. */
export function inPath(name: string, description: string): Parameter {
  return { name, in: 'path', required: true, schema: text, description }
}

/** An optional parameter of the query. */
export function inQuery(name: string, schema: Schema, description: string): Parameter {
  return { name, in: 'query', schema, description }
}

const refusal = (description: string) => answer(description, ref('Problem'))

/** What any operation may answer besides success. */
export const refusals = {
  400: refusal('A member or parameter breaks a rule; `fields` names it.'),
  401: refusal('No API key in force.'),
  422: refusal('The Idempotency-Key was used with another request.'),
  429: refusal('Too many calls; see Retry-After.'),
}
export const missing = { 404: refusal('There is no such thing.') }
export const conflicting = { 409: refusal('Not possible as things stand; `fields` names why.') }

/** The form of every refusal. */
export const problem: Schema = object({
  code: text,
  message: text,
  fields: { type: 'array', items: object({ field: text, rule: text, message: text }) },
})

export const limit = (most: number): Parameter =>
  inQuery('limit', { type: 'integer', minimum: 1, maximum: most, default: 50 }, 'At most so many.')
