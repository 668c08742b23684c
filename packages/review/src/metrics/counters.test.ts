import { describe, expect, test } from 'vitest'
import type { ExampleFlow } from '../rules/example-flow.ts'
import { connectorAction, measureExample, several, variable } from './measured.testing.ts'
import type { Profile } from './metrics.ts'

/** A flow that has neither warnings nor failures. */
const clean: Record<string, object> = {
  Main: { type: 'Scope', actions: {} },
  Exception: { type: 'Scope', actions: {}, runAfter: { Main: ['Failed', 'TimedOut'] } },
}

function counters(actions: Record<string, object>, profile: Profile = 'documented'): [number, number] {
  const { warnings, failures } = measureExample({ actions }, profile).counters
  return [warnings, failures]
}

test('a clean flow has none', () => {
  expect(counters(clean)).toEqual([0, 0])
  expect(counters(clean, 'as-shipped')).toEqual([0, 0])
})

test('an empty flow fails for what it lacks; the red card of exceptions fails as documented, warns as shipped', () => {
  expect(counters({})).toEqual([0, 4])
  expect(counters({}, 'as-shipped')).toEqual([1, 3])
})

describe('warnings', () => {
  const list = connectorAction('GetItems', 'shared_sharepointonline')
  const withInputs = (operation: string, more: object, parameters: object = {}): object =>
    connectorAction(operation, 'shared_x', {
      ...more,
      inputs: { host: { operationId: operation, connectionName: 'shared_x' }, parameters, ...more },
    })
  test.each<[string, Record<string, object>, [number, number]]>([
    ['one Compose', several(1, 'C', { type: 'Compose', inputs: 1 }), [1, 0]],
    ['two Compose actions, which count for nothing', several(2, 'C', { type: 'Compose', inputs: 1 }), [0, 0]],
    ['three Compose actions', several(3, 'C', { type: 'Compose', inputs: 1 }), [0, 1]],
    ['a list without filter and page', { List: list }, [2, 0]],
    ['a list with a filter', { List: withInputs('GetItems', {}, { $filter: 'ID eq 1' }) }, [1, 0]],
    ['tasks without page', { List: connectorAction('ListMyTasks_V2', 'shared_planner') }, [1, 0]],
    [
      'a list with pages',
      {
        List: connectorAction('GetItems', 'shared_x', {
          runtimeConfiguration: { paginationPolicy: { minimumItemCount: 100 } },
        }),
      },
      [1, 0],
    ],
    ['a patch without retry', { Patch: connectorAction('PatchItem', 'shared_x') }, [1, 0]],
    ['a patch with retry', { Patch: withInputs('PatchItem', { retryPolicy: { type: 'none' } }) }, [0, 0]],
    ['a list of another type of call', { List: { type: 'ApiConnection', inputs: { path: '/' } } }, [0, 0]],
    [
      'a variable that is used, but no constant',
      {
        Init: variable('sName', 'string', 'x'),
        Use: { type: 'SetVariable', inputs: { name: 'sName', value: 1 } },
      },
      [1, 0],
    ],
    ['a variable without use', { Init: variable('sName', 'string') }, [0, 1]],
    ['a variable without use and prefix', { Init: variable('name', 'string') }, [0, 2]],
    [
      'a handler that does not wait for a timeout',
      { Late: { type: 'Scope', actions: {}, runAfter: { Main: ['Failed'] } } },
      [0, 1],
    ],
  ])('%s', (_what, actions, expected) => {
    for (const profile of ['documented', 'as-shipped'] as const)
      expect(counters({ ...clean, ...actions }, profile)).toEqual(expected)
  })
})

test('amber warns and red fails as documented; it is the other way round as shipped', () => {
  const actions = (count: number): ExampleFlow['actions'] =>
    several(count, 'S', { type: 'Scope', actions: {} })
  expect(counters({ ...clean, ...actions(40) })).toEqual([1, 0])
  expect(counters({ ...clean, ...actions(40) }, 'as-shipped')).toEqual([0, 1])
  expect(counters({ ...clean, ...actions(60) })).toEqual([0, 1])
  expect(counters({ ...clean, ...actions(60) }, 'as-shipped')).toEqual([0, 1])
  const complex = several(21, 'H', { type: 'Http', inputs: {} })
  expect(counters({ ...clean, ...complex })).toEqual([0, 1])
  expect(counters({ ...clean, ...complex }, 'as-shipped')).toEqual([1, 0])
})

test('the last predecessor alone is asked for TimedOut as shipped', () => {
  const two = {
    A: { type: 'Scope', actions: {} },
    Both: { type: 'Scope', actions: {}, runAfter: { Main: ['Failed', 'TimedOut'], A: ['Succeeded'] } },
  }
  expect(counters({ ...clean, ...two })).toEqual([0, 0])
  expect(counters({ ...clean, ...two }, 'as-shipped')).toEqual([0, 1])
})

test('statuses in capitals count as any', () => {
  const loud = {
    ...clean,
    Exception: { type: 'Scope', actions: {}, runAfter: { Main: ['FAILED', 'TIMEDOUT'] } },
  }
  for (const profile of ['documented', 'as-shipped'] as const) expect(counters(loud, profile)).toEqual([0, 0])
})
