import { describe, expect, test } from 'vitest'
import type { ExampleFlow } from '../rules/example-flow.ts'
import { connectorAction, measureExample } from './measured.testing.ts'

/** One action with its points as documented and as shipped. */
const points: readonly (readonly [what: string, action: object, documented: number, asShipped: number])[] = [
  ['a Compose', { type: 'Compose', inputs: 1 }, 2, 2],
  ['a Scope', { type: 'Scope', actions: {} }, -1, -1],
  ['a Terminate', { type: 'Terminate', inputs: { runStatus: 'Failed' } }, -1, -1],
  ['a type nobody knows', { type: 'Teleport', inputs: {} }, 1, 1],
  [
    'a Wait, whose name begins an approval',
    { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } },
    1,
    2,
  ],
  ['a Request, whose name ends a SharePoint call', { type: 'Request', inputs: {} }, 1, 5],
  ['a type in another case', { type: 'foreach', foreach: '@range(0, 1)', actions: {} }, 4, 1],
  ['an operation of its own', connectorAction('HttpRequest', 'shared_sharepointonline'), 5, 5],
  [
    'an operation over a second connection',
    connectorAction('RunScriptProd', 'shared_excelonlinebusiness_1'),
    5,
    1,
  ],
  [
    'an operation over a tenth connection',
    connectorAction('ConvertFile', 'shared_onedriveforbusiness_10'),
    2,
    1,
  ],
  ['an operation nobody lists', connectorAction('PostItem', 'shared_sharepointonline'), 1, 1],
  ['an operation that ends another', connectorAction('SendEmailV2', 'shared_office365'), 1, 1],
  [
    'an approval',
    {
      type: 'OpenApiConnectionWebhook',
      inputs: { host: { operationId: 'StartAndWaitForAnApproval', connectionName: 'shared_approvals' } },
    },
    2,
    2,
  ],
  ['a notification', { type: 'OpenApiConnectionNotification', inputs: {} }, 1, 1],
  ['a connector call of Logic Apps', { type: 'ApiConnection', inputs: { method: 'get', path: '/' } }, 2, 2],
  ['an HTTP call', { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } }, 5, 5],
]

describe.each(points)('%s', (_what, action, documented, asShipped) => {
  const example: ExampleFlow = { actions: { One: action } }

  test(`has ${documented} as documented`, () => {
    expect(measureExample(example).metrics.complexity).toBe(documented)
  })

  test(`has ${asShipped} as shipped`, () => {
    expect(measureExample(example, 'as-shipped').metrics.complexity).toBe(asShipped)
  })
})

test('actions at any depth count, containers and branches too; the trigger adds nothing', () => {
  const { metrics } = measureExample({
    trigger: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } },
    actions: {
      Main: {
        type: 'Scope',
        actions: {
          Check: {
            type: 'If',
            expression: { and: [] },
            actions: { A: { type: 'Compose', inputs: 1 } },
            else: { actions: { B: { type: 'Compose', inputs: 1 } } },
          },
          Pick: {
            type: 'Switch',
            expression: '@1',
            cases: { One: { case: 1, actions: { C: { type: 'Compose', inputs: 1 } } } },
            default: { actions: { D: { type: 'Compose', inputs: 1 } } },
          },
        },
      },
    },
  })
  expect(metrics.steps).toBe(7)
  expect(metrics.composes).toBe(4)
  expect(metrics.complexity).toBe(-1 + 3 + 2 + 2 + 4 + 2 + 2)
})

test('tools of an agent count as documented, and are unknown to the product', () => {
  const example: ExampleFlow = {
    actions: {
      Helper: {
        type: 'Agent',
        inputs: {},
        tools: {
          Look: { actions: { Inner: { type: 'Scope', actions: { Deep: { type: 'Compose', inputs: 1 } } } } },
        },
      },
    },
  }
  expect(measureExample(example).metrics.steps).toBe(3)
  expect(measureExample(example, 'as-shipped').metrics.steps).toBe(1)
})
