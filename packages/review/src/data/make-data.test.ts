import { describe, expect, test } from 'vitest'
import { connectorAction, dataOfExample, variable } from '../metrics/measured.testing.ts'
import type { ExampleFlow } from '../rules/example-flow.ts'
import type { ActionData, DataJson } from './data-json.ts'

const compose = { type: 'Compose', inputs: 1 }

const nested: ExampleFlow = {
  actions: {
    First: compose,
    Check: {
      type: 'If',
      runAfter: { First: ['Succeeded'] },
      expression: { equals: [1, 1] },
      actions: { Yes_one: compose, Yes_two: { ...compose, runAfter: { Yes_one: ['Succeeded', 'Skipped'] } } },
      else: { actions: { No_one: compose } },
    },
    Pick: {
      type: 'Switch',
      runAfter: { Check: ['Failed'], First: ['Succeeded'] },
      expression: '@1',
      cases: { Case_A: { case: 1, actions: { In_case: compose } } },
      default: {
        actions: { Loop: { type: 'Foreach', foreach: '@range(0, 2)', actions: { Deep: compose } } },
      },
    },
  },
}

function column<K extends keyof ActionData>(
  { actionArray }: DataJson,
  key: K,
): Record<string, ActionData[K]> {
  return Object.fromEntries(actionArray.map((action) => [action.name, action[key]]))
}

describe('actions as documented', () => {
  const data = dataOfExample(nested)

  test('are numbered in the order of the definition', () => {
    expect(column(data, 'index')).toEqual({
      First: 1,
      Check: 2,
      Yes_one: 3,
      Yes_two: 4,
      No_one: 5,
      Pick: 6,
      In_case: 7,
      Loop: 8,
      Deep: 9,
    })
  })

  test('tell what holds them, and in which branch', () => {
    expect(column(data, 'parent')).toMatchObject({
      First: 'root',
      Yes_two: 'Check',
      In_case: 'Pick',
      Deep: 'Loop',
    })
    expect(column(data, 'branch')).toEqual({
      First: '',
      Check: '',
      Yes_one: 'Yes',
      Yes_two: 'Yes',
      No_one: 'No',
      Pick: '',
      In_case: 'Case_A',
      Loop: 'Default',
      Deep: '',
    })
    expect(column(data, 'nested')).toMatchObject({ First: '', Yes_one: '2', Loop: '6', Deep: '8|6' })
  })

  test('tell all predecessors, and none for first ones', () => {
    expect(column(data, 'runAfter')).toMatchObject({
      First: '',
      Check: 'First:Succeeded',
      Yes_one: '',
      Yes_two: 'Yes_one:Succeeded | Skipped',
      Pick: 'Check:Failed | First:Succeeded',
    })
    expect(column(data, 'position')).toMatchObject({
      First: '|trigger|',
      Check: '|First|',
      Yes_one: '|Check|',
      Pick: '|Check|First|',
    })
    expect(column(data, 'positionIndex')).toMatchObject({ First: '|0', Yes_one: '|2', Pick: '|2|1' })
    expect(column(data, 'positionType')).toMatchObject({
      First: '|trigger',
      Yes_one: '|If',
      Pick: '|If|Compose',
    })
    expect(column(data, 'positionInfo')).toMatchObject({
      First: '',
      Check: '',
      Yes_one: 'Internal',
      Yes_two: '',
    })
  })

  test('are exceptions when they run after a failure', () => {
    expect(data.exceptionArray.map(({ name }) => name)).toEqual(['Pick'])
    expect(data.exception).toBe(1)
  })

  test('show the condition, the list of a loop, the parameters or the inputs', () => {
    expect(column(data, 'detail')).toMatchObject({
      First: '1',
      Check: '{"equals":[1,1]}',
      Pick: '"@1"',
      Loop: '"@range(0, 2)"',
    })
    const call = connectorAction('Get', 'shared_x', {
      inputs: { host: { operationId: 'Get', connectionName: 'shared_x' }, parameters: { id: 5 } },
    })
    expect(
      column(dataOfExample({ actions: { Call: call, Scope: { type: 'Scope', actions: {} } } }), 'detail'),
    ).toEqual({
      Call: '{"id":5}',
      Scope: '',
    })
  })

  test('stand as text without what they hold', () => {
    const text = (name: string) => data.actionObjectArray.find((each) => each.name === name)?.object
    expect(text('Check')).toBe(
      '{"type":"If","runAfter":{"First":["Succeeded"]},"expression":{"equals":[1,1]},"else":{}}',
    )
    expect(text('Pick')).toBe(
      '{"type":"Switch","runAfter":{"Check":["Failed"],"First":["Succeeded"]},"expression":"@1","default":{}}',
    )
  })
})

