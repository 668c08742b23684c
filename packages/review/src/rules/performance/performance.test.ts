import { describe, expect, test } from 'vitest'
import { findingsOf } from '../reliability/findings.testing.ts'

const connectionReferences = { c: { api: 'shared_sharepointonline' } }
const apiId = '/providers/Microsoft.PowerApps/apis/shared_sharepointonline'
const list = (parameters: object = {}): object => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId, connectionName: 'c', operationId: 'GetItems' },
    parameters: { dataset: 'https://example.com', table: 'Orders', ...parameters },
  },
})
const get = (uri: string, runAfter: object = {}): object => ({
  type: 'Http',
  runAfter,
  inputs: { method: 'GET', uri },
})
const each = (actions: object, more: object = {}): object => ({
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions,
  ...more,
})

test('a list that a loop takes as it comes may be wanted whole (PERF301)', () => {
  const loop = {
    ...each({ Call: get("https://example.com/@{item()?['ID']}") }),
    foreach: "@outputs('List')?['body/value']",
    runAfter: { List: ['Succeeded'] },
  }
  expect(findingsOf('PERF301', { connectionReferences, actions: { List: list() } })).toEqual(['warning List'])
  expect(findingsOf('PERF301', { connectionReferences, actions: { List: list(), Loop: loop } })).toEqual([
    'info List',
  ])
})

test('a filtered list of which only the first row is read needs no count (PERF302)', () => {
  const found = (inputs: string) =>
    findingsOf('PERF302', {
      connectionReferences,
      actions: {
        List: list({ $filter: 'ID eq 5' }),
        Use: { type: 'Compose', inputs, runAfter: { List: ['Succeeded'] } },
      },
    })
  expect(found("@first(outputs('List')?['body/value'])?['ID']")).toEqual([])
  expect(found("@outputs('List')?['body']['value'][0]['ID']")).toEqual([])
  expect(found("@length(outputs('List')?['body/value'])")).toEqual(['info List'])
})

test('rows that are written one by one grow with their list only without a filter (PERF308)', () => {
  const write = {
    type: 'OpenApiConnection',
    inputs: { host: { apiId, connectionName: 'c', operationId: 'PatchItem' }, parameters: {} },
  }
  const found = (parameters: object) =>
    findingsOf('PERF308', {
      connectionReferences,
      actions: {
        List: list(parameters),
        Loop: {
          ...each({ Write: write }),
          foreach: "@outputs('List')?['body/value']",
          runAfter: { List: ['Succeeded'] },
        },
      },
    })
  expect(found({})).toEqual(['warning Write'])
  expect(found({ $filter: 'ID gt 5' })).toEqual(['info Write'])
  expect(found({ $top: "@parameters('most')" })).toEqual(['info Write'])
})

describe('a list that is filtered afterwards (PERF304)', () => {
  const filter = (where: string): object => ({
    type: 'Query',
    runAfter: { List: ['Succeeded'] },
    inputs: { from: "@outputs('List')?['body/value']", where },
  })
  const simple = "@equals(item()?['Status']?['Value'], 'Open')"
  const found = (more: object, where = simple) =>
    findingsOf('PERF304', { connectionReferences, actions: { List: list(), Open: filter(where), ...more } })

  test.each([
    [simple, 1],
    ["@and(greater(item()?['Age'], 3), not(equals('x', item()?['Name'])))", 1],
    ["@contains(item()?['Title'], triggerBody()?['text'])", 1],
    ["@contains(triggerBody()?['ids'], item()?['ID'])", 0],
    ["@equals(item()?['A'], item()?['B'])", 0],
    ["@greater(length(item()?['Title']), 3)", 0],
    ["@empty(item()?['Title'])", 0],
  ])('%s', (where, count) => {
    expect(found({}, where)).toHaveLength(count)
  })

  test('silences the rule about the missing filter', () => {
    const example = { connectionReferences, actions: { List: list(), Open: filter(simple) } }
    expect(findingsOf('PERF301', example)).toEqual([])
  })

  test('is none when something else reads the list too', () => {
    const all = { type: 'Compose', inputs: "@length(outputs('List')?['body/value'])" }
    expect(found({ All: all })).toEqual([])
  })

  test('is none for a loop that looks things up in a list read once', () => {
    const actions = {
      List: list(),
      Each: each({ Open: filter("@equals(item()?['ID'], items('Each')?['ID'])") }),
    }
    expect(findingsOf('PERF304', { connectionReferences, actions })).toEqual([])
  })
})

