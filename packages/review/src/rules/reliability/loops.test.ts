import { describe, expect, test } from 'vitest'
import { findingsOf } from './findings.testing.ts'

const init = { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'String' }] } }
const compose = { type: 'Compose', inputs: 1 }
const set = (value: string): object => ({ type: 'SetVariable', inputs: { name: 'x', value } })
const until = (expression: string, actions: object, runAfter: object = {}): object => ({
  type: 'Until',
  expression,
  runAfter,
  limit: { count: 5, timeout: 'PT5M' },
  actions,
})
const afterInit = { Init: ['Succeeded'] }

describe('an Until whose condition cannot change (REL211)', () => {
  const never = "@equals(variables('x'), 'done')"

  test.each([
    ['a time', '@greater(utcNow(), triggerBody())', { A: compose }],
    ['a result of the loop', "@equals(outputs('A'), 2)", { A: compose }],
    ['the number of the turn', "@equals(iterationIndexes('Loop'), 2)", { A: compose }],
    ['a computed name', "@equals(variables(concat('x')), 2)", { A: compose }],
    ['an unknown function', "@equals(agentParameters('x'), 2)", { A: compose }],
    ['nothing', '@equals(1, 2)', { A: compose }],
    ['a variable written deeper in the loop', never, { In: { type: 'Scope', actions: { A: set('done') } } }],
    [
      'a variable whose writer computes the name',
      never,
      {
        A: { type: 'SetVariable', inputs: { name: "@{'x'}", value: 1 } },
      },
    ],
  ])('is not said of one that reads %s', (_, expression, actions) => {
    expect(
      findingsOf('REL211', { actions: { Init: init, Loop: until(expression, actions, afterInit) } }),
    ).toEqual([])
  })

  test('is not said when a branch beside the loop writes the variable', () => {
    const actions = {
      Init: init,
      Loop: until(never, { A: compose }, afterInit),
      Beside: { ...set('done'), runAfter: afterInit },
    }
    expect(findingsOf('REL211', { actions })).toEqual([])
  })

  test('is said when the variable was only written before', () => {
    const actions = {
      Init: init,
      Before: { ...set('new'), runAfter: afterInit },
      Loop: until(never, { A: compose }, { Before: ['Succeeded'] }),
    }
    expect(findingsOf('REL211', { actions })).toEqual(['error Loop'])
  })
})

describe('the limit of an Until (REL210)', () => {
  const wait = { type: 'Wait', inputs: { interval: { count: 10, unit: 'Minute' } } }
  const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } }

  test.each([
    ['the usual turns, and only counts', { count: 60, timeout: 'PT1H' }, { A: compose }, []],
    ['the usual turns, and asks', { count: 60, timeout: 'PT1H' }, { A: call }, ['info Loop']],
    ['many turns, and only counts', { count: 500 }, { A: compose }, ['warning Loop']],
    ['a long time, and waits', { count: 60, timeout: 'P1D' }, { A: call, B: wait }, ['info Loop']],
    ['a long time, and does not wait', { count: 60, timeout: 'P1D' }, { A: call }, ['warning Loop']],
  ])('of one that has %s', (_, limit, actions, expected) => {
    const loop = { ...until('@equals(rand(1, 9), 2)', actions), limit }
    expect(findingsOf('REL210', { actions: { Loop: loop } })).toEqual(expected)
  })
})