describe('actions as shipped', () => {
  const data = dataOfExample(nested, 'as-shipped')

  test('tell the last predecessor, and a letter less of their owner', () => {
    expect(column(data, 'runAfter')).toMatchObject({
      First: 'root:Succeede',
      Check: 'First:Succeeded',
      Yes_one: 'Check:Succeede',
      Yes_two: 'Yes_one:Succeeded | Skipped',
      Pick: 'First:Succeeded',
    })
    expect(column(data, 'exception')).toMatchObject({ Check: 'Non-Exception', Pick: 'Exception' })
  })

  test('list predecessors by number, and call first root actions internal', () => {
    expect(column(data, 'position')).toMatchObject({ Pick: '|Check|First|' })
    expect(column(data, 'positionIndex')).toMatchObject({ Pick: '|1|2' })
    expect(column(data, 'positionInfo')).toMatchObject({ First: 'Internal', Check: '', Yes_one: 'Internal' })
  })

  test('keep the branch at the top level', () => {
    expect(column(data, 'branch')).toMatchObject({ First: 'Yes', Yes_one: 'Yes', No_one: 'No', Deep: '' })
  })

  test('carry notes in their text, and lose whatever is called actions', () => {
    const card = { type: 'Compose', inputs: { body: [], actions: [1] } }
    const { actionArray, actionObjectArray } = dataOfExample({ actions: { Card: card } }, 'as-shipped')
    expect(actionArray[0]?.detail).toBe('{"body":[]}')
    expect(actionObjectArray[0]?.object).toBe(
      '{"type":"Compose","inputs":{"body":[]},"operationName":"Card","nestedLevel":0,"parent":"root","branch":"Yes"}',
    )
    expect(dataOfExample({ actions: { Card: card } }).actionArray[0]?.detail).toBe(
      '{"body":[],"actions":[1]}',
    )
  })
})

test('settings of an action are told', () => {
  const action = {
    type: 'OpenApiConnection',
    description: 'Reads the list.',
    metadata: { operationMetadataId: 'abc' },
    limit: { timeout: 'PT1H' },
    runtimeConfiguration: {
      secureData: { properties: ['inputs', 'outputs'] },
      paginationPolicy: { minimumItemCount: 5000 },
    },
    inputs: {
      host: {
        operationId: 'GetItems',
        connectionName: 'shared_sharepointonline',
        apiId: '/apis/shared_sharepointonline',
      },
      parameters: { $filter: 'ID eq 1' },
      retryPolicy: { type: 'exponential', count: 4 },
    },
  }
  for (const profile of ['documented', 'as-shipped'] as const) {
    const { actionArray, apiActionArray, connectionArray } = dataOfExample(
      { actions: { List: action } },
      profile,
    )
    expect(actionArray[0]).toMatchObject({
      step: 'GetItems',
      type: 'OpenApiConnection',
      id: 'abc',
      hashId: 'abc###1',
      tier: 'Standard',
      connector: 'shared_sharepointonline',
      imgURL: null,
      filter: 'ID eq 1',
      pagination: 5000,
      secure: 'inputs,outputs',
      retry: 'exponential',
      timeout: 'PT1H',
      notes: 'Reads the list.',
    })
    expect(apiActionArray).toEqual(actionArray)
    expect(connectionArray).toEqual([
      {
        conName: 'shared_sharepointonline',
        appId: '/apis/shared_sharepointonline',
        opId: 'GetItems',
        count: 1,
      },
    ])
  }
})

test('a connection is told by its connection reference, with its first operation and its uses', () => {
  const { connectionArray, connectionRefs } = dataOfExample({
    connectionReferences: { shared_x: { api: 'shared_x', logicalName: 'contoso_x' } },
    actions: {
      A: connectorAction('Get', 'shared_x'),
      B: connectorAction('Put', 'shared_x'),
      C: connectorAction('Get', 'shared_y'),
    },
  })
  expect(connectionRefs).toBe(2)
  expect(connectionArray.map(({ appId, opId, count }) => [appId, opId, count])).toEqual([
    ['contoso_x', 'Get', 2],
    ['/providers/Microsoft.PowerApps/apis/shared_y', 'Get', 1],
  ])
})

