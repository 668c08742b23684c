import { describe, expect, test } from 'vitest'
import { connectorCallOf } from '../connector-call.ts'
import { readFlows } from '../read-flows.ts'
import { apiName } from './api-name.ts'

const location = "'/subscriptions/', subscription().subscriptionId, '/providers/Microsoft.Web/locations/'"

describe('the name of an API', () => {
  test.each([
    ['/providers/Microsoft.PowerApps/apis/shared_vome', 'shared_vome'],
    ['shared_vome', 'shared_vome'],
    ['', ''],
    [`[concat(${location}, resourceGroup().location, '/managedApis/office365users')]`, 'office365users'],
    [
      "[subscriptionResourceId('Microsoft.Web/locations/managedApis', parameters('where'), 'keyvault')]",
      'keyvault',
    ],
    ["[toLower(concat('/managedApis/', 'Teams' ) ) ]", 'Teams'],
  ])('of %s is %s', (id, name) => {
    expect(apiName(id)).toBe(name)
  })

  test.each([
    `[concat(${location}, '/managedApis/', variables('api'))]`,
    "[parameters( 'apiId')]",
    "[variables('ids').mail]",
    "[parameters('ids')[0]]",
    '[]',
    "['",
  ])('that only a deployment tells is empty: %s', (id) => {
    expect(apiName(id)).toBe('')
  })

  test('of a hostile text is found in time', () => {
    const started = performance.now()
    apiName(`[${"'( )".repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

test('a call whose API only a deployment tells is named by its connection', () => {
  const connection = { name: "@parameters('$connections')['mail']['connectionId']" }
  const send = { type: 'ApiConnection', inputs: { host: { connection }, method: 'post', path: '/v2/Mail' } }
  const value = { mail: { id: "[concat('/managedApis/', variables('api'))]" } }
  const flow = {
    type: 'Microsoft.Logic/workflows',
    properties: {
      parameters: { $connections: { value } },
      definition: { triggers: {}, actions: { Send: send } },
    },
  }
  const [read] = readFlows(new TextEncoder().encode(JSON.stringify(flow)), 'flow.json').flows
  const action = read?.root.actions[0]
  if (read === undefined || action === undefined) throw new Error('the flow is not readable')
  expect(connectorCallOf(read, action)).toEqual({
    connection: 'mail',
    api: 'mail',
    operation: 'post /v2/Mail',
  })
})
