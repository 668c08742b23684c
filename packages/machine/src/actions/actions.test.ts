import type { Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { after, answer, compose, http, run, verdicts } from '../drive.testing.ts'

const variable = (type: string, value?: Value) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'x', type, ...(value === undefined ? {} : { value }) }] },
})
const chain = (...actions: object[]) =>
  Object.fromEntries(
    actions.map((action, at) => [`A${at}`, at === 0 ? action : { ...action, runAfter: after(`A${at - 1}`) }]),
  )

describe('actions that only compute', () => {
  const items = [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bo, "B"' },
  ]
  const rows: [string, object, Value][] = [
    ['Compose gives its inputs', compose({ a: '@add(1, 2)', '@{1}': 'x' }), { a: 3, '1': 'x' }],
    ['Compose of null gives null', compose('@null'), null],
    [
      'Select maps',
      { type: 'Select', inputs: { from: [1, 2], select: { n: '@item()' } } },
      { body: [{ n: 1 }, { n: 2 }] },
    ],
    [
      'Select of text gives scalars',
      { type: 'Select', inputs: { from: [1, 2], select: '@add(item(), 1)' } },
      { body: [2, 3] },
    ],
    [
      'Query filters',
      { type: 'Query', inputs: { from: items, where: `@equals(item()?['id'], 2)` } },
      { body: [items[1]] } as Value,
    ],
    [
      'Join prints',
      { type: 'Join', inputs: { from: [1, true, null, 'x'], joinWith: '; ' } },
      { body: '1; True; ; x' },
    ],
    [
      'Table prints CSV with quotes',
      { type: 'Table', inputs: { from: items, format: 'CSV' } },
      { body: 'id,name\r\n1,Ada\r\n2,"Bo, ""B"""' },
    ],
    [
      'Table prints chosen columns as HTML',
      {
        type: 'Table',
        inputs: { from: [{ a: '<b>' }], format: 'HTML', columns: [{ header: 'A', value: `@item()?['a']` }] },
      },
      { body: '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>' },
    ],
    [
      'ParseJson parses text',
      { type: 'ParseJson', inputs: { content: '{"a": [1]}', schema: {} } },
      { body: { a: [1] } },
    ],
    [
      'ParseJson checks a schema',
      {
        type: 'ParseJson',
        inputs: { content: { a: 1 }, schema: { type: 'object', properties: { a: { type: 'integer' } } } },
      },
      { body: { a: 1 } },
    ],
  ]
  test.each(rows)('%s', (_title, action, outputs) => {
    const { records } = run({ A: action })
    expect(records.A?.status).toBe('Succeeded')
    expect(records.A?.outputs).toEqual(outputs)
  })

  const failures: [string, object, string][] = [
    ['Select of no array', { type: 'Select', inputs: { from: null, select: 1 } }, 'InvalidTemplate'],
    [
      'Query with a condition that is no boolean',
      { type: 'Query', inputs: { from: [1], where: '@item()' } },
      'InvalidTemplate',
    ],
    ['Table of an unknown format', { type: 'Table', inputs: { from: [], format: 'XML' } }, 'InvalidTemplate'],
    ['ParseJson of no JSON', { type: 'ParseJson', inputs: { content: '{', schema: {} } }, 'InvalidJson'],
    [
      'ParseJson that does not fit',
      {
        type: 'ParseJson',
        inputs: { content: { a: 'x' }, schema: { properties: { a: { type: 'integer' } } } },
      },
      'ValidationFailed',
    ],
    ['Expression of an unknown kind', { type: 'Expression', kind: 'Guess', inputs: {} }, 'InvalidTemplate'],
    [
      'Terminate with an unknown status',
      { type: 'Terminate', inputs: { runStatus: 'Sleeping' } },
      'InvalidTemplate',
    ],
    ['Wait for no instant', { type: 'Wait', inputs: { until: { timestamp: 'soon' } } }, 'InvalidTemplate'],
  ]
  test.each(failures)('%s fails', (_title, action, code) => {
    const { records } = run({ A: action })
    expect(records.A).toMatchObject({ status: 'Failed', code: 'BadRequest', error: { code } })
  })

  test('ParseJson that does not fit still has its outputs', () => {
    const schema = { properties: { a: { type: 'integer' } } }
    const { records } = run({ A: { type: 'ParseJson', inputs: { content: { a: 'x' }, schema } } })
    expect(records.A?.outputs).toEqual({ body: { a: 'x' } })
  })

  test('data actions have code OK, variables and control actions NotSpecified', () => {
    const { records } = run(chain(variable('Integer', 1), compose(1), { type: 'Scope', actions: {} }))
    expect([records.A0?.code, records.A1?.code, records.A2?.code]).toEqual([
      'NotSpecified',
      'OK',
      'NotSpecified',
    ])
  })
})