describe('environment variables', () => {
  const of = (inputs: unknown, profile: 'documented' | 'as-shipped' = 'documented') => {
    const [action] = dataOfExample({ actions: { One: { type: 'Compose', inputs } } }, profile).actionArray
    return [action?.environmentVariables, action?.environmentB, action?.environmentCount]
  }

  test('are parameters in expressions, those of the platform aside', () => {
    expect(of("@parameters('Site (abc_site)')")).toEqual([`["@parameters('Site (abc_site)')"]`, true, 1])
    expect(of("See @{parameters('Site')} and @{concat(parameters('Site'), '')}")[2]).toBe(2)
    expect(of("@parameters('$authentication')")).toEqual(['[]', false, 0])
    expect(of('nothing')).toEqual(['[]', false, 0])
  })

  test('are stretches of text as shipped', () => {
    expect(of("@parameters('Site (abc_site)')", 'as-shipped')).toEqual([
      `["@parameters('Site (abc_site)"]`,
      true,
      1,
    ])
    expect(of("@{parameters('Site')}", 'as-shipped')).toEqual(['null', false, 0])
    expect(of("@parameters('$authentication')", 'as-shipped')).toEqual(['[]', false, 0])
  })

  test('of inner actions are theirs', () => {
    const scope = { type: 'Scope', actions: { In: { type: 'Compose', inputs: "@parameters('Site')" } } }
    for (const profile of ['documented', 'as-shipped'] as const) {
      const { actionArray } = dataOfExample({ actions: { Scope: scope } }, profile)
      expect(actionArray.map(({ environmentCount }) => environmentCount)).toEqual([0, 1])
    }
  })
})

describe('the trigger', () => {
  const trigger = {
    type: 'Request',
    kind: 'Http',
    inputs: { schema: { type: 'object', properties: { id: { type: 'string' } } } },
    conditions: [{ expression: '@true' }, { expression: '@false' }],
    recurrence: { frequency: 'Day', interval: 1 },
    runtimeConfiguration: { concurrency: { runs: 1 } },
  }

  test('is told in texts', () => {
    expect(dataOfExample({ trigger })).toMatchObject({
      trigger: 'manual',
      triggerType: 'Request',
      triggerData: 'none',
      triggerParam: '{"schema":{"type":"object","properties":{"id":{"type":"string"}}}}',
      triggerInputs: '{"id":{"type":"string"}}',
      triggerConfig: '{"concurrency":{"runs":1}}',
      triggerExpress: '@true | @false',
      triggerRecur: '{"frequency":"Day","interval":1}',
    })
  })

  test('has one condition and no recurrence as shipped', () => {
    expect(dataOfExample({ trigger }, 'as-shipped')).toMatchObject({
      triggerExpress: '@true',
      triggerRecur: 'none',
    })
  })

  test('is the last of several; as shipped with what only an earlier one has', () => {
    const triggers = {
      one: trigger,
      two: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } },
    }
    expect(dataOfExample({ triggers })).toMatchObject({ trigger: 'two', triggerConfig: 'none' })
    expect(dataOfExample({ triggers }, 'as-shipped')).toMatchObject({
      trigger: 'two',
      triggerConfig: '{"concurrency":{"runs":1}}',
    })
  })

  test('may be missing', () => {
    expect(dataOfExample({ triggers: {} })).toMatchObject({ trigger: 'unknown', triggerData: 'none' })
  })
})

test('a variable is told with its start value as text', () => {
  const { variableArray } = dataOfExample({
    actions: {
      A: variable('sName', 'string', 'x'),
      B: variable('aRows', 'array', [1, 'b']),
      C: variable('oRow', 'object', { a: 1 }),
    },
  })
  expect(variableArray.map(({ name, type, value }) => [name, type, value])).toEqual([
    ['sName', 'string', 'x'],
    ['aRows', 'array', '[1,"b"]'],
    ['oRow', 'object', '{"a":1}'],
  ])
})

test('names like __proto__ are names as any', () => {
  const text = JSON.stringify({
    triggers: {},
    actions: { Loop: { type: 'Scope', actions: {} } },
  }).replace('"Loop"', '"__proto__"')
  for (const profile of ['documented', 'as-shipped'] as const) {
    const { actionArray, steps } = dataOfExample({ text }, profile)
    expect([steps, actionArray[0]?.name]).toEqual([1, '__proto__'])
  }
})

test('an owner nobody told is asked for', () => {
  expect(dataOfExample({}).owner).toBe('please input')
})
