import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../config/defaults.ts'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { ExampleFlow } from '../rules/example-flow.ts'
import { connectorAction, measureExample, several, variable } from './measured.testing.ts'
import type { Band, ScoreLine } from './metrics.ts'

const link =
  "@concat('https://make.powerautomate.com/manage/environments/', workflow()?['tags']?['environmentName'], '/flows/')"

function handler(inside: object, more: object = {}): object {
  return { type: 'Scope', actions: inside, runAfter: { Main: ['Failed', 'TimedOut'] }, ...more }
}

function handled(inside: object, more: object = {}): ExampleFlow {
  return { actions: { Main: { type: 'Scope', actions: {} }, Exception: handler(inside, more) } }
}

const terminate = { Stop: { type: 'Terminate', inputs: { runStatus: 'Failed' } } }
const note = { Link: { type: 'SetVariable', inputs: { name: 'sLink', value: link } } }

function lineOf(lines: readonly ScoreLine[], name: string): ScoreLine | undefined {
  return lines.find((line) => line.name === name)
}

describe('a handler with Terminate and link', () => {
  const example = handled({ ...note, ...terminate })

  test('earns everything as documented', () => {
    const { score, metrics } = measureExample(example)
    expect(score).toBe(100)
    expect(metrics.flags).toMatchObject({
      exceptionHandleScope: true,
      exceptionScope: true,
      exceptionTerminate: true,
      exceptionLink: true,
      mainScope: true,
    })
  })

  test('earns 90 at most as shipped, because a scope is not looked into', () => {
    const { score, metrics, breakdown } = measureExample(example, 'as-shipped')
    expect(score).toBe(90)
    expect(metrics.flags).toMatchObject({
      exceptionScope: true,
      exceptionTerminate: false,
      exceptionLink: false,
    })
    expect(lineOf(breakdown, 'exceptionScope')?.why).toContain('never earns')
  })

  test('an action that is itself the handler can earn the points as shipped', () => {
    const runAfter = { Main: ['Failed'] }
    const self = { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { message: link } }, runAfter }
    const example = { actions: { Main: { type: 'Scope', actions: {} }, Exception: self } }
    expect(measureExample(example, 'as-shipped').score).toBe(100)
    expect(measureExample(example).score).toBe(100)
  })
})

describe('what a handler lacks', () => {
  test.each<[string, ExampleFlow, string]>([
    ['a Terminate', handled(note), '"Exception" runs after a failure and holds no Terminate.'],
    ['the link', handled(terminate), '"Exception" runs after a failure and holds no link of the run.'],
    [
      'a failure to run after',
      handled({ ...note, ...terminate }, { runAfter: { Main: ['Succeeded'] } }),
      'No action named "Exception" runs after a failure.',
    ],
    [
      'its name',
      { actions: { Main: { type: 'Scope', actions: {} }, exception: handler(terminate) } },
      'No action named "Exception" runs after a failure.',
    ],
  ])('%s costs its points and is said', (_what, example, why) => {
    const { score, breakdown } = measureExample(example)
    expect(score).toBe(90)
    expect(lineOf(breakdown, 'exceptionScope')).toMatchObject({ possible: 10, reached: 0, lost: 10, why })
  })

  test('a link with another address or another name is none', () => {
    const other = {
      Link: {
        type: 'SetVariable',
        inputs: {
          name: 'x',
          value: "@concat('https://example.com/', workflow()?['tags']?['environmentName'])",
        },
      },
    }
    expect(measureExample(handled(other)).metrics.flags.exceptionLink).toBe(false)
    const run = {
      Link: {
        type: 'SetVariable',
        inputs: { name: 'x', value: link.replace('environmentName', 'flowName') },
      },
    }
    expect(measureExample(handled(run)).metrics.flags.exceptionLink).toBe(false)
  })

  test('white space and an inner place do not matter to the link', () => {
    const spread = link.replace("', workflow", "',   workflow")
    const deep = {
      Inner: {
        type: 'Scope',
        actions: { Link: { type: 'Compose', inputs: { text: `See @{${spread.slice(1)}}` } } },
      },
    }
    expect(measureExample(handled(deep)).metrics.flags.exceptionLink).toBe(true)
  })
})

