/** The published rows and our definition of the connector, as tests compare with them. */
import { readFileSync } from 'node:fs'

export interface ContractRow {
  readonly path: string
  /** `string`, `integer`, `boolean`, `array`, `array of string`, `array of object`. */
  readonly type: string
}

interface Contract {
  readonly operations: readonly {
    readonly title: string
    readonly family: string
    readonly proposedEvent: string
    readonly returns: readonly ContractRow[]
  }[]
}

/** A schema of Swagger 2.0, as far as these tests read it. */
export interface SwaggerSchema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, SwaggerSchema>>
  readonly items?: SwaggerSchema
  readonly 'x-nullable'?: boolean
}

interface Swagger {
  readonly basePath: string
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly 'x-ms-notification-content'?: { readonly schema: SwaggerSchema }
        readonly post?: SwaggerOperation
        readonly delete?: SwaggerOperation
      }
    >
  >
  readonly definitions: Readonly<Record<string, SwaggerSchema>>
}

export interface SwaggerOperation {
  readonly operationId: string
  readonly parameters: readonly {
    readonly in: string
    readonly name: string
    readonly schema?: SwaggerSchema
  }[]
  readonly responses: Readonly<Record<string, { readonly schema?: SwaggerSchema }>>
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
}

export const contract = read('conformance/contracts/vome.triggers.json') as Contract
export const swagger = read('connectors/Vome/apiDefinition.swagger.json') as Swagger

/** The rows of one event. */
export function rowsOf(event: string): readonly ContractRow[] {
  return contract.operations.find(({ proposedEvent }) => proposedEvent === event)?.returns ?? []
}

/** A schema of the definition as JSON Schema: references followed, `x-nullable` allows null. */
export function asJsonSchema(schema: SwaggerSchema): Record<string, unknown> {
  if (schema.$ref !== undefined) {
    return asJsonSchema(swagger.definitions[schema.$ref.replace('#/definitions/', '')] as SwaggerSchema)
  }
  const { items, properties, type } = schema
  return {
    ...(type === undefined ? {} : { type: schema['x-nullable'] === true ? [type, 'null'] : type }),
    ...(items === undefined ? {} : { items: asJsonSchema(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, inner]) => [name, asJsonSchema(inner)]),
          ),
          additionalProperties: false,
        }),
  }
}