describe('variables', () => {
  const change = (type: string, value?: Value) => ({
    type,
    inputs: { name: 'X', ...(value === undefined ? {} : { value }) },
  })
  const rows: [string, object, object, Value][] = [
    ['Set', variable('String', 'a'), change('SetVariable', 'b'), 'b'],
    ['Set to null empties', variable('Integer', 4), change('SetVariable', null), 0],
    ['Increment by one', variable('Integer', 4), change('IncrementVariable'), 5],
    ['Increment by an expression', variable('Integer', 4), change('IncrementVariable', '@add(1, 1)'), 6],
    ['Decrement', variable('Integer'), change('DecrementVariable', 2), -2],
    ['a float takes an integer', variable('Float', 1.5), change('SetVariable', 2), 2],
    ['Append to an array', variable('Array', [1]), change('AppendToArrayVariable', 2), [1, 2]],
    ['Append to text', variable('String', 'a'), change('AppendToStringVariable', 2), 'a2'],
    ['an object begins as null', variable('Object'), compose(1), null],
    ['a boolean begins false', variable('Boolean'), compose(1), false],
  ]
  test.each(rows)('%s', (_title, first, second, expected) => {
    const { records } = run(chain(first, second, compose(`@variables('x')`)))
    expect(records.A2?.outputs).toEqual(expected)
  })

  const refused: [string, object, object][] = [
    ['a type that does not fit', variable('Integer', 1), change('SetVariable', 'a')],
    ['incrementing text', variable('String', 'a'), change('IncrementVariable')],
    ['incrementing an integer by a fraction', variable('Integer', 1), change('IncrementVariable', 0.5)],
    ['appending to a number', variable('Integer', 1), change('AppendToArrayVariable', 1)],
    ['appending nothing', variable('Array'), change('AppendToArrayVariable', null)],
    ['a variable nobody initialises', compose(1), { type: 'SetVariable', inputs: { name: 'y', value: 1 } }],
  ]
  test.each(refused)('%s fails', (_title, first, second) => {
    const { records } = run(chain(first, second))
    expect(records.A1).toMatchObject({ status: 'Failed', error: { code: 'InvalidVariableOperation' } })
  })

  test('initialising twice fails', () => {
    const { records } = run(chain(variable('Integer', 1), variable('Integer', 2)))
    expect(records.A1?.error?.code).toBe('InvalidVariableInitialization')
  })

  test('an appended array leaves earlier readers as they were', () => {
    const append = (value: number) => change('AppendToArrayVariable', value)
    const { records } = run(
      chain(
        variable('Array'),
        append(1),
        compose(`@variables('x')`),
        append(2),
        append(3),
        compose(`@variables('x')`),
      ),
    )
    expect(records.A2?.outputs).toEqual([1])
    expect(records.A5?.outputs).toEqual([1, 2, 3])
  })
})

describe('conditions as objects', () => {
  const rows: [object, boolean][] = [
    [{}, true],
    [{ and: [] }, true],
    [{ or: [] }, false],
    [{ and: [{ equals: ['@add(1, 1)', 2] }] }, true],
    [{ or: [{ greater: [1, 2] }, { LESS: [1, 2] }] }, true],
    [{ not: { equals: ['a', 'b'] } }, true],
    [{ not: [{ contains: ['abc', 'b'] }] }, false],
    [{ greaterOrEquals: [2, 2] }, true],
    [{ lessOrEquals: [3, 2] }, false],
    [{ startsWith: ['abc', 'a'] }, true],
    [{ endsWith: ['abc', 'a'] }, false],
    [{ equals: [{ length: '@createArray(1, 2)' }, 2] }, true],
    [{ equals: ["it's", "it's"] }, true],
    [
      { and: [{ equals: [1, 1] }, { or: [{ equals: [1, 2] }, { not: { equals: [true, '@true'] } }] }] },
      false,
    ],
  ]
  test.each(rows)('%j is %s', (expression, expected) => {
    const { records } = run({ If: { type: 'If', expression, actions: { Yes: compose(1) } } })
    expect(records.If).toMatchObject({ status: 'Succeeded', inputs: { expressionResult: expected } })
  })

  test.each([
    [{ equals: [[1], [1]] }],
    [{ equals: [1, 1], not: true }],
    [{ 'a(': 1 }],
    [{ noSuch: [1] }],
    [{ greater: ['a', 1] }],
  ])('%j fails the condition', (expression) => {
    const { records } = run({ If: { type: 'If', expression, actions: { Yes: compose(1) } } })
    expect(records.If).toMatchObject({ status: 'Failed', code: 'ExpressionEvaluationFailed' })
  })
})