describe('bands', () => {
  /** Composes have 2 points each, If has 3, a Select 3. */
  const withComplexity = (points: number): ExampleFlow => ({
    actions: {
      ...several(points % 2, 'Init', { type: 'Response', inputs: {} }),
      ...several((points - (points % 2)) / 2, 'C', { type: 'Table', inputs: {} }),
    },
  })
  const withActions = (count: number): ExampleFlow => ({
    actions: several(count, 'S', { type: 'Scope', actions: {} }),
  })
  const withVariables = (count: number): ExampleFlow => ({
    actions: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`V${index}`, variable(`s${index}`, 'string')]),
    ),
  })

  test.each<[string, ExampleFlow, 'complexity' | 'actions' | 'variables', Band, Band]>([
    ['complexity 49', withComplexity(49), 'complexity', 'green', 'green'],
    ['complexity 50', withComplexity(50), 'complexity', 'amber', 'green'],
    ['complexity 51', withComplexity(51), 'complexity', 'amber', 'amber'],
    ['complexity 100', withComplexity(100), 'complexity', 'red', 'amber'],
    ['complexity 101', withComplexity(101), 'complexity', 'red', 'red'],
    ['29 actions', withActions(29), 'actions', 'green', 'green'],
    ['30 actions', withActions(30), 'actions', 'amber', 'green'],
    ['31 actions', withActions(31), 'actions', 'amber', 'amber'],
    ['50 actions', withActions(50), 'actions', 'red', 'amber'],
    ['500 actions', withActions(500), 'actions', 'red', 'amber'],
    ['3 variables', withVariables(3), 'variables', 'amber', 'green'],
    ['4 variables', withVariables(4), 'variables', 'amber', 'amber'],
    ['5 variables', withVariables(5), 'variables', 'red', 'amber'],
    ['6 variables', withVariables(6), 'variables', 'red', 'red'],
  ])('%s', (_what, example, card, documented, asShipped) => {
    expect(measureExample(example).bands[card]).toBe(documented)
    expect(measureExample(example, 'as-shipped').bands[card]).toBe(asShipped)
  })

  test('actions that are red as documented bring nothing, and the amber points as shipped', () => {
    const reached = (profile: 'documented' | 'as-shipped') =>
      lineOf(measureExample(withActions(60), profile).breakdown, 'actions')?.reached
    expect([reached('documented'), reached('as-shipped')]).toEqual([0, 5])
  })

  test('no handler is red, one is green; amber takes a configuration of its own, and never comes as shipped', () => {
    const one: ExampleFlow = {
      actions: {
        A: { type: 'Compose', inputs: 1 },
        B: { type: 'Compose', inputs: 1, runAfter: { A: ['Failed'] } },
      },
    }
    const config: ReviewConfig = { ...defaultConfig, ratings: { ...defaultConfig.ratings, exceptionsAm: 2 } }
    expect(measureExample({}).bands.exceptions).toBe('red')
    expect(measureExample(one).bands.exceptions).toBe('green')
    expect(measureExample(one, 'documented', config).bands.exceptions).toBe('amber')
    expect(measureExample(one, 'as-shipped', config).bands.exceptions).toBe('green')
  })
})

describe('points by count', () => {
  test.each([
    [0, 10],
    [1, 5],
    [2, 0],
    [3, 0],
  ])('%d Compose actions bring %d', (count, reached) => {
    const { breakdown } = measureExample({ actions: several(count, 'C', { type: 'Compose', inputs: 1 }) })
    expect(lineOf(breakdown, 'composes')).toMatchObject({ reached, lost: 10 - reached })
  })

  test.each([
    [3, 10],
    [4, 8],
    [7, 2],
    [8, 0],
    [9, 0],
  ])('%d connections bring %d', (count, reached) => {
    const actions = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`A${index}`, connectorAction('Get', `shared_c${index}`)]),
    )
    for (const profile of ['documented', 'as-shipped'] as const)
      expect(lineOf(measureExample({ actions }, profile).breakdown, 'connections')?.reached).toBe(reached)
  })

  test('two connections of one connector count as two', () => {
    const actions = {
      A: connectorAction('Get', 'shared_x'),
      B: connectorAction('Get', 'shared_x_1'),
      C: connectorAction('Get', 'shared_x'),
    }
    expect(measureExample({ actions }).metrics).toMatchObject({ connectors: 3, connectionRefs: 2 })
  })

  test('what is free is free as documented, and charged as shipped', () => {
    const scores = { ...defaultConfig.scoring.scores, composesMin: 1, variablesMin: 2 }
    const config: ReviewConfig = { ...defaultConfig, scoring: { reference: 'ours', scores } }
    const example = {
      actions: { C: { type: 'Compose', inputs: "@variables('sA')" }, Init: variable('sA', 'string') },
    }
    const reached = (profile: 'documented' | 'as-shipped') =>
      measureExample(example, profile, config).breakdown.flatMap(({ name, reached: points }) =>
        name === 'composes' || name === 'variables' ? [points] : [],
      )
    expect(reached('documented')).toEqual([10, 10])
    expect(reached('as-shipped')).toEqual([9, 5])
  })

  test('connector calls of other types do not count, and are told', () => {
    const webhook = {
      type: 'OpenApiConnectionWebhook',
      inputs: { host: { connectionName: 'shared_approvals', operationId: 'Start' } },
    }
    const { metrics, breakdown } = measureExample({ actions: { Ask: webhook } })
    expect(metrics).toMatchObject({ connectors: 0, connectionRefs: 0 })
    expect(lineOf(breakdown, 'connections')?.why).toBe(
      'No connections. 1 connector call of other types than OpenApiConnection does not count.',
    )
  })
})

test('a score has no cap', () => {
  const scores = { ...defaultConfig.scoring.scores, mainScope: 60 }
  const config: ReviewConfig = { ...defaultConfig, scoring: { reference: 'generous', scores } }
  expect(measureExample(handled({ ...note, ...terminate }), 'documented', config).score).toBe(150)
})

test('each lost point has a place, where it has one, and a remedy', () => {
  const { breakdown } = measureExample({
    actions: { Init: variable('count', 'integer', 5), C: { type: 'Compose', inputs: 1 } },
  })
  const lost = breakdown.filter((line) => line.lost > 0)
  expect(
    lost.map(({ name, lost: points, where }) => [name, points, where.map((place) => place.name)]),
  ).toEqual([
    ['exceptionScope', 10, []],
    ['mainScope', 10, []],
    ['varNaming', 10, ['count']],
    ['varUsed', 5, ['count']],
    ['varConstant', 5, ['count']],
    ['variables', 1, ['count']],
    ['composes', 5, ['C']],
  ])
  for (const { remedy, why } of lost)
    for (const text of [remedy, why]) expect(text).toMatch(/^["\p{L}\d].*\.$/su)
  expect(lost[2]?.where[0]?.pointer).toBe('/actions/Init/inputs/variables/0')
  for (const { remedy, where } of breakdown.filter((line) => line.lost === 0))
    expect([remedy, where]).toEqual(['', []])
})
