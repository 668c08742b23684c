import { describe, expect, test } from 'vitest'
import type { ExampleFlow } from '../rules/example-flow.ts'
import { connectorAction, measureExample } from './measured.testing.ts'

function premium(example: ExampleFlow): [boolean, boolean] {
  return [measureExample(example).metrics.premium, measureExample(example, 'as-shipped').metrics.premium]
}

/** An action that makes the dialect Power Automate. */
const automate = connectorAction('GetItems', 'shared_sharepointonline')

describe('a flow of Power Automate', () => {
  /** Whether it is premium as documented and as shipped. */
  test.each<[string, object, boolean, boolean]>([
    ['calls a standard connector', automate, false, false],
    ['calls it over a second connection', connectorAction('Send', 'shared_office365_1'), false, false],
    ['calls Teams', connectorAction('Post', 'shared_teams'), false, false],
    ['calls Dataverse', connectorAction('GetItem', 'shared_commondataserviceforapps'), true, true],
    ['calls a custom connector', connectorAction('Do', 'shared_mine-5f0027'), true, true],
    ['calls a short standard name', connectorAction('List', 'shared_ftp'), false, false],
    ['calls RSS, for which the product finds Rainbird', connectorAction('List', 'shared_rss'), false, true],
    ['calls a short premium name', connectorAction('List', 'shared_sql'), true, true],
    [
      'calls HTTP, which the product takes for standard',
      { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } },
      true,
      false,
    ],
    ['answers anybody', { type: 'Response', kind: 'Http', inputs: { statusCode: 200 } }, true, false],
    ['answers an app', { type: 'Response', kind: 'PowerApp', inputs: { statusCode: 200 } }, false, false],
    [
      'names its second connection only',
      {
        type: 'OpenApiConnectionWebhook',
        inputs: { host: { connectionName: 'shared_approvals_1', operationId: 'StartAndWaitForAnApproval' } },
      },
      false,
      false,
    ],
    [
      'waits for a row over a webhook',
      {
        type: 'OpenApiConnectionWebhook',
        inputs: { host: { connectionName: 'shared_commondataserviceforapps', operationId: 'Wait' } },
      },
      true,
      false,
    ],
    ['uses nothing from outside', { type: 'Compose', inputs: 1 }, false, false],
  ])('that %s', (_what, action, documented, asShipped) => {
    const trigger = { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } }
    expect(premium({ trigger, actions: { Base: automate, One: action } })).toEqual([documented, asShipped])
  })

  test('that a premium trigger starts is premium as documented; the product does not look there', () => {
    const host = { connectionName: 'shared_commondataserviceforapps', operationId: 'SubscribeWebhookTrigger' }
    const trigger = { type: 'OpenApiConnectionWebhook', inputs: { host } }
    expect(premium({ trigger, actions: { Base: automate } })).toEqual([true, false])
  })

  test('has the tier that its caller knows', () => {
    const connectors = {
      shared_mine: { tier: 'Standard' as const },
      shared_office365: { tier: 'Premium' as const },
    }
    const trigger = { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } }
    const of = (connection: string) =>
      measureExample({ connectors, trigger, actions: { One: connectorAction('Do', connection) } }).metrics
        .premium
    expect([of('shared_mine'), of('shared_office365')]).toEqual([false, true])
  })
})
