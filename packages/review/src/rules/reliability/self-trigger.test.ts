import { describe, expect, test } from 'vitest'
import { findingsOf } from './findings.testing.ts'

const connectionReferences = { c: { api: 'shared_commondataserviceforapps' } }
const apiId = (api: string): string => `/providers/Microsoft.PowerApps/apis/${api}`
const call = (api: string, operationId: string, parameters: object): object => ({
  type: 'OpenApiConnection',
  inputs: { host: { apiId: apiId(api), connectionName: 'c', operationId }, parameters },
})
const dataverse = 'shared_commondataserviceforapps'
const rows = (message: number, more: object = {}): object =>
  call(dataverse, 'SubscribeWebhookTrigger', {
    'subscriptionRequest/message': message,
    'subscriptionRequest/entityname': 'opportunity',
    ...more,
  })
const own = { recordId: "@triggerOutputs()?['body/opportunityid']" }
const update = (entityName: string, more: object): object =>
  call(dataverse, 'UpdateRecord', { entityName, ...more })

describe('a Dataverse flow that starts itself', () => {
  test.each([
    ['updates its own table', 3, {}, 'opportunities', { ...own, 'item/name': 'x' }, ['warning Write']],
    ['updates another table', 3, {}, 'accounts', { ...own, 'item/name': 'x' }, []],
    ['waits for new rows and updates', 1, {}, 'opportunities', { ...own, 'item/name': 'x' }, []],
    [
      'watches a column it does not write',
      3,
      { 'subscriptionRequest/filteringattributes': 'status, stage' },
      'opportunities',
      { ...own, 'item/name': 'x' },
      [],
    ],
    [
      'watches a column it writes',
      3,
      { 'subscriptionRequest/filteringattributes': 'status,name' },
      'opportunities',
      { ...own, 'item/name': 'x' },
      ['warning Write'],
    ],
    [
      'filters rows',
      4,
      { 'subscriptionRequest/filterexpression': 'status eq 1' },
      'opportunities',
      { ...own, 'item/name': 'x' },
      ['info Write'],
    ],
    ['updates a table that is computed', 3, {}, "@parameters('table')", { ...own, 'item/name': 'x' }, []],
    ['updates another row', 3, {}, 'opportunities', { recordId: 'a', 'item/name': 'x' }, ['info Write']],
  ])('%s', (_, message, filter, table, parameters, found) => {
    const actions = { Write: update(table, parameters) }
    expect(findingsOf('REL212', { trigger: rows(message, filter), actions, connectionReferences })).toEqual(
      found,
    )
  })

  test('is none with a trigger condition', () => {
    const trigger = { ...rows(3), conditions: [{ expression: '@equals(1, 1)' }] }
    const actions = { Write: update('opportunities', own) }
    expect(findingsOf('REL212', { trigger, actions, connectionReferences })).toEqual([])
  })
})

describe('a SharePoint flow that starts itself', () => {
  const list = { dataset: 'https://example.com/sites/a', table: 'Orders' }
  const sharePoint = 'shared_sharepointonline'
  const trigger = call(sharePoint, 'GetOnUpdatedItems', list)

  test('updates the list it watches', () => {
    const actions = { Write: call(sharePoint, 'PatchItem', { ...list, id: "@triggerOutputs()?['body/ID']" }) }
    expect(findingsOf('REL212', { trigger, actions, connectionReferences })).toEqual(['warning Write'])
  })

  test('is none when it updates another list', () => {
    const actions = { Write: call(sharePoint, 'PatchItem', { ...list, table: 'Log', id: 1 }) }
    expect(findingsOf('REL212', { trigger, actions, connectionReferences })).toEqual([])
  })

  test('is known by method and path too', () => {
    const path =
      "/datasets/@{encodeURIComponent('https://example.com/sites/a')}/tables/@{encodeURIComponent('Orders')}"
    const host = { connection: { name: "@parameters('$connections')['c']['connectionId']" } }
    const example = {
      trigger: { type: 'ApiConnection', inputs: { host, method: 'get', path: `${path}/onupdateditems` } },
      actions: {
        Write: {
          type: 'ApiConnection',
          inputs: {
            host,
            method: 'patch',
            path: `${path}/items/@{encodeURIComponent(triggerBody()?['ID'])}`,
          },
        },
      },
    }
    expect(findingsOf('REL212', example)).toEqual(['warning Write'])
  })
})
