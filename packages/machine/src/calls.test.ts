import { describe, expect, test } from 'vitest'
import type { Command } from './command.ts'
import { after, answer, compose, http, run, startAt, verdicts } from './drive.testing.ts'
import type { CallOutcome } from './event.ts'
import { history } from './history.ts'

const withPolicy = (retryPolicy: object | undefined, more: object = {}) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'http://x', ...(retryPolicy === undefined ? {} : { retryPolicy }) },
  ...more,
})
/** Answers in order, the last one again and again. */
const inTurn = (...outcomes: CallOutcome[]) => {
  let at = 0
  return () => outcomes[Math.min(at++, outcomes.length - 1)] as CallOutcome
}
const keys = (commands: readonly Command[]) =>
  commands.flatMap((command) => ('key' in command ? [command.key] : []))
const pauses = (commands: readonly Command[]) =>
  commands.flatMap((command) => (command.type === 'wait' ? [command.until - startAt] : []))

describe('the outcome of a call', () => {
  const rows: [string, CallOutcome, string, string][] = [
    ['200', answer(200), 'Succeeded', 'OK'],
    ['204', answer(204), 'Succeeded', 'NoContent'],
    ['404', answer(404), 'Failed', 'NotFound'],
    ['418', answer(418), 'Failed', '418'],
    ['no answer', { error: { code: 'BadGateway', message: 'x' } }, 'Failed', 'BadGateway'],
    [
      'an error with its status',
      { ...answer(401), error: { code: 'DirectApiAuthorizationRequired', message: 'x' } },
      'Failed',
      'Unauthorized',
    ],
  ]
  test.each(rows)('%s', (_title, outcome, status, code) => {
    expect(run({ A: http() }, { outcome: () => outcome }).records.A).toMatchObject({ status, code })
  })

  test('a failure keeps its outputs', () => {
    const { records } = run(
      { A: http(), B: compose(`@outputs('A')['statusCode']`, after('A', 'Failed')) },
      { outcome: () => answer(404) },
    )
    expect(records.B?.outputs).toBe(404)
  })
})

