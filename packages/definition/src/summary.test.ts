import { expect, test } from 'vitest'
import type { Flow } from './flow.ts'
import { readFlows } from './read-flows.ts'
import { sampleSolution } from './sample.testing.ts'
import { summarise } from './summary.ts'
import { depthOf, walkActions, walkBlocks } from './walk.ts'

const flow = readFlows(new TextEncoder().encode(sampleSolution()), 'sample.json').flows[0] as Flow

test('a summary counts types, connectors with operations, and what cannot run', () => {
  const summary = summarise(flow, (type) => type !== 'OpenApiConnection')
  expect(summary).toMatchObject({
    id: 'sample',
    triggers: [{ name: 'manual', type: 'Request', kind: 'Http' }],
    actions: 10,
    connectors: [
      {
        api: 'shared_hotprofile',
        connections: ['shared_hotprofile'],
        operations: [{ name: 'GetClients', count: 1 }],
      },
    ],
    unsupported: [{ name: 'OpenApiConnection', count: 1 }],
  })
  expect(summary.types[0]).toEqual({ name: 'Compose', count: 3 })
  expect(summarise(flow).unsupported).toEqual([])
})

test('a connection of Logic Apps is found in the expression that names it', () => {
  const action = (name: string) => ({
    type: 'ApiConnection',
    inputs: { host: { connection: { name } }, method: 'post', path: '/v2/Mail' },
  })
  const definition = {
    actions: {
      A: action("@parameters('$connections')['office365']['connectionId']"),
      B: action("@concat('x')"),
    },
  }
  const logicApp = readFlows(new TextEncoder().encode(JSON.stringify({ definition })), 'a/workflow.json')
    .flows[0] as Flow
  expect(summarise(logicApp).connectors).toEqual([
    { api: 'office365', connections: ['office365'], operations: [{ name: 'post /v2/Mail', count: 1 }] },
    { api: '(computed)', connections: [], operations: [{ name: 'post /v2/Mail', count: 1 }] },
  ])
})

test('a walk gives owners before what they hold, with the block and the owners', () => {
  const walked = [...walkActions(flow)].map(({ action, block, owners }) => [
    action.name,
    block.key,
    owners.map(({ name }) => name).join('/'),
  ])
  expect(walked).toEqual([
    ['Count', 'actions', ''],
    ['Check', 'actions', ''],
    ['Each_row', 'actions', 'Check'],
    ['Add', 'actions', 'Check/Each_row'],
    ['Keep', 'actions', 'Check/Each_row'],
    ['Stop', 'else', 'Check'],
    ['Which', 'actions', ''],
    ['First', 'case:One', 'Which'],
    ['Other', 'default', 'Which'],
    ['Get_clients', 'actions', ''],
  ])
  expect(depthOf(flow)).toBe(3)
  expect([...walkBlocks(flow)].map(({ key }) => key)).toEqual([
    'actions',
    'actions',
    'else',
    'actions',
    'case:One',
    'default',
  ])
})

test('If and Switch have their blocks even when they are not written', () => {
  const actions = {
    I: { type: 'If', expression: {} },
    S: { type: 'Switch', expression: '@1' },
    C: { type: 'Compose', inputs: 1 },
  }
  const bare = readFlows(new TextEncoder().encode(JSON.stringify({ actions })), 'a.json').flows[0] as Flow
  expect(bare.root.actions.map(({ blocks }) => blocks.map(({ key }) => key))).toEqual([
    ['actions', 'else'],
    ['default'],
    [],
  ])
})
