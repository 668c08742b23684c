import { describe, expect, test } from 'vitest'
import { callServer, keptFlow } from './kept-flow.testing.ts'

const id = '1f0c2a3b-4d5e-4f60-8a9b-0c1d2e3f4a5b'
const reference = {
  runtimeSource: 'invoker',
  connection: { connectionReferenceLogicalName: 'fs_smtp' },
  api: { name: 'shared_smtp' },
}
const mailing = keptFlow({
  id,
  name: 'Mailing',
  connectionReferences: { shared_smtp: reference },
  definition: {
    description: 'Sends mail.',
    actions: {
      Group: {
        type: 'Scope',
        actions: {
          Send: {
            type: 'OpenApiConnection',
            inputs: { host: { connectionName: 'shared_smtp', operationId: 'SendEmailV3' }, parameters: {} },
          },
        },
      },
    },
  },
})
const sleeping = keptFlow({ id: '2f0c2a3b-4d5e-4f60-8a9b-0c1d2e3f4a5b', name: 'Asleep' }, { state: 'off' })

const call = (operationId: string, parameters: object, flows = [mailing, sleeping]) =>
  callServer(flows, {
    api: 'shared_flowmanagement',
    operationId,
    parameters: { environmentName: 'Default-1', ...parameters },
  })

describe('List My Flows', () => {
  test('gives every flow with its state and what it is made of, without its definition', async () => {
    const { outputs } = await call('ListMyFlows', {})
    expect(outputs).toMatchObject({
      statusCode: 200,
      body: {
        value: [
          {
            name: id,
            id: `/providers/Microsoft.ProcessSimple/environments/local/flows/${id}`,
            properties: {
              displayName: 'Mailing',
              state: 'Started',
              createdTime: '2026-01-02T03:04:05.678Z',
              lastModifiedTime: '2026-02-03T04:05:06.789Z',
              environment: { name: 'local' },
              definitionSummary: {
                triggers: [{ type: 'Request', kind: 'Button' }],
                actions: [
                  { type: 'Scope' },
                  { type: 'OpenApiConnection', swaggerOperationId: 'SendEmailV3' },
                ],
                description: 'Sends mail.',
              },
            },
          },
          { properties: { displayName: 'Asleep', state: 'Stopped' } },
        ],
      },
    })
    expect(JSON.stringify(outputs)).not.toContain('contentVersion')
  })
})

describe('Get Flow', () => {
  test('gives the definition as it was written, and the connection references', async () => {
    const { outputs } = await call('GetFlow', { flowName: id.toUpperCase() })
    expect(outputs).toMatchObject({
      body: {
        name: id,
        properties: {
          definition: mailing.flow.definition,
          connectionReferences: [
            {
              connectionName: 'shared_smtp',
              connectionReferenceLogicalName: 'fs_smtp',
              source: 'Invoker',
              id: '/providers/Microsoft.PowerApps/apis/shared_smtp',
            },
          ],
        },
      },
    })
  })

  test('leaves out what secure parameters hold, and nothing else of them', async () => {
    const parameters = {
      Key: { type: 'SecureString', defaultValue: 'hunter2', metadata: { description: 'A key' } },
      Open: { type: 'String', defaultValue: 'seen' },
      $authentication: { type: 'SecureObject', defaultValue: {} },
    }
    const flow = keptFlow({ id, name: 'Secret', definition: { parameters } })
    const { outputs } = await call('GetFlow', { flowName: id }, [flow])
    expect(outputs).toMatchObject({ body: { properties: { definition: { contentVersion: '1.0.0.0' } } } })
    expect(JSON.stringify(outputs)).not.toContain('hunter2')
    const { body } = outputs as { body: { properties: { definition: { parameters: object } } } }
    expect(body.properties.definition.parameters).toEqual({
      ...parameters,
      Key: { type: 'SecureString', metadata: { description: 'A key' } },
    })
  })

  test('of a flow there is not is 404 and names it', async () => {
    const outcome = await call('GetFlow', { flowName: 'nobody' })
    expect(outcome).toMatchObject({
      outputs: { statusCode: 404, body: { error: { code: 'FlowNotFound' } } },
      error: { code: 'NotFound' },
    })
    expect(outcome.error?.message).toContain('"nobody"')
  })

  test('without a flow is 400', async () => {
    expect(await call('GetFlow', {})).toMatchObject({ outputs: { statusCode: 400 } })
  })

  test('is refused on a connection that goes to the cloud', async () => {
    const outcome = await callServer([mailing], {
      api: 'shared_flowmanagement',
      operationId: 'GetFlow',
      parameters: { environmentName: 'x', flowName: id },
      target: { kind: 'real' },
    })
    expect(outcome.error?.code).toBe('ActionNotSupported')
    expect(outcome.error?.message).toContain('local:server')
  })
})

test('this server takes no mail', async () => {
  const parameters = { 'emailMessage/From': 'a@example.org', 'emailMessage/To': 'b@example.org' }
  const refused = await callServer([], { api: 'shared_smtp', operationId: 'SendEmailV3', parameters })
  expect(refused.error?.message).toContain('takes no mail')
})
