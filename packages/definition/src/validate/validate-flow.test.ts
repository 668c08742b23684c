import type { ObjectValue, Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import type { Flow } from '../flow.ts'
import { locate } from '../json/locate.ts'
import { readFlows } from '../read-flows.ts'
import { sampleDefinition, sampleSolution } from '../sample.testing.ts'
import { validateFlow } from './validate-flow.ts'

const at = '/properties/definition'

function read(definition: ObjectValue): Flow {
  const text = sampleSolution(definition)
  return readFlows(new TextEncoder().encode(text), 'sample.json').flows[0] as Flow
}

/** The sample after one change at a path below its actions. */
function changed(path: string, value: Value | undefined): Flow {
  const definition = sampleDefinition()
  const keys = path.split('/')
  const last = keys.pop() as string
  const owner = keys.reduce((current, key) => current[key] as ObjectValue, definition)
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return read(definition)
}

test('the sample has no problem', () => {
  expect(validateFlow(read(sampleDefinition()))).toEqual([])
})

const row = 'actions/Check/actions/Each_row/actions'

const cases: readonly [string, string, Value | undefined, string, string][] = [
  ['actions that are a list', 'actions', [], 'Definition.WrongShape', 'actions'],
  ['no actions', 'actions', undefined, 'Definition.MissingPart', ''],
  ['an action that is a text', 'actions/Count', 'x', 'Definition.WrongShape', 'actions/Count'],
  [
    'runAfter that is a list',
    'actions/Check/runAfter',
    ['Count'],
    'Definition.WrongShape',
    'actions/Check/runAfter',
  ],
  [
    'statuses that are a text',
    'actions/Check/runAfter/Count',
    'Succeeded',
    'Definition.WrongShape',
    'actions/Check/runAfter/Count',
  ],
  [
    'a status that does not exist',
    'actions/Check/runAfter/Count',
    ['Done'],
    'Definition.UnknownStatus',
    'actions/Check/runAfter/Count/0',
  ],
  ['an else that is a list', 'actions/Check/else', [], 'Definition.WrongShape', 'actions/Check/else'],
  ['no type', `${row}/Add/type`, undefined, 'Definition.MissingType', `${row}/Add`],
  ['an unknown type', `${row}/Keep/type`, 'Compos', 'Definition.UnknownActionType', `${row}/Keep/type`],
  ['no trigger', 'triggers', {}, 'Definition.NoTrigger', 'triggers'],
  ['two triggers', 'triggers/second', { type: 'Request' }, 'Definition.SeveralTriggers', 'triggers'],
  ['a trigger without type', 'triggers/manual/type', undefined, 'Definition.MissingType', 'triggers/manual'],
  [
    'an unknown trigger type',
    'triggers/manual/type',
    'Requests',
    'Definition.UnknownTriggerType',
    'triggers/manual/type',
  ],
  [
    'a recurrence without frequency',
    'triggers/manual',
    { type: 'Recurrence', recurrence: { interval: 1 } },
    'Definition.MissingPart',
    'triggers/manual/recurrence',
  ],
  ['If without expression', 'actions/Check/expression', undefined, 'Definition.MissingPart', 'actions/Check'],
  [
    'Foreach without foreach',
    'actions/Check/actions/Each_row/foreach',
    undefined,
    'Definition.MissingPart',
    'actions/Check/actions/Each_row',
  ],
  [
    'Switch without expression',
    'actions/Which/expression',
    undefined,
    'Definition.MissingPart',
    'actions/Which',
  ],
  [
    'a case without value',
    'actions/Which/cases/One/case',
    undefined,
    'Definition.MissingPart',
    'actions/Which/cases/One',
  ],
  [
    'two cases of one value',
    'actions/Which/cases/Two',
    { case: 1, actions: {} },
    'Definition.DuplicateCase',
    'actions/Which/cases/Two/case',
  ],
  [
    'Until without expression',
    'actions/U',
    { type: 'Until', limit: {}, actions: {} },
    'Definition.MissingPart',
    'actions/U',
  ],
  [
    'Until without limit',
    'actions/U',
    { type: 'Until', expression: '@true', actions: {} },
    'Definition.MissingPart',
    'actions/U',
  ],
  [
    'a connector action without operation',
    'actions/Get_clients/inputs/host/operationId',
    undefined,
    'Definition.MissingPart',
    'actions/Get_clients/inputs/host',
  ],
  [
    'Terminate in a loop',
    `${row}/End`,
    { type: 'Terminate', inputs: { runStatus: 'Failed' } },
    'Definition.TerminateInLoop',
    `${row}/End`,
  ],
  [
    'InitializeVariable in a block',
    `${row}/Init`,
    { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'string' }] } },
    'Definition.InitializeNotAtTop',
    `${row}/Init`,
  ],
  [
    'a variable initialized twice',
    'actions/Again',
    { type: 'InitializeVariable', inputs: { variables: [{ name: 'COUNT', type: 'string' }] } },
    'Definition.DuplicateVariable',
    'actions/Again/inputs/variables/0/name',
  ],
  [
    'two actions of one name',
    'actions/Which/default/actions/KEEP',
    { type: 'Compose', inputs: 1 },
    'Definition.DuplicateAction',
    'actions/Which/default/actions/KEEP',
  ],
  [
    'runAfter to nothing',
    `${row}/Keep/runAfter`,
    { Ad: ['Succeeded'] },
    'Definition.MissingRunAfter',
    `${row}/Keep/runAfter/Ad`,
  ],
  [
    'runAfter into another block',
    `${row}/Keep/runAfter`,
    { count: ['Succeeded'] },
    'Definition.RunAfterOtherBlock',
    `${row}/Keep/runAfter/count`,
  ],
  [
    'runAfter to itself',
    `${row}/Keep/runAfter`,
    { Keep: ['Succeeded'] },
    'Definition.Cycle',
    `${row}/Keep/runAfter/Keep`,
  ],
  [
    'a cycle of two',
    `${row}/Add/runAfter`,
    { keep: ['Failed'] },
    'Definition.Cycle',
    `${row}/Add/runAfter/keep`,
  ],
  [
    'an expression that does not parse',
    `${row}/Keep/inputs`,
    "@concat('a', )",
    'Definition.InvalidExpression',
    `${row}/Keep/inputs`,
  ],
  [
    'a hole without end',
    `${row}/Keep/inputs`,
    "a @{items('Each_row') b",
    'Definition.InvalidExpression',
    `${row}/Keep/inputs`,
  ],
  [
    'a key that does not parse',
    `${row}/Keep/inputs`,
    { '@{': 1 },
    'Definition.InvalidExpression',
    `${row}/Keep/inputs/@{`,
  ],
  [
    'script instead of an expression',
    `${row}/Keep/inputs`,
    "@constructor.constructor('return 1')()",
    'Definition.InvalidExpression',
    `${row}/Keep/inputs`,
  ],
  [
    'a call 10,000 deep',
    `${row}/Keep/inputs`,
    `@${'concat('.repeat(10_000)}`,
    'Definition.InvalidExpression',
    `${row}/Keep/inputs`,
  ],
  [
    'too many arguments',
    `${row}/Keep/inputs`,
    "@variables('count', 1)",
    'Definition.WrongArguments',
    `${row}/Keep/inputs`,
  ],
  [
    'an action that does not exist',
    `${row}/Keep/inputs`,
    "@outputs('Ad')",
    'Definition.UnknownAction',
    `${row}/Keep/inputs`,
  ],
  [
    'an action that does not exist, in a hole',
    `${row}/Keep/inputs`,
    { a: ["x @{body('Nothing')?['a']}"] },
    'Definition.UnknownAction',
    `${row}/Keep/inputs/a/0`,
  ],
  [
    'a loop that is not around',
    'actions/Which/default/actions/Other/inputs',
    "@items('Each_row')",
    'Definition.UnknownLoop',
    'actions/Which/default/actions/Other/inputs',
  ],
  [
    'a parameter that is not declared',
    `${row}/Keep/inputs`,
    "@parameters('nothing')",
    'Definition.UnknownParameter',
    `${row}/Keep/inputs`,
  ],
  [
    'a variable that is not initialized',
    `${row}/Keep/inputs`,
    "@variables('nothing')",
    'Definition.UnknownVariable',
    `${row}/Keep/inputs`,
  ],
  [
    'a variable action without variable',
    `${row}/Add/inputs/name`,
    'counter',
    'Definition.UnknownVariable',
    `${row}/Add/inputs/name`,
  ],
  [
    'a variable set to itself',
    `${row}/Add`,
    { type: 'SetVariable', inputs: { name: 'count', value: "@add(variables('Count'), 1)" } },
    'Definition.SelfReference',
    `${row}/Add/inputs/value`,
  ],
  [
    'a connection that is not declared',
    'actions/Get_clients/inputs/host/connectionName',
    'shared_hotprofil',
    'Definition.UnknownConnection',
    'actions/Get_clients/inputs/host/connectionName',
  ],
]

