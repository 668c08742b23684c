import { readFileSync } from 'node:fs'
import type { Schema } from '@flowstead/service-kit'
import { resolved } from '@flowstead/service-kit/testing'

type Json = Record<string, unknown>

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as Json

/** The definition of the connector, as flows see it. */
export const definition = read('connectors/Phoenix/apiDefinition.swagger.json')

/** A published file of the contract. */
export const contract = (name: string) =>
  read(`conformance/contracts/phoenix.VCSessionScheduledEvent.${name}.json`)

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
