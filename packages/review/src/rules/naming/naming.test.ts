import { describe, expect, test } from 'vitest'
import { checkFlow } from '../../check-rules.ts'
import type { Severity } from '../../finding.ts'
import { subjectOf } from '../../subject/subject.ts'
import { type ExampleFlow, readExample } from '../example-flow.ts'
import { namingRules } from './index.ts'

function severities(id: string, example: ExampleFlow, settings = {}): Severity[] {
  const only = namingRules.filter((rule) => rule.id === id)
  return readExample(example).flows.flatMap((flow) =>
    checkFlow(subjectOf(flow), { only, rules: { [id]: { settings } } }).map(({ severity }) => severity),
  )
}

const variables = (...rows: readonly (readonly [name: string, type: string, value?: unknown])[]) => ({
  actions: {
    Start: {
      type: 'InitializeVariable',
      inputs: { variables: rows.map(([name, type, value]) => ({ name, type, value })) },
    },
  },
})
const total = { type: 'Compose', inputs: 1 }
const readLater = ({ actions }: { readonly actions: object }, name: string) => ({
  actions: { ...actions, Read: { type: 'Compose', inputs: `@variables('${name}')` } },
})

describe('prefixes of variables', () => {
  test('types compare without case, unknown types pass', () => {
    expect(severities('NAM601', variables(['iTotal', 'Integer'], ['other', 'date']))).toEqual([])
  })

  test('a flow that does not follow the convention hears it once', () => {
    expect(
      severities('NAM601', variables(['total', 'integer'], ['count', 'integer'], ['sum', 'float'])),
    ).toEqual(['info'])
  })

  test('names that all begin with "var" follow a convention of their own', () => {
    const own = variables(['varTotal', 'integer'], ['VarName', 'string'])
    expect(severities('NAM601', own)).toEqual([])
    expect(severities('NAM601', variables(['varTotal', 'integer'], ['various', 'string']))).toEqual(['info'])
  })

  test('another convention can be set, and none', () => {
    const example = variables(['strTitle', 'string'], ['intTotal', 'integer'])
    expect(severities('NAM601', example, { length: 3, letters: ['string=str', 'integer=int'] })).toEqual([])
    expect(severities('NAM601', variables(['total', 'integer']), { letters: [] })).toEqual([])
  })
})

describe('constants', () => {
  test.each([
    [['sSite', 'string', ''], []],
    [['sSite', 'string', "@parameters('site')"], []],
    [['iCount', 'integer', 0], []],
    [['iCount', 'integer', 5], ['info']],
    [['aList', 'array', []], []],
    [['aLIST', 'array', [1]], []],
  ] as const)('%j', ([name, type, value], expected) => {
    expect(severities('NAM602', readLater(variables([name, type, value]), name))).toEqual(expected)
  })

  test('a flow that does not follow the convention hears it once', () => {
    const read = "@concat(variables('sSite'), variables('sList'), variables('sOWNER'))"
    const both = variables(['sSite', 'string', 'x'], ['sList', 'string', 'y'])
    const mixed = variables(['sSite', 'string', 'x'], ['sList', 'string', 'y'], ['sOWNER', 'string', 'z'])
    const reading = (example: { readonly actions: object }) => ({
      actions: { ...example.actions, Read: { type: 'Compose', inputs: read } },
    })
    expect(severities('NAM602', reading(both))).toEqual(['info'])
    expect(severities('NAM602', reading(mixed))).toEqual(['info', 'info'])
  })

  test('a variable that nobody reads is none', () => {
    expect(severities('NAM602', variables(['iCount', 'integer', 5]))).toEqual([])
  })

  test('a variable that changes is none', () => {
    const example = variables(['iCount', 'integer', 5])
    const add = { type: 'IncrementVariable', inputs: { name: 'icount' }, runAfter: { Start: ['Succeeded'] } }
    const changed = { actions: { ...example.actions, Add: add } }
    expect(severities('NAM602', readLater(changed, 'iCount'))).toEqual([])
  })
})

describe('default names', () => {
  test.each([
    [['Compose'], []],
    [['Compose', 'Compose_1'], ['info']],
    [['Compose', 'Compose_1', 'Compose_2', 'Compose_3', 'Compose_4'], ['warning']],
    [['Compose', 'Compose_1', 'Compose_2', 'Compose_3', 'Compose_4', ...'ABCDEFGHIJK'], ['info']],
    [['Compose_net', 'Compose_gross'], []],
    [['Quarter_1', 'Quarter_2'], []],
    [['Quarter', 'Quarter_2', 'Quarter_3'], []],
  ])('%j', (names, expected) => {
    const actions = Object.fromEntries(names.map((name) => [name, total]))
    expect(severities('NAM603', { actions })).toEqual(expected)
  })
})

test('names that differ in spaces and underscores only are hard to tell apart', () => {
  expect(severities('NAM605', { actions: { 'Net total': total, Net_total: total } })).toEqual(['warning'])
})

test('an awkward name that an expression uses matters more', () => {
  const show = { type: 'Compose', inputs: "@outputs('Bob''s')", runAfter: { "Bob's": ['Succeeded'] } }
  expect(severities('NAM605', { actions: { "Bob's": total, Show: show } })).toEqual(['warning'])
  expect(severities('NAM605', { actions: { "Bob's": total } })).toEqual(['info'])
  expect(severities('NAM605', { actions: { 'Čtení_(V2)': total } })).toEqual([])
  const at = { type: 'Compose', inputs: "@outputs('a@b')", runAfter: { 'a@b': ['Succeeded'] } }
  expect(severities('NAM605', { actions: { 'a@b': total, Show: at } })).toEqual(['info'])
})

test('a pattern for names of flows is kept, a broken one is passed over', () => {
  const example = { name: 'Invoices', actions: { Total: total } }
  expect(severities('NAM604', example, { pattern: '[A-Z]{3}-.+' })).toEqual(['info'])
  expect(severities('NAM604', { ...example, name: 'FIN-Invoices' }, { pattern: '[A-Z]{3}-.+' })).toEqual([])
  expect(severities('NAM604', example, { pattern: '(' })).toEqual([])
})
