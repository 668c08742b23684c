import type { ObjectValue } from '@flowstead/expressions'

const schema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#'

/** A small definition with every kind of block; valid as it stands. */
export function sampleDefinition(): ObjectValue {
  return {
    $schema: schema,
    contentVersion: '1.0.0.0',
    parameters: {
      $connections: { defaultValue: {}, type: 'Object' },
      $authentication: { defaultValue: {}, type: 'SecureObject' },
      'Team site (new_TeamSite)': {
        defaultValue: 'a',
        type: 'String',
        metadata: { schemaName: 'new_TeamSite' },
      },
    },
    triggers: {
      manual: { type: 'Request', kind: 'Http', inputs: { schema: { properties: { '@odata.id': {} } } } },
    },
    actions: {
      Count: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] },
        runAfter: {},
      },
      Check: {
        type: 'If',
        expression: { and: [{ greater: ["@length(triggerBody()?['rows'])", 0] }] },
        actions: {
          Each_row: {
            type: 'Foreach',
            foreach: "@triggerBody()['rows']",
            actions: {
              Add: { type: 'IncrementVariable', inputs: { name: 'count', value: 1 } },
              Keep: { type: 'Compose', inputs: "@items('Each_row')", runAfter: { Add: ['Succeeded'] } },
            },
          },
        },
        else: { actions: { Stop: { type: 'Terminate', inputs: { runStatus: 'Cancelled' } } } },
        runAfter: { Count: ['Succeeded'] },
      },
      Which: {
        type: 'Switch',
        expression: "@variables('count')",
        cases: { One: { case: 1, actions: { First: { type: 'Compose', inputs: 1 } } } },
        default: {
          actions: { Other: { type: 'Compose', inputs: "@parameters('Team site (new_TeamSite)')" } },
        },
        runAfter: { Check: ['Succeeded', 'FAILED'] },
      },
      Get_clients: {
        type: 'OpenApiConnection',
        inputs: {
          host: {
            apiId: '/providers/Microsoft.PowerApps/apis/shared_hotprofile',
            connectionName: 'shared_hotprofile',
            operationId: 'GetClients',
          },
          parameters: { 'item/name': "@outputs('Keep')" },
          authentication: "@parameters('$authentication')",
        },
        runAfter: { Which: ['Succeeded'] },
      },
    },
    outputs: {},
  }
}

/** The connection references of the sample as solutions write them. */
export function sampleReferences(): ObjectValue {
  return {
    shared_hotprofile: {
      runtimeSource: 'embedded',
      connection: { connectionReferenceLogicalName: 'new_hotprofile' },
      api: { name: 'shared_hotprofile' },
    },
  }
}

/** The sample in the solution wrapper, as text. */
export function sampleSolution(definition: ObjectValue = sampleDefinition()): string {
  return JSON.stringify(
    { properties: { connectionReferences: sampleReferences(), definition }, schemaVersion: '1.0.0.0' },
    null,
    2,
  )
}
