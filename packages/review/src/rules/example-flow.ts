import { type NamedFile, type Reading, readFlowFiles } from '@flowstead/definition'
import type { ConnectorRecord, OperationRecord, ReviewFacts } from '../facts.ts'

/**
 * A flow of an example, only with what matters: without `trigger` it is started by a request with a schema-less body
 * under the name `manual`; without `actions` it has none.
 */
export interface ExampleFlow {
  /** Name of the flow, default `Example`. */
  readonly name?: string
  /** The only trigger, under the name `manual`; `triggers` instead gives them with their names. */
  readonly trigger?: object
  readonly triggers?: object
  readonly actions?: object
  readonly parameters?: object
  readonly staticResults?: object
  readonly outputs?: object
  readonly description?: string
  /** Key to `{api, logicalName?, runtimeSource?}`; with it the flow is client data of a solution. */
  readonly connectionReferences?: Readonly<Record<string, ExampleConnection>>
  /** The whole text of the file instead of all the above. */
  readonly text?: string
  /** What the connectors of the example are like, by API name; without it nothing is known about them. */
  readonly connectors?: Readonly<Record<string, ExampleConnector>>
  /** Further files that lie beside the flow in one solution, by name. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ExampleConnection {
  readonly api: string
  readonly logicalName?: string
  readonly runtimeSource?: 'embedded' | 'invoker'
}

export interface ExampleConnector extends ConnectorRecord {
  readonly operations?: Readonly<Record<string, OperationRecord>>
}

/** Facts about the connectors of an example. */
export function exampleFacts({ connectors = {} }: ExampleFlow): ReviewFacts {
  return {
    connector: (api) => connectors[api],
    operation: (api, operationId) => {
      const operations = connectors[api]?.operations
      return operations === undefined ? undefined : (operations[operationId] ?? 'missing')
    },
  }
}

/** The files of an example. */
export function exampleFiles(example: ExampleFlow): NamedFile[] {
  const encoder = new TextEncoder()
  const name = example.name ?? 'Example'
  const id = '5b1f0c1e-0000-4000-8000-000000000001'
  const file = example.connectionReferences === undefined ? `${name}.json` : `Workflows/${name}-${id}.json`
  const others = Object.entries(example.files ?? {})
  return [[file, example.text ?? exampleText(example)] as const, ...others].map(([path, text]) => ({
    name: path,
    bytes: encoder.encode(text),
  }))
}

/** The flow of an example as JSON text. */
export function exampleText(example: ExampleFlow): string {
  const { parameters, staticResults, outputs, description, connectionReferences } = example
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    triggers: example.triggers ?? {
      manual: example.trigger ?? { type: 'Request', kind: 'Http', inputs: {} },
    },
    actions: example.actions ?? {},
    ...(outputs === undefined ? {} : { outputs }),
    ...(staticResults === undefined ? {} : { staticResults }),
  }
  const document =
    connectionReferences === undefined
      ? definition
      : {
          properties: { connectionReferences: referencesOf(connectionReferences), definition },
          schemaVersion: '1.0.0.0',
        }
  return JSON.stringify(document, undefined, 2)
}

function referencesOf(connections: NonNullable<ExampleFlow['connectionReferences']>): object {
  return Object.fromEntries(
    Object.entries(connections).map(([key, { api, logicalName, runtimeSource = 'embedded' }]) => [
      key,
      {
        runtimeSource,
        connection: logicalName === undefined ? {} : { connectionReferenceLogicalName: logicalName },
        api: { name: api },
      },
    ]),
  )
}

/** Reads an example as any file would be read. */
export function readExample(example: ExampleFlow): Reading {
  return readFlowFiles(exampleFiles(example))
}
