/** The connector’s definition says nothing that the service’s own document does not say. */
import { readFileSync } from 'node:fs'
import { operationsOf, type Schema } from '@flowstead/service-kit'
import { describe, expect, test } from 'vitest'
import { openapi } from './openapi.ts'

interface SwaggerSchema {
  readonly $ref?: string
  readonly type?: string
  readonly items?: SwaggerSchema
  readonly properties?: Readonly<Record<string, SwaggerSchema>>
}

interface SwaggerOperation {
  readonly operationId: string
  readonly parameters: readonly (Schema & { name: string; in: string; required: boolean; type: string })[]
  readonly responses: Readonly<Record<string, { readonly schema?: SwaggerSchema }>>
}

interface Swagger {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>
  readonly definitions: Readonly<Record<string, SwaggerSchema>>
  readonly securityDefinitions: Readonly<Record<string, unknown>>
}

const file = new URL('../../../connectors/HotProfile/apiDefinition.swagger.json', import.meta.url)
const swagger = JSON.parse(readFileSync(file, 'utf8')) as Swagger
const ours = new Map(operationsOf(openapi).map((one) => [`${one.method} ${one.path}`, one.operation]))
const operations = Object.entries(swagger.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ ...operation, place: `${method} ${path}` })),
)

/** Our schema, references followed. */
function resolved({ $ref, ...schema }: Schema): Schema {
  return typeof $ref === 'string'
    ? (openapi.components?.schemas?.[$ref.split('/').at(-1) ?? ''] ?? {})
    : schema
}

/** A published integer is a number in the service's document where decimals and flags are written. */
function fits(type: string, own: Schema): boolean {
  const allowed = own.type ?? [...new Set((own.enum as unknown[]).map((value) => typeof value))]
  const types = [allowed].flat().map(String)
  return types.includes(type) || (type === 'integer' && types.includes('number'))
}

/** A query is text: what takes text takes an integer. The published text of this one is an integer's digits. */
function fitsQuery({ name, type }: { name: string; type: string }, own: Schema): boolean {
  return own.type === 'string' || name === 'owner_user_id' || fits(type, own)
}

/** Where the definition's answer says something that ours does not. */
function gaps(given: SwaggerSchema, whole: Schema, place: string): string[] {
  const { items, properties = {}, type = '' } = given.$ref === undefined ? given : definition(given.$ref)
  const own = resolved(whole)
  const members = (own.properties ?? {}) as Readonly<Record<string, Schema>>
  return [
    ...(fits(type, own) ? [] : [`${place}: ${type}`]),
    ...(items === undefined ? [] : gaps(items, own.items as Schema, `${place}[]`)),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      members[name] === undefined ? [`${place}.${name}`] : gaps(inner, members[name], `${place}.${name}`),
    ),
  ]
}

const definition = (ref: string) => swagger.definitions[ref.split('/').at(-1) ?? ''] ?? {}

describe.each(operations)('$operationId', ({ operationId, parameters, place, responses }) => {
  const own = ours.get(place)

  test('is an operation of the service, with its parameters', () => {
    expect(own?.operationId).toBe(operationId)
    const known = new Map(own?.parameters?.map((parameter) => [parameter.name, parameter]))
    for (const parameter of parameters) {
      const { schema = {}, ...found } = known.get(parameter.name) ?? {}
      expect(found).toMatchObject({ name: parameter.name, in: 'query', required: parameter.required })
      expect([parameter.name, fitsQuery(parameter, schema)]).toEqual([parameter.name, true])
      for (const rule of ['maxLength', 'minimum', 'maximum'].filter(
        (name) => parameter[name] !== undefined,
      )) {
        expect([parameter.name, rule, schema[rule]]).toEqual([parameter.name, rule, parameter[rule]])
      }
      const values = (parameter.enum ?? []) as unknown[]
      expect([parameter.name, schema.enum ?? []]).toEqual([parameter.name, expect.arrayContaining(values)])
    }
  })

  test('has its answers', () => {
    for (const [status, { schema }] of Object.entries(responses)) {
      const content = own?.responses[status]?.content?.['application/json']?.schema
      expect([status, content === undefined]).toEqual([status, schema === undefined])
      if (schema !== undefined) expect(gaps(schema, content ?? {}, status)).toEqual([])
    }
  })
})

test('the key is sent in the same place', () => {
  expect(operations).toHaveLength(9)
  expect(swagger.securityDefinitions).toEqual(openapi.components?.securitySchemes)
})