describe('Switch', () => {
  const switching = (expression: Value, more: object = {}) => ({
    S: {
      type: 'Switch',
      expression,
      cases: {
        One: { case: 1, actions: { A: compose(1) } },
        Text: { case: 'b', actions: { B: compose(2) } },
      },
      default: { actions: { C: compose(3) } },
      ...more,
    },
  })
  test.each([
    ['@add(0, 1)', 'A'],
    ['b', 'B'],
    ['B', 'C'],
  ])('%s takes the branch of %s', (expression, taken) => {
    const { history } = run(switching(expression))
    const expected = Object.fromEntries(
      ['A', 'B', 'C'].map((name) => [
        name,
        name === taken ? 'Succeeded' : 'Skipped ActionBranchingConditionNotSatisfied',
      ]),
    )
    expect(verdicts(history.actions)).toEqual({ S: 'Succeeded', ...expected })
  })

  test('no case and no default succeeds', () => {
    expect(run(switching('z', { default: undefined })).records.S?.status).toBe('Succeeded')
  })
})

describe('Foreach', () => {
  const each = (actions: object, more: object = {}) => ({
    type: 'Foreach',
    foreach: `@triggerBody()['items']`,
    actions,
    ...more,
  })

  test('runs once per element and names the element', () => {
    const { records } = run({ Loop: each({ A: compose(`@items('Loop')`) }) })
    expect([0, 1, 2].map((index) => records[`Loop[${index}]/A`]?.outputs)).toEqual([1, 2, 3])
    expect(records.Loop?.iterationCount).toBe(3)
  })

  test('an empty array succeeds and shows what is in it as skipped', () => {
    const { records } = run({ Loop: { ...each({ A: compose(1) }), foreach: `@json('[]')` } })
    expect(records.Loop).toMatchObject({ status: 'Succeeded', iterationCount: 0 })
    expect(records.A).toMatchObject({ status: 'Skipped', repetitionIndexes: [] })
  })

  test.each(['@null', 'text', "@json('{}')"])('%s is no array and fails', (foreach) => {
    const { records } = run({ Loop: { ...each({ A: compose(1) }), foreach } })
    expect(records.Loop?.code).toBe('ExpressionEvaluationFailed')
    expect(records.A?.status).toBe('Skipped')
  })

  test('one failed repetition fails the loop and stops no other', () => {
    const { records } = run({ Loop: each({ A: compose(`@div(1, sub(items('Loop'), 2))`) }) })
    expect(records.Loop?.status).toBe('Failed')
    expect([0, 1, 2].map((index) => records[`Loop[${index}]/A`]?.status)).toEqual([
      'Succeeded',
      'Failed',
      'Succeeded',
    ])
  })

  const degrees: [string, object, 'PowerAutomate' | 'LogicApps', number][] = [
    ['one in Power Automate', {}, 'PowerAutomate', 1],
    ['all of three in Logic Apps', {}, 'LogicApps', 3],
    ['as set', { runtimeConfiguration: { concurrency: { repetitions: 2 } } }, 'PowerAutomate', 2],
    ['one when sequential', { operationOptions: 'Sequential' }, 'LogicApps', 1],
  ]
  test.each(degrees)('repetitions in flight: %s', (_title, more, dialect, expected) => {
    let most = 0
    run(
      { Loop: each({ A: http() }, more) },
      {
        dialect,
        after: (state) => {
          most = Math.max(most, Object.keys(state.open).length)
          return state
        },
      },
    )
    expect(most).toBe(expected)
  })

  test('a loop in a loop goes one by one in Logic Apps', () => {
    let most = 0
    const inner = each({ A: http() }, { runtimeConfiguration: { concurrency: { repetitions: 5 } } })
    run(
      { Loop: each({ Inner: inner }, { operationOptions: 'Sequential' }) },
      {
        dialect: 'LogicApps',
        after: (state) => {
          most = Math.max(most, Object.keys(state.open).length)
          return state
        },
      },
    )
    expect(most).toBe(1)
  })

  test('a repetition sees its own records and those outside', () => {
    const inner = {
      A: compose(`@add(items('Loop'), 10)`),
      B: compose(`@concat(outputs('A'), '/', outputs('Out'))`, after('A')),
    }
    const { records } = run({ Out: compose('o'), Loop: { ...each(inner), runAfter: after('Out') } })
    expect(records['Loop[1]/B']?.outputs).toBe('12/o')
  })

  test('from outside a loop shows its last repetition', () => {
    const { records } = run({
      Loop: each({ A: compose(`@items('Loop')`) }),
      B: compose(`@outputs('A')`, after('Loop')),
    })
    expect(records.B?.outputs).toBe(3)
  })

  test('result of a loop lists every repetition by index', () => {
    const { records } = run({
      Loop: each({ A: compose(`@items('Loop')`) }),
      B: {
        type: 'Select',
        inputs: { from: `@result('Loop')`, select: `@item()['outputs']` },
        runAfter: after('Loop'),
      },
    })
    expect(records.B?.outputs).toEqual({ body: [1, 2, 3] })
  })

  test('item() is the element of the innermost', () => {
    const { records } = run({
      Loop: each({
        S: { type: 'Select', inputs: { from: ['x'], select: `@concat(item(), items('Loop'))` } },
        A: compose('@item()'),
      }),
    })
    expect(records['Loop[2]/S']?.outputs).toEqual({ body: ['x3'] })
    expect(records['Loop[2]/A']?.outputs).toBe(3)
  })
})

