/**
 * Requests and answers against the service's own OpenAPI document. ajv makes code from schemas, so it sees
 * only documents of ours, never one from outside.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApi, Operation, Parameter, Schema } from './openapi.ts'
import type { FieldProblem } from './problem.ts'

export interface RequestParts {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly body: unknown
}

export interface OperationValidator {
  /** What is wrong with a request. Numbers and booleans in `params` and `query` are turned into such. */
  request(parts: RequestParts): FieldProblem[]
  /** What is wrong with an answer of ours; an undocumented status is a problem too. */
  answer(status: number, body: unknown): string[]
}

/** Makes validators for the operations of one document; each schema is compiled at its first use. */
export function createValidation(document: OpenApi): (operation: Operation) => OperationValidator {
  // The documents are ours and checked by tests; checking them at every start takes longer than the rest of it.
  const strict = withFormats(new Ajv2020({ strict: false, allErrors: true, validateSchema: false }))
  const coercing = withFormats(
    new Ajv2020({
      strict: false,
      allErrors: true,
      coerceTypes: true,
      useDefaults: true,
      validateSchema: false,
    }),
  )
  const compile = (ajv: Ajv2020, schema: Schema) =>
    ajv.compile({ allOf: [schema], components: document.components })

  return (operation) => {
    const params = lazy(() => compile(coercing, parameterSchema(operation, 'path')))
    const query = lazy(() => compile(coercing, parameterSchema(operation, 'query')))
    const bodySchema = operation.requestBody?.content['application/json'].schema
    const body = lazy(() => compile(strict, bodySchema ?? {}))
    const answers = new Map<number, ValidateFunction>()
    return {
      request(parts) {
        const problems = [...check(params(), parts.params, ''), ...check(query(), parts.query, '')]
        if (bodySchema === undefined) return problems
        if (parts.body === undefined) {
          const isOptional = operation.requestBody?.required === false
          return isOptional ? problems : [...problems, missingBody]
        }
        return [...problems, ...check(body(), parts.body, '')]
      },
      answer(status, answer) {
        const documented = operation.responses[status]
        if (documented === undefined) return [`${operation.operationId} does not document status ${status}.`]
        const schema = documented.content?.['application/json']?.schema
        if (schema === undefined) return []
        const validate = answers.get(status) ?? compile(strict, schema)
        answers.set(status, validate)
        return check(validate, answer, '').map(({ field, message }) => `${field || '(root)'}: ${message}`)
      },
    }
  }
}

const missingBody: FieldProblem = {
  field: 'body',
  rule: 'required',
  message: 'The request needs a JSON body.',
}

/** `ajv-formats` is CommonJS; under NodeNext its default export is typed as the module. */
function withFormats(ajv: Ajv2020): Ajv2020 {
  const add = addFormats as unknown as (ajv: Ajv2020) => void
  add(ajv)
  return ajv
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function parameterSchema(operation: Operation, place: Parameter['in']): Schema {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
  }
}

function check(validate: ValidateFunction, value: unknown, prefix: string): FieldProblem[] {
  if (validate(value)) return []
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'allOf').map((e) => describe(e, prefix))
}

function describe(error: ErrorObject, prefix: string): FieldProblem {
  const place = `${prefix}${error.instancePath}`.replace(/^\//, '').replaceAll('/', '.')
  const { missingProperty, additionalProperty, allowedValues } = error.params as Record<string, unknown>
  const inner = missingProperty ?? additionalProperty
  const field = inner === undefined ? place : [place, String(inner)].filter((part) => part !== '').join('.')
  const name = `"${field === '' ? 'body' : field}"`
  const message = (() => {
    if (missingProperty !== undefined) return `${name} is required.`
    if (additionalProperty !== undefined) return `${name} is not known here.`
    if (Array.isArray(allowedValues)) return `${name} must be one of ${allowedValues.join(', ')}.`
    return `${name} ${error.message ?? 'is not valid'}.`
  })()
  return { field: field === '' ? 'body' : field, rule: error.keyword, message }
}
