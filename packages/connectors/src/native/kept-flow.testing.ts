import { readFlows } from '@flowstead/definition'
import type { ObjectValue } from '@flowstead/expressions'
import { callContext, testHost } from '../host/host.testing.ts'
import type { FlowDirectory, KeptFlow } from './flow-directory.ts'

const at = (date: string) => Date.parse(date)

/** A flow as a solution holds it. `id` is its GUID. */
export function keptFlow(
  { id, name, definition = {}, connectionReferences = {} }: FlowParts,
  more: Partial<KeptFlow> = {},
): KeptFlow {
  const whole = {
    properties: {
      connectionReferences,
      definition: {
        $schema:
          'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
        contentVersion: '1.0.0.0',
        parameters: { $authentication: { defaultValue: {}, type: 'SecureObject' } },
        triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } },
        actions: {},
        ...definition,
      },
    },
    schemaVersion: '1.0.0.0',
  }
  const file = `Workflows/${name}-${id.toUpperCase()}.json`
  const [flow] = readFlows(Buffer.from(JSON.stringify(whole)), file).flows
  if (flow === undefined) throw new Error('The sample is no flow.')
  return {
    flow,
    state: 'on',
    createdAt: at('2026-01-02T03:04:05.678Z'),
    modifiedAt: at('2026-02-03T04:05:06.789Z'),
    ...more,
  }
}

interface FlowParts {
  readonly id: string
  readonly name: string
  readonly definition?: object
  readonly connectionReferences?: object
}

/** A directory of these flows. */
export function directoryOf(flows: readonly KeptFlow[]): FlowDirectory {
  return { list: () => flows, find: (id) => flows.find(({ flow }) => flow.id === id.toLowerCase()) }
}

/** Calls an operation of a connector whose connection goes to the server with these flows. */
export async function callServer(
  flows: readonly KeptFlow[],
  { api, operationId, parameters = {}, target = { kind: 'server' } }: ServerCall,
) {
  const opening = testHost({ [api]: { connector: api, target } }, [], directoryOf(flows))
  const host = { connectionName: api, operationId, apiId: `/providers/Microsoft.PowerApps/apis/${api}` }
  const inputs = { host, parameters } as unknown as ObjectValue
  try {
    return await opening.host.perform(
      { request: { to: 'operation', actionType: 'OpenApiConnection', inputs } },
      callContext(),
    )
  } finally {
    await opening.close()
  }
}

interface ServerCall {
  readonly api: string
  readonly operationId: string
  readonly parameters?: object
  readonly target?: { readonly kind: 'server' } | { readonly kind: 'real' }
}