describe('Until', () => {
  const counter = variable('Integer', 0)
  const loop = (expression: string, more: object = {}) => ({
    type: 'Until',
    expression,
    limit: { count: 5, timeout: 'PT1H' },
    actions: { Add: { type: 'IncrementVariable', inputs: { name: 'x' } } },
    ...more,
  })

  test('repeats until its condition holds', () => {
    const { records } = run(chain(counter, loop(`@equals(variables('x'), 3)`)))
    expect(records.A1).toMatchObject({ status: 'Succeeded', iterationCount: 3 })
  })

  test('ends at its count with success, or fails when told to', () => {
    expect(run(chain(counter, loop('@false'))).records.A1).toMatchObject({
      status: 'Succeeded',
      iterationCount: 5,
    })
    const strict = loop('@false', { operationOptions: 'FailWhenLimitsReached' })
    expect(run(chain(counter, strict)).records.A1).toMatchObject({ status: 'Failed', code: 'ActionFailed' })
  })

  test('its timeout is looked at between turns', () => {
    const slow = loop('@false', { limit: { count: 60, timeout: 'PT2S' }, actions: { Call: http() } })
    expect(run(chain(counter, slow)).records.A1).toMatchObject({ status: 'Succeeded', iterationCount: 2 })
  })

  test('the condition sees the turn that ended', () => {
    const { records } = run({
      U: loop(`@equals(outputs('A'), 2)`, { actions: { A: compose(`@iterationIndexes('U')`) } }),
    })
    expect(records.U?.iterationCount).toBe(3)
  })

  test.each([
    ["@div(1, iterationIndexes('U'))", 'Succeeded'],
    ["@div(1, sub(iterationIndexes('U'), 1))", 'Failed'],
  ])('only the last turn decides its status: %s', (inputs, status) => {
    const actions = { A: compose(inputs) }
    expect(run({ U: loop(`@equals(iterationIndexes('U'), 1)`, { actions }) }).records.U?.status).toBe(status)
  })

  test.each(['@null', `@int('x')`])('a condition of %s fails it', (expression) => {
    expect(run(chain(counter, loop(expression))).records.A1?.code).toBe('ExpressionEvaluationFailed')
  })
})