describe('a problem with code, pointer and line is', () => {
  test.each(cases)('%s', (_what, path, value, code, pointer) => {
    const flow = changed(path, value)
    const found = validateFlow(flow).find((problem) => problem.code === code)
    const whole = pointer === '' ? at : `${at}/${pointer}`
    expect(found).toMatchObject({ code, pointer: whole, file: 'sample.json', ...locate(flow.text, whole) })
    expect(found?.line).toBeGreaterThan(1)
  })
})

describe('a hint names', () => {
  test.each([
    [`${row}/Keep/runAfter`, { Ad: ['Succeeded'] }, 'Did you mean "Add"?'],
    [`${row}/Keep/inputs`, "@outputs('Get clients')", 'Did you mean "Get_clients"?'],
    [`${row}/Keep/type`, 'Compos', 'Did you mean "Compose"?'],
    [
      'actions/Get_clients/inputs/host/connectionName',
      'shared_hotprofil',
      'Did you mean "shared_hotprofile"?',
    ],
  ])('what is near in %s', (path, value, hint) => {
    expect(validateFlow(changed(path, value)).map((problem) => problem.hint)).toContain(hint)
  })
})

test('an expression problem tells the character', () => {
  const [problem] = validateFlow(changed(`${row}/Keep/inputs`, "@concat('a' 'b')"))
  expect(problem?.message).toContain('At character 13')
})

