import { describe, expect, test } from 'vitest'
import { checkFlow, checkSolution } from '../../check-rules.ts'
import { solutionSubjectOf } from '../../solution/read-solution.ts'
import { subjectOf } from '../../subject/subject.ts'
import { type ExampleFlow, readExample } from '../example-flow.ts'
import { structureRules } from './index.ts'

const only = (id: string) => structureRules.filter((rule) => rule.id === id)

function found(id: string, example: ExampleFlow): string[] {
  return readExample(example).flows.flatMap((flow) =>
    checkFlow(subjectOf(flow), { only: only(id) }).map(({ severity, pointer }) => `${severity} ${pointer}`),
  )
}

const total = { type: 'Compose', inputs: 1 }
const after = (runAfter: Readonly<Record<string, readonly string[]>>) => ({ ...total, runAfter })

describe('files that cannot be read', () => {
  const messages = (...files: readonly (readonly [string, Uint8Array | string])[]): string[] => {
    const encoder = new TextEncoder()
    const named = files.map(([name, content]) => ({
      name,
      bytes: typeof content === 'string' ? encoder.encode(content) : content,
    }))
    return checkSolution(solutionSubjectOf(named, { facts: undefined }), { only: only('STR001') }).map(
      ({ file }) => file,
    )
  }

  test.each([
    ['no JSON', 'not json'],
    ['no flow', '{"name": "x"}'],
    ['an archive that is cut off', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])],
    ['nothing', ''],
  ])('%s', (_, content) => {
    expect(messages(['a.json', content])).toEqual(['a.json'])
  })

  test('the line is that of the fault', () => {
    const files = [
      { name: 'a.json', bytes: new TextEncoder().encode('{\n  "triggers": {},\n  "actions": nothing\n}') },
    ]
    const [finding] = checkSolution(solutionSubjectOf(files, { facts: undefined }), { only: only('STR001') })
    expect(finding?.line).toBe(3)
  })

  test('the flow beside such a file is not blamed', () => {
    expect(
      messages(['bad.json', '{'], ['good.json', '{"triggers": {}, "actions": {"A": {"type": "Scope"}}}']),
    ).toEqual(['bad.json'])
  })
})

describe('actions that never run', () => {
  const unreached = (actions: object): string[] =>
    found('STR014', { actions }).map((each) => each.split('/').at(-1) ?? '')

  test('both handlers of an action joined by success', () => {
    const actions = {
      A: total,
      Good: after({ A: ['Succeeded'] }),
      Bad: after({ A: ['Failed'] }),
      Join: after({ Good: ['Succeeded'], Bad: ['Succeeded'] }),
    }
    expect(unreached(actions)).toEqual(['Join'])
  })

  test('both handlers joined by success or skip are fine', () => {
    const actions = {
      A: total,
      Good: after({ A: ['Succeeded'] }),
      Bad: after({ A: ['Failed'] }),
      Join: after({ Good: ['Succeeded', 'Skipped'], Bad: ['Succeeded', 'Skipped'] }),
    }
    expect(unreached(actions)).toEqual([])
  })

  test('the failure of either of two in a row is never the failure of both', () => {
    const actions = {
      A: total,
      B: after({ A: ['Succeeded'] }),
      C: after({ B: ['Succeeded'] }),
      Report: after({ A: ['Failed'], C: ['Failed'] }),
    }
    expect(unreached(actions)).toEqual(['Report'])
  })

  test('a first action is never skipped', () => {
    expect(unreached({ A: total, B: after({ A: ['Skipped'] }) })).toEqual(['B'])
    expect(unreached({ A: total, B: after({ A: ['Succeeded'] }), C: after({ B: ['Skipped'] }) })).toEqual([])
  })

  test('after a Terminate, unless it was skipped; only the first of a chain is told', () => {
    const stop = { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: { A: ['Failed'] } }
    const chain = { A: total, Stop: stop, B: after({ Stop: ['Succeeded'] }), C: after({ B: ['Succeeded'] }) }
    expect(unreached(chain)).toEqual(['B'])
    expect(unreached({ A: total, Stop: stop, B: after({ Stop: ['Skipped'] }) })).toEqual([])
  })

  test('parallel branches joined are fine', () => {
    const actions = {
      A: total,
      B: total,
      C: after({ A: ['Succeeded', 'Failed'], B: ['Failed', 'TimedOut'] }),
    }
    expect(unreached(actions)).toEqual([])
  })

  test.each([1_000, 20_000])(
    '%i actions with two predecessors each are looked at in bounded time',
    (size) => {
      const actions: Record<string, object> = { N0: total, N1: total }
      for (let n = 2; n < size; n += 1)
        actions[`N${n}`] = after({ [`N${n - 1}`]: ['Succeeded'], [`N${n - 2}`]: ['Succeeded'] })
      const [flow] = readExample({ actions }).flows
      if (flow === undefined) throw new Error('The example holds no flow.')
      const subject = subjectOf(flow)
      expect(checkFlow(subject, { only: only('STR014') })).toEqual([])
    },
  )
})