describe('the same for all items (PERF310)', () => {
  test.each([
    ["https://example.com/@{item()?['id']}", {}, []],
    ["https://example.com/@{outputs('Inner')}", { Inner: { type: 'Compose', inputs: 1 } }, []],
    ['https://example.com/@{utcNow()}', {}, []],
    ['https://example.com/queue/messages/@{guid()}', {}, []],
    ["https://example.com/@{triggerBody()?['id']}", {}, ['warning Get']],
    [
      'https://example.com/rates',
      { Put: { type: 'Http', inputs: { method: 'PUT', uri: 'https://example.com' } } },
      ['info Get'],
    ],
  ])('%s', (uri, more, found) => {
    expect(findingsOf('PERF310', { actions: { Each: each({ Get: get(uri), ...more }) } })).toEqual(found)
  })

  test('is not asked of a loop that polls', () => {
    const loop = {
      type: 'Until',
      expression: "@equals(body('Get'), 1)",
      actions: { Get: get('https://example.com') },
    }
    expect(findingsOf('PERF310', { actions: { Loop: loop } })).toEqual([])
  })
})

describe('the same question twice (PERF311)', () => {
  const uri = 'https://example.com/rates'
  const one = get(uri)

  test('is none when something was written between', () => {
    const put = { type: 'Http', runAfter: { One: ['Succeeded'] }, inputs: { method: 'PUT', uri } }
    expect(
      findingsOf('PERF311', { actions: { One: one, Put: put, Two: get(uri, { Put: ['Succeeded'] }) } }),
    ).toEqual([])
  })

  test('is none for a second attempt', () => {
    expect(findingsOf('PERF311', { actions: { One: one, Two: get(uri, { One: ['Failed'] }) } })).toEqual([])
  })

  test('is none in branches that exclude each other', () => {
    const choose = {
      type: 'If',
      expression: { equals: ['@triggerBody()', 1] },
      actions: { One: one },
      else: { actions: { Two: get(uri) } },
    }
    expect(findingsOf('PERF311', { actions: { Choose: choose } })).toEqual([])
  })

  test('is one in branches that run side by side', () => {
    expect(findingsOf('PERF311', { actions: { One: one, Two: get(uri) } })).toEqual(['warning Two'])
  })
})

describe('loops', () => {
  const pick = {
    type: 'If',
    expression: { equals: ["@item()?['a']", 1] },
    actions: { Get: get("https://example.com/@{item()?['a']}") },
  }

  test('whose condition changes with the turns cannot be filtered before (PERF305)', () => {
    const init = { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'Integer' }] } }
    const changing = {
      ...pick,
      expression: { equals: ["@item()?['a']", "@variables('x')"] },
      actions: { Set: { type: 'SetVariable', inputs: { name: 'x', value: 1 } } },
    }
    expect(findingsOf('PERF305', { actions: { Each: each({ Pick: pick }) } })).toEqual(['info Each'])
    expect(findingsOf('PERF305', { actions: { Init: init, Each: each({ Pick: changing }) } })).toEqual([])
  })

  test('over the lines of an order are only information (PERF306)', () => {
    const inner = { type: 'Foreach', foreach: "@item()?['lines']", actions: {} }
    expect(findingsOf('PERF306', { actions: { Each: each({ Lines: inner }) } })).toEqual(['info Lines'])
  })

  test('that write a variable keep their order (PERF307)', () => {
    const count = { type: 'IncrementVariable', inputs: { name: 'x', value: 1 } }
    const call = get("https://example.com/@{item()?['a']}")
    const found = (actions: object) =>
      findingsOf('PERF307', { connectionReferences, actions: { Each: each(actions) } })
    expect(found({ Call: call })).toEqual(['info Each'])
    expect(found({ Call: call, Count: count })).toEqual([])
  })

  test('that page through a list do not poll (PERF316)', () => {
    const paging = {
      Get: get("@{variables('next')}"),
      Set: {
        type: 'SetVariable',
        runAfter: { Get: ['Succeeded'] },
        inputs: { name: 'next', value: "@body('Get')?['nextLink']" },
      },
    }
    const loop = { type: 'Until', expression: "@empty(variables('next'))", actions: paging }
    expect(findingsOf('PERF316', { actions: { Loop: loop } })).toEqual([])
  })
})

test('a chain that a result breaks is as long as its longer part (PERF312)', () => {
  const uri = 'https://example.com'
  const actions = {
    A: get(`${uri}/a`),
    B: get(`${uri}/b`, { A: ['Succeeded'] }),
    C: get(`${uri}/@{body('B')}`, { B: ['Succeeded'] }),
    D: get(`${uri}/d`, { C: ['Succeeded'] }),
    E: get(`${uri}/e`, { D: ['Succeeded'] }),
  }
  expect(findingsOf('PERF312', { actions })).toEqual(['info C'])
})