describe('Wait and Expression', () => {
  test('Wait waits for its interval', () => {
    const { commands, history } = run({
      A: { type: 'Wait', inputs: { interval: { count: 5, unit: 'Minute' } } },
    })
    expect(commands[0]).toMatchObject({ type: 'wait', key: 'A#wait', until: Date.UTC(2026, 2, 2, 9, 5) })
    expect(history.run.endTime).toBe('2026-03-02T09:05:00.0000000Z')
  })

  test('a month is a month of the calendar', () => {
    const { commands } = run({ A: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Month' } } } })
    expect(commands[0]).toMatchObject({ until: Date.UTC(2026, 3, 2, 9) })
  })

  test('an instant that has passed goes on at once', () => {
    const { commands } = run({
      A: { type: 'Wait', inputs: { until: { timestamp: '2020-01-01T00:00:00Z' } } },
    })
    expect(commands.map((command) => command.type)).toEqual(['finish'])
  })

  const kinds: [string, object, string][] = [
    ['CurrentTime', {}, '2026-03-02T09:00:00.0000000Z'],
    ['GetFutureTime', { interval: 8, timeUnit: 'Day' }, '2026-03-10T09:00:00.0000000Z'],
    [
      'SubtractFromTime',
      { baseTime: '2026-03-02T00:00:00Z', interval: 1, timeUnit: 'Hour' },
      '2026-03-01T23:00:00.0000000Z',
    ],
  ]
  test.each(kinds)('%s', (kind, inputs, body) => {
    expect(run({ A: { type: 'Expression', kind, inputs } }).records.A?.outputs).toEqual({ body })
  })
})

describe('Response', () => {
  const response = (after_ = {}) => ({
    type: 'Response',
    kind: 'Http',
    inputs: { statusCode: 201, body: { ok: true } },
    runAfter: after_,
  })
  const waiting = { triggered: { caller: 'waiting' as const } }

  test('answers the caller that waits and goes on', () => {
    const { commands, records, history } = run({ R: response(), After: http(after('R')) }, waiting)
    expect(commands[0]).toEqual({
      type: 'respond',
      answer: { statusCode: 201, headers: {}, body: { ok: true } },
    })
    expect(records.R).toMatchObject({ status: 'Succeeded', outputs: { statusCode: 201 } })
    expect(history.run.response).toMatchObject({ name: 'R', status: 'Succeeded', code: 'OK' })
  })

  test('is skipped when nobody waits, and the run succeeds', () => {
    const { history, records } = run({ R: response() })
    expect(records.R).toMatchObject({ status: 'Skipped', code: 'ActionResponseSkipped' })
    expect(history.run.status).toBe('Succeeded')
  })

  test('a second one fails', () => {
    expect(run({ R: response(), S: response(after('R')) }, waiting).records.S?.status).toBe('Failed')
  })

  test('a run that does not reach it leaves its caller unanswered', () => {
    const { commands } = run({ A: compose(`@int('x')`), R: response(after('A')) }, waiting)
    expect(commands.at(-1)).toMatchObject({ type: 'finish', status: 'Failed', unanswered: true })
  })
})

describe('Terminate', () => {
  const terminate = (runStatus: string, runError?: object) => ({
    type: 'Terminate',
    inputs: { runStatus, ...(runError === undefined ? {} : { runError }) },
  })

  test('ends the run from inside a scope with its status and error', () => {
    const error = { code: 'Mine', message: 'It went wrong.' }
    const { history, records } = run({
      S: { type: 'Scope', actions: { T: terminate('Failed', error), Never: compose(1, after('T')) } },
      Later: compose(2, after('S')),
    })
    expect(history.run).toMatchObject({ status: 'Failed', error })
    expect(verdicts(history.actions)).toEqual({
      S: 'Cancelled',
      T: 'Succeeded',
      Never: 'Skipped',
      Later: 'Skipped',
    })
    expect(records.Later?.code).toBe('Terminated')
  })

  test('a call opened beside it in the same event never leaves', () => {
    const { commands, history } = run({ A: http(), T: terminate('Succeeded') })
    expect(commands).toEqual([{ type: 'finish', status: 'Succeeded', unanswered: false }])
    expect(verdicts(history.actions)).toEqual({ A: 'Cancelled', T: 'Succeeded' })
  })

  test('a call that had left is cancelled', () => {
    const { commands } = run({ A: http(), B: http(), T: { ...terminate('Cancelled'), runAfter: after('A') } })
    expect(commands.slice(2)).toEqual([
      { type: 'cancel', key: 'B#1' },
      { type: 'finish', status: 'Cancelled', unanswered: false },
    ])
  })
})

describe('Workflow and connectors', () => {
  test('a child flow is called with the inputs and its answer is the outputs', () => {
    const { commands, records } = run(
      { A: { type: 'Workflow', inputs: { host: { workflowReferenceName: 'child' }, body: { n: 1 } } } },
      { outcome: () => answer(200, { done: true }) },
    )
    expect(commands[0]).toMatchObject({ type: 'call', request: { to: 'flow', inputs: { body: { n: 1 } } } })
    expect(records.A?.outputs).toMatchObject({ body: { done: true } })
  })

  test('an operation carries its type and evaluated inputs', () => {
    const { commands } = run({
      A: {
        type: 'OpenApiConnection',
        inputs: { host: { operationId: 'Get' }, parameters: { id: '@add(1, 1)' } },
      },
    })
    expect(commands[0]).toMatchObject({
      key: 'A#1',
      path: 'A',
      request: { to: 'operation', actionType: 'OpenApiConnection', inputs: { parameters: { id: 2 } } },
    })
  })
})
