import type { ObjectValue, Value } from '@flowstead/expressions'
import type { Connection, Target } from './connection.ts'
import { type Connector, connectorOf } from './library/connector.ts'

/** A connector with one operation, from the parts that matter to a test. */
export interface Sample {
  readonly method?: string
  readonly path?: string
  readonly parameters?: readonly unknown[]
  readonly operation?: object
  readonly pathItem?: object
  readonly document?: object
  readonly properties?: object
  readonly hasScript?: boolean
}

/** The connector `Sample` at `https://api.example.com/v1` with the operation `Do`. */
export function sampleConnector(sample: Sample): Connector {
  const { method = 'post', path = '/do', parameters = [], operation = {}, pathItem = {} } = sample
  const document = {
    swagger: '2.0',
    info: { title: 'Sample', version: '1' },
    host: 'api.example.com',
    basePath: '/v1',
    schemes: ['https'],
    paths: {
      [path]: { [method]: { operationId: 'Do', parameters, responses: {}, ...operation }, ...pathItem },
    },
    ...sample.document,
  }
  return connectorOf(
    { name: 'Sample', hasScript: sample.hasScript ?? false, warnings: [] },
    structuredClone(document) as unknown as ObjectValue,
    structuredClone(sample.properties ?? {}) as unknown as ObjectValue,
  )
}

/** A connection of the sample; every value is given by name. */
export function sampleConnection(
  given: {
    readonly values?: Record<string, string>
    readonly secrets?: Record<string, string>
    readonly target?: Target
    readonly throttle?: Connection['throttle']
  } = {},
): Connection {
  return {
    id: 'connection-1',
    connector: 'Sample',
    values: given.values ?? {},
    secret: (name) => given.secrets?.[name],
    target: given.target ?? { kind: 'real' },
    ...(given.throttle === undefined ? {} : { throttle: given.throttle }),
  }
}

/** Text of a request's body. */
export function bodyText(body: Uint8Array | undefined): string | undefined {
  return body === undefined ? undefined : Buffer.from(body).toString()
}

/** A plain object as the language's value. */
export function asValue(value: unknown): ObjectValue & Value {
  return value as ObjectValue
}
