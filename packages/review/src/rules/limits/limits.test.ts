import { describe, expect, test } from 'vitest'
import { checkFlow, checkSolution } from '../../check-rules.ts'
import type { Finding } from '../../finding.ts'
import { solutionSubjectOf } from '../../solution/read-solution.ts'
import { type ExampleFlow, exampleFacts, exampleFiles } from '../example-flow.ts'
import { nested, waits } from '../maintainability/example-actions.ts'
import { limitRules } from './index.ts'

function findings(id: string, example: ExampleFlow): Finding[] {
  const subject = solutionSubjectOf(exampleFiles(example), { facts: exampleFacts(example) })
  const only = limitRules.filter((rule) => rule.id === id)
  return [
    ...subject.subjects.flatMap((each) => checkFlow(each, { only })),
    ...checkSolution(subject, { only }),
  ]
}

const severities = (found: readonly Finding[]): string[] => found.map(({ severity }) => severity)
/** Makes an example a flow of Power Automate. */
const powerAutomate = { connectionReferences: {} } as const

describe('recurrences', () => {
  const every = (frequency: string, interval: unknown): ExampleFlow => ({
    trigger: { type: 'Recurrence', recurrence: { frequency, interval } },
  })

  test.each([
    ['Second', 30, 1],
    ['Minute', 1, 0],
    ['Day', 500, 0],
    ['Day', 501, 1],
    ['Month', 17, 0],
    ['Month', 18, 1],
    ['Minute', "@parameters('minutes')", 0],
  ])('every %s %s', (frequency, interval, count) => {
    expect(findings('LIM706', { ...every(frequency, interval), ...powerAutomate })).toHaveLength(count)
  })

  test('Logic Apps may run every second', () => {
    const connection = { Ask: { type: 'ServiceProvider', inputs: { serviceProviderConfiguration: {} } } }
    expect(findings('LIM706', { ...every('Second', 1), actions: connection })).toEqual([])
  })
})

test('what a run does not certainly do is no request of a schedule', () => {
  const trigger = { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 1 } }
  const condition = { If: { type: 'If', expression: { equals: [1, 1] }, actions: waits(20) } }
  const always = { Group: { type: 'Scope', actions: waits(20) } }
  expect(findings('LIM709', { trigger, actions: condition, ...powerAutomate })).toEqual([])
  expect(severities(findings('LIM709', { trigger, actions: always, ...powerAutomate }))).toEqual(['warning'])
})

test('a level that may not count is a warning, the next one an error', () => {
  const scope = (actions: object) => ({ type: 'Scope', actions })
  expect(severities(findings('LIM702', { actions: nested(8, scope) }))).toEqual(['warning'])
  expect(severities(findings('LIM702', { actions: nested(9, scope) }))).toEqual(['error'])
})

test('more than any plan gives is a warning, more than some plans is worth knowing', () => {
  const list = (minimumItemCount: number) => ({
    actions: { Get: { type: 'Http', runtimeConfiguration: { paginationPolicy: { minimumItemCount } } } },
    ...powerAutomate,
  })
  expect(severities(findings('LIM707', list(50_000)))).toEqual(['info'])
  expect(severities(findings('LIM707', list(100_001)))).toEqual(['warning'])
})

test('a loop that is told nothing runs one after the other in Power Automate', () => {
  const connectors = { shared_vome: { throttle: { calls: 10, seconds: 60 } } }
  const actions = {
    Each: {
      type: 'Foreach',
      foreach: '@triggerBody()',
      actions: {
        Add: {
          type: 'OpenApiConnection',
          inputs: { host: { connectionName: 'shared_vome', operationId: 'Add' } },
        },
      },
    },
  }
  const connectionReferences = { shared_vome: { api: 'shared_vome', logicalName: 'con_vome' } }
  expect(findings('LIM710', { actions, connectors, connectionReferences })).toEqual([])
})

describe('solutions', () => {
  const manifest = (missing = ''): string =>
    `<ImportExportXml><SolutionManifest><UniqueName>Orders</UniqueName><Publisher><CustomizationPrefix>con</CustomizationPrefix></Publisher><MissingDependencies>${missing}</MissingDependencies></SolutionManifest></ImportExportXml>`
  const required = (solution: string): string =>
    `<MissingDependency><Required type="1" displayName="Order" solution="${solution}"/><Dependent type="29" displayName="Flow"/></MissingDependency>`
  const reads = (schemaName: string): ExampleFlow => ({
    ...powerAutomate,
    parameters: { [`Site (${schemaName})`]: { type: 'String', metadata: { schemaName } } },
    files: { 'solution.xml': manifest() },
  })

  test.each([
    ['Active', 'error'],
    ['Contoso_Base (1.0)', 'warning'],
    ['msdynce_AppCommon (9.0)', 'info'],
  ])('a part of %s that is missing is of severity %s', (solution, severity) => {
    const files = { 'solution.xml': manifest(required(solution)) }
    expect(severities(findings('ALM802', { ...powerAutomate, files }))).toEqual([severity])
  })

  test('an environment variable of another publisher may come from elsewhere', () => {
    expect(severities(findings('ALM805', reads('con_site')))).toEqual(['error'])
    expect(severities(findings('ALM805', reads('other_site')))).toEqual(['warning'])
  })

  test('without a solution nothing is said about what is not there', () => {
    const id = '0f3c9a52-0000-4000-8000-000000000009'
    const actions = { Call: { type: 'Workflow', inputs: { host: { workflowReferenceName: id } } } }
    expect(findings('ALM806', { ...powerAutomate, actions })).toEqual([])
    const broken = { 'solution.xml': manifest(), [`Workflows/Child-${id.toUpperCase()}.json`]: '{' }
    expect(findings('ALM806', { ...powerAutomate, actions, files: broken })).toEqual([])
    expect(
      findings('ALM806', { ...powerAutomate, actions, files: { 'solution.xml': manifest() } }),
    ).toHaveLength(1)
  })
})