test('the place of the first of two actions is in the message', () => {
  const flow = changed('actions/Which/default/actions/KEEP', { type: 'Compose', inputs: 1 })
  const first = locate(flow.text, `${at}/${row}/Keep`)
  expect(validateFlow(flow)[0]?.message).toContain(`line ${first.line}`)
})

test('runAfter may name the trigger', () => {
  expect(validateFlow(changed('actions/Count/runAfter', { manual: ['Succeeded'] }))).toEqual([])
})

test('a chain of 20,000 actions is checked without recursion', () => {
  const actions: ObjectValue = {}
  for (let index = 0; index < 20_000; index++) {
    const runAfter: ObjectValue = index === 0 ? {} : { [`A${index - 1}`]: ['Succeeded'] }
    actions[`A${index}`] = { type: 'Compose', inputs: index, runAfter }
  }
  const flow = read({ triggers: { t: { type: 'Manual' } }, actions })
  expect(validateFlow(flow).map(({ code }) => code)).toEqual(['Definition.ManyActions'])
})

test.each(['constructor', '__proto__', 'toString'])('a trigger and an action may be of type %s', (type) => {
  const flow = read({ triggers: { t: { type } }, actions: { A: { type } } })
  expect(validateFlow(flow).map(({ code }) => code)).toEqual([
    'Definition.UnknownTriggerType',
    'Definition.UnknownActionType',
  ])
})

test('near names are suggested until a flow is not mistyped but full of unknown names', () => {
  const inputs = Array.from({ length: 300 }, () => "@outputs('Tota')")
  const flow = read({
    triggers: { t: { type: 'Manual' } },
    actions: { Total: { type: 'Compose', inputs: 1 }, Read: { type: 'Compose', inputs } },
  })
  const hints = validateFlow(flow).map(({ hint }) => hint)
  expect(hints).toHaveLength(300)
  expect(hints[0]).toBe('Did you mean "Total"?')
  expect(hints[299]).toBeUndefined()
})

describe('with facts about connectors', () => {
  const flow = read(sampleDefinition())
  test.each([
    ['known', []],
    ['unknown-operation', [['Definition.UnknownOperation', 'error']]],
    ['operation-not-here', [['Definition.UnknownOperation', 'warning']]],
    ['unknown-connector', [['Definition.UnknownConnector', 'warning']]],
  ] as const)('an operation that is %s', (answer, expected) => {
    const asked: string[] = []
    const operation = (api: string, operationId: string) => {
      asked.push(`${api}.${operationId}`)
      return answer
    }
    expect(validateFlow(flow, { operation }).map(({ code, severity }) => [code, severity])).toEqual(expected)
    expect(asked).toEqual(['shared_hotprofile.GetClients'])
  })
})
