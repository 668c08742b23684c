import { describe, expect, test } from 'vitest'
import { findingsOf } from './findings.testing.ts'

const call = { type: 'Http', inputs: { method: 'PUT', uri: 'https://example.com/orders' } }
const after = (action: object, name: string, ...statuses: string[]): object => ({
  ...action,
  runAfter: { [name]: statuses },
})
const scope = (actions: object): object => ({ type: 'Scope', actions })

describe('one cause gives one finding', () => {
  const actions = { A: call, B: after(call, 'A', 'Succeeded'), C: after(call, 'B', 'Succeeded'), D: call }

  test('a flow without any handler is REL201 alone', () => {
    const fired = ['REL201', 'REL202', 'REL203', 'REL204', 'REL205', 'REL206', 'REL209', 'REL215'].filter(
      (id) => findingsOf(id, { actions: { ...actions, Main: scope({ E: call }) } }).length > 0,
    )
    expect(fired).toEqual(['REL201'])
  })

  test('what runs when the last action was skipped is a handler too', () => {
    const handled = { ...actions, Bad: after(call, 'C', 'Skipped') }
    expect(findingsOf('REL201', { actions: handled })).toEqual([])
  })

  test('a lone call leaves nothing half done, and an agent hears of its tools', () => {
    const compute = { type: 'Compose', inputs: 1 }
    const one = (alone: object, next: object = compute) => ({ A: alone, B: next, C: compute, D: compute })
    const read = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } }
    const each = { type: 'Foreach', foreach: '@triggerBody()', actions: { Call: call } }
    const agent = { type: 'Agent', inputs: {}, tools: { One: { actions: { Call: call, Next: call } } } }
    expect(findingsOf('REL201', { actions: one(call) })).toEqual(['info flow'])
    expect(findingsOf('REL201', { actions: one(call, read) })).toEqual(['info flow'])
    expect(findingsOf('REL201', { actions: one(call, call) })).toEqual(['warning flow'])
    expect(findingsOf('REL201', { actions: one(each) })).toEqual(['warning flow'])
    expect(findingsOf('REL201', { actions: one(agent) })).toEqual(['info flow'])
  })

  test('a flow that only sends one message could tell nobody', () => {
    const compute = { type: 'Compose', inputs: 1 }
    const send = {
      type: 'OpenApiConnection',
      inputs: { host: { apiId: '/apis/shared_office365', connectionName: 'c', operationId: 'SendEmailV2' } },
    }
    const actions = { A: send, B: compute, C: compute, D: compute }
    expect(findingsOf('REL201', { actions })).toEqual([])
    expect(findingsOf('REL201', { actions: { ...actions, B: call } })).toEqual(['warning flow'])
  })

  test('a flow that only computes needs no handler', () => {
    const compute = Object.fromEntries(
      ['A', 'B', 'C', 'D', 'E'].map((name) => [name, { type: 'Compose', inputs: 1 }]),
    )
    expect(findingsOf('REL201', { actions: compute })).toEqual([])
  })
})

describe('a call outside the watched scope (REL209, REL215)', () => {
  const watched = (runAfter: object, ...statuses: string[]) => ({
    Work: { ...scope({ Read: call }), runAfter },
    Failed: after(scope({ Tell: call }), 'Work', ...statuses),
  })

  test('is answered when the handler also takes Skipped', () => {
    const actions = { Before: call, ...watched({ Before: ['Succeeded'] }, 'Failed', 'TimedOut', 'Skipped') }
    expect(findingsOf('REL209', { actions })).toEqual([])
  })

  test('is left alone when what runs after the scope runs anyway', () => {
    const actions = {
      Before: call,
      ...watched({ Before: ['Succeeded'] }, 'Succeeded', 'Failed', 'TimedOut'),
    }
    expect(findingsOf('REL209', { actions })).toEqual([])
  })

  test('is found once for a loop that holds several', () => {
    const loop = { type: 'Foreach', foreach: '@triggerBody()', actions: { A: call, B: call } }
    expect(findingsOf('REL209', { actions: { Loop: loop, ...watched({}, 'Failed') } })).toEqual([
      'warning Loop',
    ])
  })

  test('is no finding in a handler of the handler', () => {
    const actions = { ...watched({}, 'Failed'), Last: after(call, 'Failed', 'Failed', 'TimedOut') }
    expect(findingsOf('REL209', { actions })).toEqual([])
  })

  test('is answered by a handler of its own inside a scope', () => {
    const own = scope({ Try: call, Else: after(call, 'Try', 'Failed') })
    expect(findingsOf('REL215', { actions: { Own: own, ...watched({}, 'Failed') } })).toEqual([])
  })
})

describe('a swallowed failure (REL205)', () => {
  test('is none when a success branch beside the handler makes the run fail', () => {
    const actions = {
      Work: scope({ Read: call }),
      Failed: after(call, 'Work', 'Failed'),
      Done: after(call, 'Work', 'Succeeded'),
    }
    expect(findingsOf('REL205', { actions })).toEqual([])
  })

  test('is one when the handler ends the run as Succeeded all the same', () => {
    const actions = {
      Work: scope({ Read: call }),
      Failed: after({ type: 'Terminate', inputs: { runStatus: 'Succeeded' } }, 'Work', 'Failed'),
      Done: after(call, 'Work', 'Succeeded'),
    }
    expect(findingsOf('REL205', { actions })).toEqual(['warning Failed'])
  })

  test('is none when the handler is another way to the same result', () => {
    const actions = {
      Work: scope({ Read: call }),
      Other: after(scope({ Cached: { type: 'Compose', inputs: [] } }), 'Work', 'Failed'),
      Use: {
        type: 'Compose',
        runAfter: { Other: ['Succeeded', 'Skipped'] },
        inputs: "@coalesce(body('Read'), outputs('Cached'))",
      },
    }
    expect(findingsOf('REL205', { actions })).toEqual([])
    expect(findingsOf('REL206', { actions })).toEqual([])
  })
})

test('what runs after success and failure looks at the answer: information (REL204)', () => {
  const look = after({ type: 'Compose', inputs: 1 }, 'Get', 'Succeeded', 'Failed')
  expect(findingsOf('REL204', { actions: { Get: call, Look: look } })).toEqual(['info Look'])
  expect(findingsOf('REL204', { actions: { Get: call, Look: after(call, 'Get', 'Failed') } })).toEqual([
    'warning Look',
  ])
})

test('a handler of what cannot time out need not wait for a time-out (REL204)', () => {
  const parse = { type: 'ParseJson', inputs: { content: '{}', schema: {} } }
  expect(findingsOf('REL204', { actions: { Parse: parse, Bad: after(call, 'Parse', 'Failed') } })).toEqual([])
})