describe('repetitions at the same time (REL213)', () => {
  const loop = (actions: object, more: object = {}): object => ({
    type: 'Foreach',
    foreach: '@triggerBody()',
    runAfter: afterInit,
    actions,
    ...more,
  })
  const parallel = { runtimeConfiguration: { concurrency: { repetitions: 5 } } }
  const solution = { connectionReferences: {} }

  test('are the default of Logic Apps, not of Power Automate', () => {
    const actions = { Init: init, Loop: loop({ Set: set("@{item()?['a']}") }) }
    expect(findingsOf('REL213', { actions })).toEqual(['warning Loop'])
    expect(findingsOf('REL213', { actions, ...solution })).toEqual([])
  })

  test('do no harm by setting one and the same constant', () => {
    expect(
      findingsOf('REL213', { actions: { Init: init, Loop: loop({ Set: set('found') }, parallel) } }),
    ).toEqual([])
  })

  test('are information when they only append', () => {
    const add = { type: 'AppendToStringVariable', inputs: { name: 'x', value: '@{item()}' } }
    expect(findingsOf('REL213', { actions: { Init: init, Loop: loop({ Add: add }, parallel) } })).toEqual([
      'info Loop',
    ])
  })

  test('are information behind a condition that picks an item', () => {
    const pick = {
      type: 'If',
      expression: { equals: ["@item()?['key']", 'a'] },
      actions: { Set: set("@{item()?['a']}") },
    }
    expect(findingsOf('REL213', { actions: { Init: init, Loop: loop({ Pick: pick }, parallel) } })).toEqual([
      'info Loop',
    ])
  })

  const setAndRead = {
    Set: set("@{item()?['a']}"),
    Use: { ...compose, inputs: "@variables('x')", runAfter: { Set: ['Succeeded'] } },
  }
  const behind = (expression: object): object => ({ Pick: { type: 'If', expression, actions: setAndRead } })

  test.each([
    ['no condition', setAndRead, 'error'],
    ['a condition', behind({ greater: ["@item()?['sum']", 5] }), 'warning'],
    [
      'a condition between two computed values',
      behind({ equals: ["@item()?['a']", '@triggerBody()'] }),
      'warning',
    ],
    ['the choice of an item', behind({ and: [{ equals: ["@items('Loop')?['name']", 'Main'] }] }), 'info'],
  ])('set and read behind %s', (_, actions, severity) => {
    expect(findingsOf('REL213', { actions: { Init: init, Loop: loop(actions, parallel) } })).toEqual([
      `${severity} Loop`,
    ])
  })

  test('end at a loop that takes one item after the other', () => {
    const actions = {
      Init: init,
      Loop: loop({ Set: set("@{item()?['a']}") }, { operationOptions: 'Sequential' }),
    }
    expect(findingsOf('REL213', { actions })).toEqual([])
  })
})

describe('parallel branches (REL214)', () => {
  const branches = (one: object, two: object) => ({
    Init: init,
    Get: { ...compose, runAfter: afterInit },
    A: one,
    B: two,
  })
  const onGet = (action: object, ...statuses: string[]): object => ({
    ...action,
    runAfter: { Get: statuses },
  })

  test('of success and failure never both run', () => {
    const actions = branches(onGet(set('good'), 'Succeeded'), onGet(set('bad'), 'Failed', 'TimedOut'))
    expect(findingsOf('REL214', { actions })).toEqual([])
  })

  test('behind a skipped handler and behind the failure never both run', () => {
    const actions = {
      ...branches(onGet(set('bad'), 'Failed'), onGet(compose, 'Failed')),
      C: { ...set('good'), runAfter: { B: ['Skipped'] } },
    }
    expect(findingsOf('REL214', { actions })).toEqual([])
  })

  test('of a condition never both run', () => {
    const choose = {
      type: 'If',
      expression: { equals: ['@triggerBody()', 1] },
      actions: { A: set('one') },
      else: { actions: { B: set('two') } },
    }
    expect(findingsOf('REL214', { actions: { Init: init, Choose: choose } })).toEqual([])
  })

  test('inside two scopes that start together do', () => {
    const actions = branches(
      onGet({ type: 'Scope', actions: { One: set('one') } }, 'Succeeded'),
      onGet({ type: 'Scope', actions: { Two: set('two') } }, 'Succeeded'),
    )
    expect(findingsOf('REL214', { actions })).toEqual(['error Two'])
  })
})