describe('retry', () => {
  const fixed = { type: 'fixed', count: 2, interval: 'PT10S' }

  test('a fixed policy pauses and calls again under the next tag with the same path', () => {
    const { commands, records } = run({ A: withPolicy(fixed) }, { outcome: inTurn(answer(503), answer(200)) })
    expect(keys(commands)).toEqual(['A#1', 'A#2.wait', 'A#2'])
    expect(commands[2]).toMatchObject({ path: 'A' })
    expect(pauses(commands)).toEqual([11_000])
    expect(records.A?.attempts?.map(({ tag, code }) => [tag, code])).toEqual([
      ['1', 'ServiceUnavailable'],
      ['2', 'OK'],
    ])
    expect(records.A?.status).toBe('Succeeded')
  })

  test('the policy ends after its count', () => {
    const { commands, records } = run({ A: withPolicy(fixed) }, { outcome: () => answer(500) })
    expect(keys(commands)).toEqual(['A#1', 'A#2.wait', 'A#2', 'A#3.wait', 'A#3'])
    expect(records.A).toMatchObject({ status: 'Failed', code: 'InternalServerError' })
  })

  test.each([[{ type: 'None' }], [{ type: 'none', count: 5 }]])('%j never calls again', (policy) => {
    expect(keys(run({ A: withPolicy(policy) }, { outcome: () => answer(500) }).commands)).toEqual(['A#1'])
  })

  test.each([400, 404, 409])('%d is final', (status) => {
    expect(keys(run({ A: withPolicy(fixed) }, { outcome: () => answer(status) }).commands)).toEqual(['A#1'])
  })

  test('a connection failure is worth another attempt only when transient', () => {
    const error = { code: 'BadGateway', message: 'x' }
    expect(keys(run({ A: withPolicy(fixed) }, { outcome: () => ({ error }) }).commands)).toHaveLength(1)
    expect(
      keys(run({ A: withPolicy(fixed) }, { outcome: () => ({ error, transient: true }) }).commands),
    ).toHaveLength(5)
  })

  test('Retry-After is the least pause', () => {
    const busy = { ...answer(429), retryAfterMs: 60_000 }
    expect(pauses(run({ A: withPolicy(fixed) }, { outcome: inTurn(busy, answer(200)) }).commands)).toEqual([
      61_000,
    ])
  })

  test.each([
    ['PowerAutomate', 8],
    ['LogicApps', 4],
  ] as const)('by default %s tries %d times more', (dialect, count) => {
    const { commands } = run({ A: withPolicy(undefined) }, { dialect, outcome: () => answer(500) })
    expect(commands.filter((command) => command.type === 'call')).toHaveLength(count + 1)
  })

  test('exponential pauses are drawn from the path, not from the order of branches', () => {
    const policy = { type: 'exponential', count: 3, interval: 'PT10S' }
    const flow = { A: withPolicy(policy), B: withPolicy(policy) }
    const last = (open: readonly Command[]) => open.length - 1
    const forward = run(flow, { outcome: () => answer(500) })
    const backward = run(flow, { outcome: () => answer(500), pick: last })
    const attempts = (told: typeof forward) => keys(told.commands).sort()
    expect(attempts(backward)).toEqual(attempts(forward))
  })

  test('every attempt sends the inputs evaluated once', () => {
    const flow = {
      A: { type: 'Http', inputs: { method: 'POST', uri: 'http://x', body: '@guid()', retryPolicy: fixed } },
    }
    const { commands } = run(flow, { outcome: () => answer(500) })
    const bodies = commands.flatMap((command) =>
      command.type === 'call' ? [JSON.stringify(command.request)] : [],
    )
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('time limits', () => {
  const slow = withPolicy({ type: 'fixed', count: 5, interval: 'PT10S' }, { limit: { timeout: 'PT30S' } })
  const timeoutFirst = (open: readonly Command[]) =>
    open.findIndex((command) => 'key' in command && command.key.endsWith('#timeout'))

  test('a limit passed makes the action TimedOut and closes its call', () => {
    const { commands, records } = run(
      { A: slow, B: compose(1, after('A', 'TimedOut')) },
      { pick: timeoutFirst },
    )
    expect(records.A).toMatchObject({ status: 'TimedOut', code: 'ActionTimedOut' })
    expect(records.B?.status).toBe('Succeeded')
    expect(commands).toContainEqual({ type: 'cancel', key: 'A#1' })
  })

  test('an action that ends in time closes its limit', () => {
    const { commands } = run({ A: slow })
    expect(commands).toContainEqual({ type: 'cancel', key: 'A#timeout' })
  })

  test('the deadline ends the run as TimedOut', () => {
    const env = {
      runId: 'r',
      flowId: 'f',
      flowName: 'F',
      parameters: {},
      callbackBase: '',
      deadline: '2026-03-02T10:00:00Z',
    }
    const { history, events } = run(
      { A: http() },
      { triggered: { env }, pick: (open) => open.findIndex((each) => each.type === 'wait') },
    )
    expect(events.at(-1)).toMatchObject({ type: 'due', key: '#deadline' })
    expect(history.run).toMatchObject({ status: 'TimedOut', code: 'WorkflowRunTimedOut' })
    expect(verdicts(history.actions)).toEqual({ A: 'Cancelled' })
  })

  test('the cap on executed actions ends the run', () => {
    const env = { runId: 'r', flowId: 'f', flowName: 'F', parameters: {}, callbackBase: '', maxActions: 10 }
    const loop = { type: 'Until', expression: '@false', limit: { count: 100 }, actions: { A: compose(1) } }
    const { history } = run({ Loop: loop }, { triggered: { env } })
    expect(history.run).toMatchObject({ status: 'Failed', code: 'ActionCapReached' })
  })
})

describe('asynchronous answers', () => {
  const accepted = answer(202, null, { Location: 'http://x/status' })

  test('a 202 with Location is polled until the answer is there', () => {
    const { commands, records } = run(
      { A: http() },
      { outcome: inTurn(accepted, accepted, answer(200, { done: 1 })) },
    )
    expect(keys(commands)).toEqual(['A#1', 'A#1.poll1.wait', 'A#1.poll1', 'A#1.poll2.wait', 'A#1.poll2'])
    expect(commands[2]).toMatchObject({
      request: { to: 'http', request: { method: 'GET', uri: 'http://x/status' } },
    })
    expect(records.A?.outputs).toMatchObject({ statusCode: 200, body: { done: 1 } })
  })

  test('a poll that fails is polled again', () => {
    const action = withPolicy({ type: 'fixed', count: 2, interval: 'PT1S' })
    const { commands } = run({ A: action }, { outcome: inTurn(accepted, answer(503), answer(200)) })
    const requests = commands.flatMap((command) => (command.type === 'call' ? [command.request] : []))
    expect(requests.slice(1)).toEqual([requests[1], requests[1]])
    expect(requests[1]).toMatchObject({ request: { uri: 'http://x/status' } })
  })

  test('an operation polls with its connection', () => {
    const action = { type: 'OpenApiConnection', inputs: { host: { operationId: 'Start' } } }
    const { commands } = run({ A: action }, { outcome: inTurn(accepted, answer(200)) })
    expect(commands[2]).toMatchObject({ request: { to: 'poll', uri: 'http://x/status' } })
  })

  test('DisableAsyncPattern takes the 202 as the answer', () => {
    const { records } = run(
      { A: http({}, { operationOptions: 'DisableAsyncPattern' }) },
      { outcome: () => accepted },
    )
    expect(records.A).toMatchObject({ status: 'Succeeded', code: 'Accepted' })
  })
})

describe('webhook actions', () => {
  const approval = {
    type: 'OpenApiConnectionWebhook',
    inputs: { host: { operationId: 'Approve' }, url: '@listCallbackUrl()' },
  }

  test('the address is open before the subscription leaves, and the body of the callback is the outputs', () => {
    const { commands, records } = run(
      { A: approval, B: compose(`@body('A')['outcome']`, after('A')) },
      { pick: (open) => open.length - 1 },
    )
    expect(commands.slice(0, 2).map((command) => command.type)).toEqual(['await', 'call'])
    const [opened, subscription] = commands
    const url = opened?.type === 'await' ? opened.callbackUrl : ''
    expect(url).toMatch(/^http:\/\/callback\/run1\/A\?sig=[\w-]{43}$/)
    expect(subscription).toMatchObject({ request: { to: 'subscribe', callbackUrl: url, inputs: { url } } })
    expect(records.B?.outputs).toBe('Approve')
  })

  test('a callback that comes before the answer of the subscription is kept', () => {
    const { records } = run({ A: approval }, { pick: () => 0 })
    expect(records.A).toMatchObject({ status: 'Succeeded', outputs: { body: { outcome: 'Approve' } } })
  })

  test.each([
    ['callback last', (open: readonly Command[]) => open.length - 1],
    ['callback first', () => 0],
  ])('the subscription is undone once: %s', (_title, pick) => {
    const { commands } = run({ A: approval }, { pick })
    const undone = commands.filter((command) => command.type === 'cancel')
    expect(undone).toMatchObject([
      { key: 'A#callback', unsubscribe: { actionType: 'OpenApiConnectionWebhook' } },
    ])
  })

  test('a subscription that fails fails the action and closes the address', () => {
    const { commands, records } = run(
      { A: approval },
      { outcome: () => answer(403), pick: (open) => open.length - 1 },
    )
    expect(records.A).toMatchObject({ status: 'Failed', code: 'Forbidden' })
    expect(commands).toContainEqual({ type: 'cancel', key: 'A#callback' })
  })

  test('a time limit undoes the subscription', () => {
    const limited = { ...approval, limit: { timeout: 'P7D' } }
    const pick = (open: readonly Command[]) => {
      const call = open.findIndex((command) => command.type === 'call')
      return call >= 0 ? call : open.findIndex((command) => command.type === 'wait')
    }
    const { commands, records } = run({ A: limited }, { pick })
    expect(records.A?.status).toBe('TimedOut')
    expect(commands.filter((command) => command.type === 'cancel')).toMatchObject([
      { unsubscribe: { answer: {} } },
    ])
  })
})

describe('properties of any action', () => {
  test('a static result takes the place of the call', () => {
    const { commands, records } = run(
      {
        A: http(
          {},
          { runtimeConfiguration: { staticResult: { name: 'A0', staticResultOptions: 'Enabled' } } },
        ),
      },
      {
        definition: {
          staticResults: { A0: { status: 'Failed', outputs: { statusCode: 'NotFound', body: 1 } } },
        },
      },
    )
    expect(commands.map((command) => command.type)).toEqual(['finish'])
    expect(records.A).toMatchObject({
      status: 'Failed',
      code: 'NotFound',
      outputs: { statusCode: 404, body: 1 },
      executionMode: 'StaticResults',
    })
  })

  test('tracked properties see the action itself', () => {
    const tracked = http(
      {},
      {
        trackedProperties: { code: `@action()['outputs']['statusCode']`, uri: `@action()['inputs']['uri']` },
      },
    )
    expect(run({ A: tracked }).records.A?.trackedProperties).toEqual({ code: 200, uri: 'http://x' })
  })

  test('a mistake in tracked properties does not fail the action', () => {
    expect(run({ A: http({}, { trackedProperties: { x: `@int('x')` } }) }).records.A?.status).toBe(
      'Succeeded',
    )
  })

  test('secured outputs are hidden, and so is what they flow into', () => {
    const secret = http({}, { runtimeConfiguration: { secureData: { properties: ['outputs'] } } })
    const { records } = run({ A: secret, B: compose(`@body('A')`, after('A')), C: compose(1, after('B')) })
    expect(records.A).toMatchObject({ secureData: ['outputs'] })
    expect(records.A?.outputs).toBeUndefined()
    expect(records.B).toMatchObject({ secureData: ['inputs', 'outputs'] })
    expect(records.B?.inputs).toBeUndefined()
    expect(records.C?.outputs).toBe(1)
  })

  test('actions() and result() give records', () => {
    const { records } = run({
      S: { type: 'Scope', actions: { A: http() } },
      R: compose(`@result('S')[0]['status']`, after('S')),
      Q: compose(`@actions('A')['code']`, after('S')),
      Z: compose(`@actions('S')?['status']`, after('S')),
    })
    expect([records.R?.outputs, records.Q?.outputs, records.Z?.outputs]).toEqual([
      'Succeeded',
      'OK',
      'Succeeded',
    ])
  })

  test('outputs of a skipped action are null, of one that has not run an error', () => {
    const { records } = run({
      A: compose(1),
      B: compose(2, after('A', 'Failed')),
      C: compose(`@outputs('B')`, after('B', 'Skipped')),
      D: compose(`@outputs('E')`),
      E: compose(3, after('D', 'Succeeded', 'Failed')),
    })
    expect(records.C).toMatchObject({ status: 'Succeeded', outputs: null })
    expect(records.D).toMatchObject({ status: 'Failed', error: { code: 'InvalidTemplate' } })
  })

  test('a computed name finds its action', () => {
    const { records } = run({ A: compose(5), B: compose(`@outputs(concat('', 'a'))`, after('A')) })
    expect(records.B?.outputs).toBe(5)
  })

  test('parameters come from the run, else from their defaults', () => {
    const definition = { parameters: { Given: { type: 'String' }, Left: { type: 'Int', defaultValue: 7 } } }
    const env = { runId: 'r', flowId: 'f', flowName: 'F', parameters: { Given: 'g' }, callbackBase: '' }
    const { records } = run(
      { A: compose(`@concat(parameters('given'), parameters('Left'))`) },
      { definition, triggered: { env } },
    )
    expect(records.A?.outputs).toBe('g7')
  })

  test('definition outputs are evaluated when the run succeeds', () => {
    const definition = { outputs: { sum: { type: 'Int', value: `@add(outputs('A'), 1)` } } }
    expect(run({ A: compose(1) }, { definition }).history.run.outputs).toEqual({ sum: 2 })
  })

  test('a mistake in definition outputs is recorded and changes no status', () => {
    const definition = { outputs: { sum: { type: 'Int', value: `@int('x')` } } }
    expect(run({ A: compose(1) }, { definition }).history.run).toMatchObject({
      status: 'Succeeded',
      error: { code: 'InvalidTemplate' },
    })
  })

  test('draws differ by action and repetition, and are the same on replay', () => {
    const loop = { type: 'Foreach', foreach: '@createArray(1, 2)', actions: { G: compose('@guid()') } }
    const {
      history: told,
      plan,
      events,
    } = run({ A: compose('@guid()'), B: compose('@rand(0, 1000000000)'), Loop: loop })
    const drawn = told.actions.flatMap((record) => (record.type === 'Compose' ? [record.outputs] : []))
    expect(new Set(drawn).size).toBe(4)
    expect(history(plan, events)).toEqual(told)
  })

  test('workflow() tells the flow and the run', () => {
    expect(run({ A: compose(`@workflow()['run']['name']`) }).records.A?.outputs).toBe('run1')
  })

  test('names such as __proto__ are ordinary names', () => {
    const { records } = run({
      A: compose(`@setProperty(json('{}'), '__proto__', 1)`),
      constructor: compose(2),
    })
    expect(Object.hasOwn(records.A?.outputs as object, '__proto__')).toBe(true)
    expect(records['constructor' as string]).toMatchObject({ outputs: 2 })
  })
})
