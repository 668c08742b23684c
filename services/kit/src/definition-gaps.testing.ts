/** Holds a connector's definition against the document of the service that answers it. */
import type { OpenApi, Operation, ResponseObject } from './openapi.ts'

type Json = Record<string, unknown>

/** Follows `$ref` in a document. */
export function resolved(document: unknown, schema: unknown): Json {
  const { $ref } = (schema ?? {}) as { $ref?: string }
  if ($ref === undefined) return (schema ?? {}) as Json
  const names = $ref.slice(2).split('/')
  const found = names.reduce((inner, name) => inner[name] as Json, document as Json)
  return resolved(document, found)
}

const typesOf = ({ type }: Json): unknown[] =>
  (Array.isArray(type) ? type : [type]).filter((t) => t !== 'null')

/** Where `part` (of the definition) says something that `whole` (of the service) does not. */
function schemaGaps(documents: Documents, part: unknown, whole: unknown, place: string): string[] {
  const [inner, outer] = [resolved(documents.definition, part), resolved(documents.openapi, whole)]
  const gaps: string[] = []
  if (String(typesOf(inner)) !== String(typesOf(outer))) gaps.push(`${place}: type`)
  const { enum: ours, 'x-nullable': nullable } = inner
  const theirs = (outer.enum as unknown[] | undefined)?.filter((value) => value !== null)
  if (ours !== undefined && String(ours) !== String(theirs)) gaps.push(`${place}: enum`)
  if (nullable === true && !String(outer.type).includes('null')) gaps.push(`${place}: null`)
  for (const rule of ['minLength', 'maxLength', 'minimum', 'maximum']) {
    if (inner[rule] !== undefined && inner[rule] !== outer[rule]) gaps.push(`${place}: ${rule}`)
  }
  const [has, knows] = [(inner.properties ?? {}) as Json, (outer.properties ?? {}) as Json]
  for (const [name, property] of Object.entries(has)) {
    if (knows[name] === undefined) gaps.push(`${place}.${name}: unknown`)
    else gaps.push(...schemaGaps(documents, property, knows[name], `${place}.${name}`))
  }
  if (inner.items !== undefined) gaps.push(...schemaGaps(documents, inner.items, outer.items, `${place}[]`))
  return gaps
}

interface Documents {
  readonly definition: Json
  readonly openapi: OpenApi
}

interface SwaggerOperation {
  readonly operationId: string
  readonly parameters?: readonly Json[]
  readonly responses: Readonly<Record<string, Json>>
}

/** Where the definition's operation is no part of the service's. */
function operationGaps(documents: Documents, part: SwaggerOperation, whole: Operation | undefined): string[] {
  if (whole === undefined) return [`${part.operationId}: no such operation`]
  return [
    ...(part.operationId === whole.operationId ? [] : [`${part.operationId}: ${whole.operationId}`]),
    ...(part.parameters ?? []).flatMap((parameter) =>
      parameterGaps(documents, parameter, whole, `${part.operationId} ${parameter.name}`),
    ),
    ...Object.entries(part.responses).flatMap(([status, response]) =>
      responseGaps(documents, response, whole.responses[status], `${part.operationId} ${status}`),
    ),
  ]
}

function parameterGaps(documents: Documents, parameter: Json, whole: Operation, place: string): string[] {
  if (parameter.in !== 'body') {
    const known = whole.parameters?.find(({ name, in: at }) => name === parameter.name && at === parameter.in)
    return known === undefined ? [`${place}: unknown`] : schemaGaps(documents, parameter, known.schema, place)
  }
  const body = whole.requestBody?.content['application/json'].schema
  const required = resolved(documents.definition, parameter.schema).required ?? []
  const asked = resolved(documents.openapi, body).required ?? []
  const gaps = schemaGaps(documents, parameter.schema, body, place)
  return String(required) === String(asked) ? gaps : [...gaps, `${place}: required`]
}

function responseGaps(
  documents: Documents,
  response: Json,
  known: ResponseObject | undefined,
  place: string,
): string[] {
  if (known === undefined) return [`${place}: unknown`]
  if (response.schema === undefined) return []
  return schemaGaps(documents, response.schema, known.content?.['application/json']?.schema, place)
}

/** Every operation of the definition with its place. */
export function definedOperations(definition: Json): {
  path: string
  method: string
  operation: SwaggerOperation
  item: Json
}[] {
  return Object.entries(definition.paths as Record<string, Json>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => !method.startsWith('x-'))
      .map(([method, operation]) => ({ path, method, operation: operation as SwaggerOperation, item })),
  )
}

/** Where the definition is no part of the service's document. */
export function definitionGaps(definition: Json, openapi: OpenApi): string[] {
  return definedOperations(definition).flatMap(({ method, operation, path }) =>
    operationGaps(
      { definition, openapi },
      operation,
      openapi.paths[`${definition.basePath}${path}`]?.[method as 'get'],
    ),
  )
}
