/** The connector’s definition says nothing that the service’s own document does not say. */
import { readFileSync } from 'node:fs'
import { type Operation, operationsOf, type Schema } from '@flowstead/service-kit'
import { describe, expect, test } from 'vitest'
import { openapi } from './openapi.ts'
import { allRights } from './rights.ts'
import { fieldTypes } from './value-matrix.ts'

interface SwaggerParameter extends Schema {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema?: Schema
}

interface SwaggerOperation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters?: readonly SwaggerParameter[]
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Swagger {
  readonly basePath: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>
  readonly definitions: Readonly<Record<string, Schema>>
}

const file = new URL('../../../connectors/Planado/apiDefinition.swagger.json', import.meta.url)
const swagger = JSON.parse(readFileSync(file, 'utf8')) as Swagger
const ours = new Map(operationsOf(openapi).map((one) => [`${one.method} ${one.path}`, one.operation]))

const operations = Object.entries(swagger.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => !method.startsWith('x-'))
    .map(([method, operation]) => ({
      ...operation,
      place: `${method} ${swagger.basePath}${path}`,
    })),
)

/** A schema without references and null: what both dialects say alike. */
function plain(schema: Schema | undefined, schemas: Readonly<Record<string, Schema>>): Schema {
  if (schema === undefined) return {}
  if (typeof schema.$ref === 'string') {
    const named = plain(schemas[schema.$ref.split('/').at(-1) ?? ''], schemas)
    return schema['x-nullable'] === true ? { ...named, nullable: true } : named
  }
  if (Array.isArray(schema.oneOf)) return { ...plain(schema.oneOf[0] as Schema, schemas), nullable: true }
  const types = [schema.type].flat()
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined
  const known = ['enum', 'maxLength', 'minLength', 'minimum', 'maximum', 'maxItems', 'minItems'] as const
  const type = types.filter((one) => one !== 'null' && one !== undefined)
  return {
    type: type.length === 1 ? type[0] : undefined,
    nullable: types.includes('null') || schema['x-nullable'] === true,
    ...Object.fromEntries(
      known.filter((name) => schema[name] !== undefined).map((name) => [name, schema[name]]),
    ),
    ...(type.length === 1 && schema.items !== undefined
      ? { items: plain(schema.items as Schema, schemas) }
      : {}),
    ...(properties === undefined
      ? {}
      : {
          required: [...((schema.required ?? []) as string[])].sort(),
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, inner]) => [name, plain(inner, schemas)]),
          ),
        }),
  }
}

const fromSwagger = (schema: Schema | undefined) => plain(schema, swagger.definitions)
const fromOpenapi = (schema: Schema | undefined) => plain(schema, openapi.components?.schemas ?? {})
const contentOf = (answer: Operation['responses'][string] | undefined) =>
  answer?.content?.['application/json']?.schema

describe.each(operations)('$operationId', ({ operationId, parameters = [], place, responses }) => {
  const own = ours.get(place)

  test('is an operation of the service', () => {
    const expected =
      own === undefined ? '' : own.operationId.charAt(0).toUpperCase() + own.operationId.slice(1)
    expect(operationId).toBe(expected)
  })

  test('has its parameters and its body', () => {
    const names = (list: readonly { name: string; in: string; required?: boolean }[]) =>
      list.map(({ in: where, name, required = false }) => `${where} ${name}${required ? ' required' : ''}`)
    const theirs = parameters.filter((parameter) => parameter.in !== 'body')
    expect(names(theirs)).toEqual(names(own?.parameters ?? []))
    const body = parameters.find((parameter) => parameter.in === 'body')
    expect(fromSwagger(body?.schema)).toEqual(
      fromOpenapi(own?.requestBody?.content['application/json'].schema),
    )
  })

  test('has its answers', () => {
    for (const [status, { schema }] of Object.entries(responses)) {
      expect([status, fromSwagger(schema)]).toEqual([status, fromOpenapi(contentOf(own?.responses[status]))])
    }
  })

  test('says what everything is', () => {
    for (const { description, in: where, name, 'x-ms-summary': title } of parameters) {
      expect(String(description ?? ''), name).not.toBe('')
      if (where !== 'body') expect(String(title ?? ''), name).not.toBe('')
    }
  })
})

test('the definition has every operation of the service under /v2', () => {
  const whole = [...ours.keys()].filter((place) => place.includes(' /v2/'))
  console.info(`Planado: ${operations.length} operations of the connector, ${whole.length} of the service`)
  expect(operations.map(({ place }) => place).sort()).toEqual(whole.sort())
})

describe('the contract', () => {
  interface Contract {
    readonly structures: readonly {
      readonly name: string
      readonly fields: readonly {
        readonly name: string
        readonly maxLength?: number
        readonly nullable: boolean
        readonly jsonType: string
      }[]
    }[]
    readonly valueMatrix: readonly { readonly field_type: string }[]
    readonly userRights: { readonly leaves: readonly { readonly path: string }[] }
  }
  const contractFile = new URL('../../../conformance/contracts/planado.structures.json', import.meta.url)
  const contract = JSON.parse(readFileSync(contractFile, 'utf8')) as Contract

  test('each of the 12 structures and 36 fields stands in the definition, row by row', () => {
    let fieldsSeen = 0
    for (const { fields, name } of contract.structures) {
      const { properties = {} } = fromSwagger(swagger.definitions[name]) as {
        properties?: Record<string, Schema>
      }
      for (const field of fields) {
        const shown = properties[field.name]
        const type = field.jsonType === 'mixed' ? undefined : field.jsonType
        expect([name, field.name, shown?.type, shown?.nullable]).toEqual([
          name,
          field.name,
          type,
          field.nullable,
        ])
        if (field.maxLength !== undefined) expect(shown?.maxLength).toBe(field.maxLength)
        fieldsSeen += 1
      }
    }
    expect([contract.structures.length, fieldsSeen]).toEqual([12, 36])
  })

  test('the 8 kinds of fields and the 16 rights do, too', () => {
    const { properties } = swagger.definitions.CustomField as {
      properties: Record<string, { enum?: string[] }>
    }
    expect(properties.field_type?.enum?.slice().sort()).toEqual(
      contract.valueMatrix.map((row) => row.field_type).sort(),
    )
    expect(fieldTypes).toHaveLength(8)
    const leaf = (path: string) =>
      path
        .split('.')
        .reduce<Schema>(
          (inner, name) => ((inner.properties ?? {}) as Record<string, Schema>)[name] ?? {},
          swagger.definitions.Permissions as Schema,
        )
    for (const { path } of contract.userRights.leaves)
      expect([path, leaf(path).type]).toEqual([path, 'boolean'])
    expect(allRights).toHaveLength(16)
  })
})