describe('values in their places', () => {
  const http = (inputs: object) => ({
    actions: { Call: { type: 'Http', inputs: { uri: 'https://example.com', ...inputs } } },
  })
  test.each<[string, ExampleFlow, number]>([
    ['a method in lower case', http({ method: 'get' }), 0],
    ['a computed method', http({ method: '@triggerBody()' }), 0],
    ['a method of its own', http({ method: 'PURGE' }), 1],
    ['a status code as text', { actions: { R: { type: 'Response', inputs: { statusCode: '200' } } } }, 0],
    ['a status code that is none', { actions: { R: { type: 'Response', inputs: { statusCode: 'OK' } } } }, 1],
    [
      'a big number as a status code',
      {
        text: '{"triggers":{"m":{"type":"Request"}},"actions":{"R":{"type":"Response","inputs":{"statusCode":123456789012345678901}}}}',
      },
      1,
    ],
    ['a frequency', { trigger: { type: 'Recurrence', recurrence: { frequency: 'Daily', interval: 1 } } }, 1],
    ['a list as text', { actions: { L: { type: 'Foreach', foreach: '', actions: { A: total } } } }, 1],
    ['a kind of the caller', { trigger: { type: 'Request', kind: 'powerappv2' } }, 0],
    [
      'actions that are no object',
      { text: '{"triggers":{"m":{"type":"Request"}},"actions":{"A":{"type":"Scope","actions":[]}}}' },
      1,
    ],
  ])('%s', (_, example, times) => {
    expect(found('STR004', example)).toHaveLength(times)
  })

  test.each([
    ['PT1H', 0],
    ['P7D', 0],
    ['PT0.5S', 0],
    ['P1Y2M3W4DT5H6M7S', 0],
    ["@parameters('timeout')", 0],
    ['1H', 1],
    ['P', 1],
    ['PT', 1],
    ['P1H', 1],
  ])('%s as a timeout', (timeout, times) => {
    const actions = {
      A: { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' }, limit: { timeout } },
    }
    expect(found('STR010', { actions })).toHaveLength(times)
  })

  test.each([
    [{ timeZone: 'W. Europe Standard Time' }, 0],
    [{ timeZone: 'Middle-earth Standard Time' }, 1],
    [{ startTime: '2024-02-30T00:00:00Z' }, 1],
    [{ startTime: '2024-02-29T08:00:00.0000000Z' }, 0],
    [{ startTime: '2024-02-29T08:00' }, 0],
  ])('%j of a recurrence', (more, times) => {
    const trigger = { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1, ...more } }
    expect(found('STR010', { trigger })).toHaveLength(times)
  })
})

test('a key written twice loses an action, which is the same fault as two names alike', () => {
  const text =
    '{"triggers": {"m": {"type": "Request"}}, "actions": {"A": {"type": "Scope", "actions": {}}, "A": {"type": "Scope", "actions": {}}}}'
  const subject = solutionSubjectOf([{ name: 'a.json', bytes: new TextEncoder().encode(text) }], {
    facts: undefined,
  })
  expect(checkSolution(subject, { only: only('STR005') })).toHaveLength(1)
})

test('an empty case keeps the default from running', () => {
  const cases = { Ignored: { case: 'x', actions: {} }, Open: { case: 'y', actions: { A: total } } }
  const route = { type: 'Switch', expression: '@triggerBody()', cases }
  expect(found('STR013', { actions: { Route: { ...route, default: { actions: { B: total } } } } })).toEqual(
    [],
  )
  expect(found('STR013', { actions: { Route: route } })).toHaveLength(1)
})

test('a logic app may have several triggers, a cloud flow may not', () => {
  const triggers = { One: { type: 'Request' }, Two: { type: 'Request' } }
  expect(found('STR016', { triggers })).toEqual([])
  expect(found('STR016', { triggers, connectionReferences: {} })).toHaveLength(1)
})
