import { describe, expect, test } from 'vitest'
import { checkFlow, checkSolution } from '../../check-rules.ts'
import type { Finding } from '../../finding.ts'
import { solutionSubjectOf } from '../../solution/read-solution.ts'
import { type ExampleFlow, exampleFacts, exampleFiles, exampleText } from '../example-flow.ts'
import { waits } from './example-actions.ts'
import { maintainabilityRules } from './index.ts'

function findings(id: string, example: ExampleFlow): Finding[] {
  const subject = solutionSubjectOf(exampleFiles(example), { facts: exampleFacts(example) })
  const only = maintainabilityRules.filter((rule) => rule.id === id)
  return [
    ...subject.subjects.flatMap((each) => checkFlow(each, { only })),
    ...checkSolution(subject, { only }),
  ]
}

const compose = (inputs: unknown, ...after: string[]) => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
})
const declare = (name: string, value?: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type: 'string', ...(value === undefined ? {} : { value }) }] },
})
const end = (...after: string[]) => ({
  type: 'Terminate',
  inputs: { runStatus: 'Succeeded' },
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
})

describe('unread variables', () => {
  test.each([
    ['a computed name may mean it', compose("@variables(concat('to', 'tal'))")],
    [
      'code may name it',
      { type: 'JavaScriptCode', inputs: { code: 'return workflowContext.actions.total' } },
    ],
    ['the output of its action is its value', compose("@body('Declare')?['variables']")],
    ['a text that does not parse may name it', compose("@variables('total'")],
  ])('%s', (_why, reader) => {
    expect(findings('MNT505', { actions: { Declare: declare('total'), Reader: reader } })).toEqual([])
  })

  test('writes are no reads', () => {
    const set = { type: 'SetVariable', inputs: { name: 'TOTAL', value: 'x' } }
    const found = findings('MNT505', { actions: { Declare: declare('total'), Set: set } })
    expect(found.map(({ message }) => message)).toEqual([
      'The variable "total" is never read, only written by "Set".',
    ])
  })
})

describe('constants among variables', () => {
  const read = compose("@variables('SITE')")

  test('a name in capitals says so', () => {
    expect(findings('MNT506', { actions: { Declare: declare('SITE', 'x'), Read: read } })).toEqual([])
  })

  test('somebody may write a variable whose name is computed', () => {
    const set = { type: 'SetVariable', inputs: { name: "@concat('a', 'b')", value: 'x' } }
    const actions = { Declare: declare('site', 'x'), Read: read, Set: set }
    expect(findings('MNT506', { actions })).toEqual([])
  })
})

describe('unused outputs', () => {
  const total = { Total: compose('@add(1, 2)'), End: end('Total') }

  test('an output that nobody reads is told', () => {
    expect(findings('MNT508', { actions: total })).toHaveLength(1)
  })

  test.each<[string, object]>([
    [
      'result() of its scope reads it',
      { Group: { type: 'Scope', actions: total }, All: compose("@result('Group')") },
    ],
    ['a computed name may mean it', { ...total, Any: compose("@outputs(triggerBody()?['name'])") }],
    [
      'somebody handles its failure',
      { ...total, End: { ...end(), runAfter: { Total: ['Succeeded', 'Failed'] } } },
    ],
    ['it is the last action', { Total: compose('@add(1, 2)') }],
    ['it is a note', { Total: compose('Nothing to see here'), End: end('Total') }],
    [
      'it is tracked',
      { ...total, Total: { ...compose('@add(1, 2)'), trackedProperties: { a: '@action()' } } },
    ],
  ])('%s', (_why, actions) => {
    expect(findings('MNT508', { actions })).toEqual([])
  })
})

describe('typed settings', () => {
  const http = (uri: string) => ({ type: 'Http', inputs: { method: 'GET', uri } })

  test('a value is told once, with its places', () => {
    const site = 'https://contoso.sharepoint.com/sites/orders'
    const actions = Object.fromEntries(
      [1, 2, 3].map((number) => [`Get_${number}`, http(`${site}/items(${number})`)]),
    )
    const found = findings('MNT509', { actions })
    expect(found.map(({ message }) => message)).toEqual([
      'The site "https://contoso.sharepoint.com/sites/orders" is typed in and stands in 3 places.',
    ])
  })

  test.each([
    ['a service that is the same everywhere', 'https://graph.microsoft.com/v1.0/users'],
    ['a computed host', "https://@{parameters('host')}/orders"],
    ['the own machine', 'http://localhost:7071/api'],
  ])('%s is none', (_what, uri) => {
    expect(findings('MNT509', { actions: { Get: http(uri) } })).toEqual([])
  })

  test('an address inside a text for people is none', () => {
    expect(findings('MNT509', { actions: { Note: compose('Write to orders@contoso.com.') } })).toEqual([])
  })
})

describe('large expressions', () => {
  const code = `@${Array.from({ length: 30 }, () => 'add(1, ').join('')}1${')'.repeat(30)}`
  const text = `@concat('${'x'.repeat(300)}', triggerBody())`

  test.each([
    [
      'much code',
      `@and(${Array.from({ length: 20 }, (_, index) => `less(length('a'), ${index})`).join(', ')})`,
      'warning',
    ],
    ['much text', text, 'info'],
    [
      'functions inside one another',
      '@trim(toLower(replace(first(split(string(triggerBody()), 2)), 3, 4)))',
      'warning',
    ],
    [
      'one function straight inside itself',
      '@trim(replace(replace(replace(replace(replace(string(1), 2, 3), 4, 5), 6, 7), 8, 9), 0, 1))',
      undefined,
    ],
    ['if inside if', '@if(1, if(2, if(3, if(4, if(5, if(6, 1, 2), 3), 4), 5), 6), 7)', 'warning'],
    ['the same function many times', code, undefined],
  ])('%s', (_what, expression, severity) => {
    const found = findings('MNT514', { actions: { Say: compose(expression) } })
    expect(found.map((each) => each.severity)).toEqual(severity === undefined ? [] : [severity])
  })
})

