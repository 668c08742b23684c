import { describe, expect, test } from 'vitest'
import { checkFlow } from '../../check-rules.ts'
import type { Severity } from '../../finding.ts'
import { subjectOf } from '../../subject/subject.ts'
import { type ExampleFlow, readExample } from '../example-flow.ts'
import { referenceRules } from './index.ts'
import { withPlainSpaces } from './no-break-space.ts'

function severities(id: string, example: ExampleFlow): Severity[] {
  const only = referenceRules.filter((rule) => rule.id === id)
  return readExample(example).flows.flatMap((flow) =>
    checkFlow(subjectOf(flow), { only }).map(({ severity }) => severity),
  )
}

const show = (inputs: unknown) => ({ actions: { Show: { type: 'Compose', inputs } } })
const condition = (expression: unknown) => ({
  actions: { Check: { type: 'If', expression, actions: { A: { type: 'Compose', inputs: 1 } } } },
})
const typed = (type: string, expression: unknown) => ({
  actions: {
    Start: { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type }] } },
    Check: {
      type: 'If',
      expression,
      actions: { A: { type: 'Compose', inputs: 1 } },
      runAfter: { Start: ['Succeeded'] },
    },
  },
})

test('an expression that only a no-break space breaks is told once, as information', () => {
  const example = show('@concat(\u00a01, 2)')
  expect(severities('REF111', example)).toEqual([])
  expect(severities('REF116', example)).toEqual(['info'])
})

test('no-break spaces in quotes and in text stay', () => {
  expect(withPlainSpaces("a\u00a0@{concat(\u00a0'\u00a0}')}\u00a0b")).toBe(
    "a\u00a0@{concat( '\u00a0}')}\u00a0b",
  )
})

describe('conditions that are always the same', () => {
  test.each([
    ['@true', ['warning']],
    [{ and: [] }, ['warning']],
    [{ and: [{ equals: ['', ''] }] }, ['warning']],
    ["@equals(variables('x'), variables('x'))", ['warning']],
    ['@equals(utcNow(), utcNow())', []],
    ['@equals(guid(), guid())', []],
    [{ not: { not: { equals: ["@variables('x')", 1] } } }, ['info']],
    [{ equals: [{ length: ["@variables('x')"] }, 0] }, []],
    ["@not(equals(variables('x'), 1))", []],
  ])('%j', (expression, expected) => {
    expect(severities('REF118', typed('integer', expression))).toEqual(expected)
  })

  test('branches that do the same are found, whatever their actions are called', () => {
    const branch = (name: string) => ({
      [name]: { type: 'Compose', inputs: { a: 1, b: "@triggerBody()?['b']" } },
    })
    const same = { ...condition('@equals(triggerBody(), 1)').actions.Check, actions: branch('A') }
    expect(severities('REF118', { actions: { Check: { ...same, else: { actions: branch('B') } } } })).toEqual(
      ['warning'],
    )
    const other = { B: { type: 'Compose', inputs: { a: 2 } } }
    expect(severities('REF118', { actions: { Check: { ...same, else: { actions: other } } } })).toEqual([])
  })
})

describe('types that are compared', () => {
  test.each([
    ['boolean', "@equals(variables('x'), 'true')", 1],
    ['boolean', "@equals(variables('x'), true)", 0],
    ['integer', { equals: ["@variables('x')", '5'] }, 1],
    ['float', { greater: ["@variables('x')", 5] }, 0],
    ['string', { equals: ["@variables('x')", '@null'] }, 0],
    ['string', { equals: ["@variables('x')?['y']", 5] }, 0],
    ['integer', { equals: ["@{variables('x')}", 5] }, 1],
  ])('%s in %j', (type, expression, times) => {
    expect(severities('REF119', typed(type, expression))).toHaveLength(times)
  })

  test('a case of another type than the value is never taken', () => {
    const cases = { One: { case: '1', actions: {} }, Two: { case: 2, actions: {} } }
    const example = { actions: { Route: { type: 'Switch', expression: '@length(triggerBody())', cases } } }
    expect(severities('REF119', example)).toEqual(['warning'])
  })
})

describe('fields of the trigger', () => {
  const schema = { type: 'object', properties: { a: { type: 'object', properties: { b: {} } } } }
  const trigger = (kind: string, more = {}) => ({
    type: 'Request',
    kind,
    inputs: { schema: { ...schema, ...more } },
  })
  test.each([
    ['Http', {}, "@triggerBody()?['c']", ['warning']],
    ['Http', {}, "@triggerBody()?['A']?['b']", []],
    ['Http', {}, "@triggerBody()?['a/c']", ['warning']],
    ['Http', {}, "@triggerOutputs()?['body/c']", ['warning']],
    ['Http', {}, "@triggerOutputs()?['headers']?['c']", []],
    ['Http', { additionalProperties: true }, "@triggerBody()?['c']", []],
    ['Button', {}, "@triggerBody()?['c']", ['info']],
    ['Button', {}, "@triggerBody()?['location']?['x']", []],
    ['PowerApp', {}, "@triggerBody()?['c']", []],
  ])('%s %j %s', (kind, more, inputs, expected) => {
    expect(severities('REF114', { trigger: trigger(kind, more), ...show(inputs) })).toEqual(expected)
  })
})

