import { readFileSync } from 'node:fs'
import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'

type Json = Record<string, unknown>

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as Json

/** The definition of the connector, as flows see it. */
export const definition = read('connectors/Phoenix/apiDefinition.swagger.json')

/** A published file of the contract. */
export const contract = (name: string) =>
  read(`conformance/contracts/phoenix.VCSessionScheduledEvent.${name}.json`)

/** Follows `$ref` in a document. */
export function resolved(document: unknown, schema: unknown): Json {
  const { $ref } = (schema ?? {}) as { $ref?: string }
  if ($ref === undefined) return (schema ?? {}) as Json
  const names = $ref.slice(2).split('/')
  const found = names.reduce((inner, name) => inner[name] as Json, document as Json)
  return resolved(document, found)
}

/** A schema of the definition as JSON Schema: references followed, `x-nullable` as a type. */
export function asJsonSchema(schema: unknown): Schema {
  const { properties, items, 'x-nullable': nullable, type, ...rest } = resolved(definition, schema)
  const nullables = nullable === true
  const values = rest.enum as unknown[] | undefined
  return {
    ...rest,
    ...(type === undefined ? {} : { type: nullables ? [type, 'null'] : type }),
    ...(values !== undefined && nullables ? { enum: [...values, null] } : {}),
    ...(items === undefined ? {} : { items: asJsonSchema(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties as Json).map(([name, inner]) => [name, asJsonSchema(inner)]),
          ),
        }),
  }
}

const typesOf = ({ type }: Json): unknown[] =>
  (Array.isArray(type) ? type : [type]).filter((t) => t !== 'null')

/** Where `part` (of the definition) says something that `whole` (of the service) does not. */
function schemaGaps(openapi: OpenApi, part: unknown, whole: unknown, place: string): string[] {
  const [inner, outer] = [resolved(definition, part), resolved(openapi, whole)]
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
    else gaps.push(...schemaGaps(openapi, property, knows[name], `${place}.${name}`))
  }
  if (inner.items !== undefined) gaps.push(...schemaGaps(openapi, inner.items, outer.items, `${place}[]`))
  return gaps
}

interface SwaggerOperation {
  readonly operationId: string
  readonly parameters?: readonly Json[]
  readonly responses: Readonly<Record<string, Json>>
}

/** Where the definition's operation is no part of the service's. */
function operationGaps(openapi: OpenApi, part: SwaggerOperation, whole: Operation | undefined): string[] {
  if (whole === undefined) return [`${part.operationId}: no such operation`]
  const gaps = part.operationId === whole.operationId ? [] : [`${part.operationId}: ${whole.operationId}`]
  for (const parameter of part.parameters ?? []) {
    const place = `${part.operationId} ${parameter.name}`
    if (parameter.in === 'body') {
      const body = whole.requestBody?.content['application/json'].schema
      gaps.push(...schemaGaps(openapi, parameter.schema, body, place))
      const required = (resolved(definition, parameter.schema).required ?? []) as string[]
      if (String(required) !== String(resolved(openapi, body).required)) gaps.push(`${place}: required`)
    } else {
      const known = whole.parameters?.find(
        ({ name, in: at }) => name === parameter.name && at === parameter.in,
      )
      if (known === undefined) gaps.push(`${place}: unknown`)
      else gaps.push(...schemaGaps(openapi, parameter, known.schema, place))
    }
  }
  for (const [status, response] of Object.entries(part.responses)) {
    const known = whole.responses[status]
    if (known === undefined) gaps.push(`${part.operationId} ${status}: unknown`)
    else if (response.schema !== undefined) {
      const schema = known.content?.['application/json']?.schema
      gaps.push(...schemaGaps(openapi, response.schema, schema, `${part.operationId} ${status}`))
    }
  }
  return gaps
}

/** Every operation of the definition with its place. */
export function definedOperations(): {
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
export function definitionGaps(openapi: OpenApi): string[] {
  return definedOperations().flatMap(({ method, operation, path }) =>
    operationGaps(openapi, operation, openapi.paths[`${definition.basePath}${path}`]?.[method as 'get']),
  )
}