test('numbers of one text are told together', () => {
  const grade = "@if(greater(length('a'), 37), 'A', if(greater(length('a'), 12), 'B', 'C'))"
  const found = findings('MNT520', { actions: { Grade: compose(grade), Again: compose(grade) } })
  expect(found.map(({ message }) => message)).toEqual(['"Grade" compares with the typed numbers 37, 12.'])
})

describe('repeated actions', () => {
  const call = (path: string, after: string[]) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: `https://example.com/${path}` },
    runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
  })
  const four = (suffix: string, first: string[] = []) => ({
    [`A${suffix}`]: call('a', first),
    [`B${suffix}`]: call('b', [`A${suffix}`]),
    [`C${suffix}`]: call('c', [`B${suffix}`]),
    [`D${suffix}`]: call('d', [`C${suffix}`]),
  })

  test('a longer repeat is one finding', () => {
    const five = (suffix: string, first: string[] = []) => ({
      ...four(suffix, first),
      [`E${suffix}`]: call('e', [`D${suffix}`]),
    })
    const found = findings('MNT516', { actions: { ...five(''), ...five('_1', ['E']) } })
    expect(found.map(({ message }) => message)).toEqual([
      'The 5 actions from "A_1" on repeat those from "A" on.',
    ])
  })

  test('names of actions do not matter, what they read does', () => {
    const reading = (names: readonly string[], read: string, after: string[]) => {
      const [a = '', b = '', c = '', d = ''] = names
      const parse = { type: 'ParseJson', inputs: { content: `@body('${read}')`, schema: {} } }
      return {
        [a]: call('a', after),
        [b]: { ...parse, runAfter: { [a]: ['Succeeded'] } },
        [c]: call('c', [b]),
        [d]: call('d', [c]),
      }
    }
    const first = reading(['A', 'B', 'C', 'D'], 'A', [])
    const same = reading(['Ask', 'Read', 'Tell', 'Wait'], 'Ask', ['D'])
    const other = reading(['Ask', 'Read', 'Tell', 'Wait'], 'C', ['D'])
    expect(findings('MNT516', { actions: { ...first, ...same } })).toHaveLength(1)
    expect(findings('MNT516', { actions: { ...first, ...other } })).toEqual([])
  })

  test('a copy of a whole flow is told once', () => {
    const files = { 'Second.json': exampleText({ actions: four('') }) }
    const found = findings('MNT516', { name: 'First', actions: four(''), files })
    expect(found).toHaveLength(1)
    expect(found[0]?.message).toContain('does the same as')
  })

  test('other inputs are other actions', () => {
    const other = Object.fromEntries(
      Object.entries(four('_1', ['D'])).map(([name, each]) => [
        name,
        { ...each, inputs: { ...each.inputs, body: 1 } },
      ]),
    )
    expect(findings('MNT516', { actions: { ...four(''), ...other } })).toEqual([])
  })
})

test('numbered flows are twins only beside the flow they are numbered after', () => {
  const twin = { 'Orders.json': exampleText({}) }
  expect(findings('MNT522', { name: 'Orders 2', files: twin })).toHaveLength(1)
  expect(findings('MNT522', { name: 'Orders 2' })).toEqual([])
  expect(findings('MNT522', { name: 'Orders 2024', files: twin })).toEqual([])
  expect(findings('MNT522', { name: 'Test results' })).toEqual([])
})

test('a part that is given whole or in pieces is given', () => {
  const operation = (isOpen: boolean) => ({
    isDeprecated: false,
    isOpen,
    parameters: [{ name: 'body/name', isRequired: true }],
  })
  const check = (parameters: object, isOpen = false) =>
    findings('MNT519', {
      connectors: { shared_vome: { operations: { Add: operation(isOpen) } } },
      actions: {
        Add: {
          type: 'OpenApiConnection',
          inputs: {
            host: { apiId: '/apis/shared_vome', connectionName: 'c', operationId: 'Add' },
            parameters,
          },
        },
      },
    }).length
  expect(check({ body: { name: 'x' } })).toBe(0)
  expect(check({ 'body/name/first': 'x' })).toBe(0)
  expect(check({ 'body/name': 'x', 'body/more': 'y' })).toBe(1)
  expect(check({ 'body/name': 'x', 'body/more': 'y' }, true)).toBe(0)
  expect(check({})).toBe(1)
})

test('a flow of 20,000 actions is checked in a few seconds', () => {
  const actions = waits(20_000)
  const subject = solutionSubjectOf(exampleFiles({ actions }), { facts: undefined })
  const from = performance.now()
  for (const each of subject.subjects) checkFlow(each, { only: maintainabilityRules })
  checkSolution(subject, { only: maintainabilityRules })
  expect(performance.now() - from).toBeLessThan(10_000)
}, 30_000)

test('conditions inside one another are told once, at the outermost', () => {
  const condition = (actions: object, other: object = {}) => ({
    type: 'If',
    expression: { equals: ["@triggerBody()?['kind']", 'order'] },
    actions,
    else: { actions: other },
  })
  const two = condition({}, { Second: condition({}) })
  const three = condition({}, { Second: condition({ Third: condition({}) }, { Other: condition({}) }) })
  expect(findings('MNT517', { actions: { First: two } })).toEqual([])
  expect(findings('MNT517', { actions: { First: three } }).map(({ action }) => action)).toEqual(['First'])
})