describe('question marks', () => {
  test.each([
    ["@triggerBody()?['a']['b']", ['warning']],
    ["@triggerBody()?['a']?['b']", []],
    ["@triggerBody()?['a'][0]", []],
    ["@triggerOutputs()?['headers']['x']", []],
    ["@triggerBody()['a']['b']", []],
  ])('%s', (inputs, expected) => {
    expect(severities('REF115', show(inputs))).toEqual(expected)
  })

  test('a field that a condition looks at may be read without', () => {
    const trigger = {
      type: 'Request',
      kind: 'Http',
      inputs: { schema: { properties: { a: {}, b: {} }, required: ['b'] } },
    }
    const read = (inputs: string) => ({ trigger, ...show(inputs) })
    expect(severities('REF115', read("@triggerBody()['a']"))).toEqual(['warning'])
    expect(severities('REF115', read("@if(contains(triggerBody(), 'a'), triggerBody()['a'], '')"))).toEqual(
      [],
    )
  })
})

describe('first items', () => {
  const list = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } }
  const read = (inputs: unknown) => ({
    actions: { Get: list, Show: { type: 'Compose', inputs, runAfter: { Get: ['Succeeded'] } } },
  })
  test.each([
    ["@first(body('Get')?['value'])['id']", 1],
    ["@first(body('Get')?['value'])?['id']", 0],
    ["@body('Get')?['value'][0]", 1],
    ["@body('Get')?['value']?[0]", 0],
    ["@body('Get')?['value'][1]", 0],
    ["@if(empty(body('Get')), '', body('Get')[0])", 0],
    ["@first(createArray(1, 2))['id']", 0],
  ])('%s', (inputs, times) => {
    expect(severities('REF120', read(inputs))).toHaveLength(times)
  })

  test('an item inside a loop over the same list is there', () => {
    const loop = {
      type: 'Foreach',
      foreach: "@body('Get')",
      actions: { Show: { type: 'Compose', inputs: "@body('Get')[0]" } },
      runAfter: { Get: ['Succeeded'] },
    }
    expect(severities('REF120', { actions: { Get: list, Loop: loop } })).toEqual([])
  })
})

describe('single holes', () => {
  test.each([
    [{ actions: { Each: { type: 'Foreach', foreach: '@{triggerBody()}', actions: {} } } }, ['warning']],
    [show("@{length('abc')}"), ['info']],
    [show("@{concat('a', 'b')}"), []],
    [show('@{triggerBody()}'), []],
    [show("a @{length('abc')}"), []],
    [{ actions: { Call: { type: 'Http', inputs: { method: 'GET', uri: '@{length(triggerBody())}' } } } }, []],
  ])('%j', (example, expected) => {
    expect(severities('REF117', example)).toEqual(expected)
  })
})

test('functions that only agents have are left alone', () => {
  const agent = {
    type: 'Agent',
    inputs: {},
    tools: { Ask: { actions: { Show: { type: 'Compose', inputs: "@agentParameters('x')" } } } },
  }
  expect(severities('REF109', { actions: { Agent: agent } })).toEqual([])
})

test('parameters are asked for where some are known', () => {
  const workflow = (parameters: object): ExampleFlow => ({
    text: JSON.stringify({
      definition: { triggers: {}, actions: show("@parameters('Service-Url')").actions, parameters },
      kind: 'Stateful',
    }),
  })
  expect(severities('REF108', workflow({}))).toEqual([])
  expect(severities('REF108', workflow({ 'Other-Url': { type: 'String' } }))).toEqual(['warning'])
})

test('an empty list may be created', () => {
  expect(severities('REF112', show("@coalesce(triggerBody()?['rows'], createArray())"))).toEqual([])
})

test('a name that is spelled differently twice in one text is told once', () => {
  const read = {
    type: 'Compose',
    inputs: "@{outputs('show')}, @{outputs('show')}",
    runAfter: { Show: ['Succeeded'] },
  }
  const actions = { ...show(1).actions, Read: read }
  expect(severities('REF102', { actions })).toEqual(['info'])
})

test('a field that the flow itself gives to Parse JSON is there', () => {
  const parse = (content: unknown) => ({
    type: 'ParseJson',
    inputs: { content, schema: { type: 'object', properties: { number: { type: 'string' } } } },
  })
  const read = { type: 'Compose', inputs: "@body('Parse')['number']", runAfter: { Parse: ['Succeeded'] } }
  const found = (content: unknown) => severities('REF115', { actions: { Parse: parse(content), Read: read } })
  expect(found('@triggerBody()')).toEqual(['info'])
  expect(found({ number: '@triggerBody()' })).toEqual([])
})
