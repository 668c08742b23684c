import { readFlowFiles } from '@flowstead/definition'
import { defaultConfig } from '../config/defaults.ts'
import type { ReviewConfig } from '../config/scoring-config.ts'
import type { DataJson } from '../data/data-json.ts'
import { makeData } from '../data/make-data.ts'
import { type ExampleFlow, exampleFacts, exampleFiles } from '../rules/example-flow.ts'
import { type Subject, subjectOf } from '../subject/subject.ts'
import { measure } from './measure.ts'
import type { Measured, Profile } from './metrics.ts'

/** The only flow of an example, ready for review. */
export function exampleSubject(example: ExampleFlow): Subject {
  const flow = readFlowFiles(exampleFiles(example)).flows[0]
  if (flow === undefined) throw new Error('The example has no flow.')
  return subjectOf(flow, exampleFacts(example))
}

/** Figures of an example. */
export function measureExample(
  example: ExampleFlow,
  profile: Profile = 'documented',
  config: ReviewConfig = defaultConfig,
): Measured {
  return measure(exampleSubject(example), config, profile)
}

/** Data JSON of an example. */
export function dataOfExample(example: ExampleFlow, profile: Profile = 'documented'): DataJson {
  const subject = exampleSubject(example)
  const identity = { id: 'id', name: 'Example', owner: '', environment: 'test' }
  return makeData(subject, measure(subject, defaultConfig, profile), identity, defaultConfig)
}

/** An action that calls an operation over a connection. */
export function connectorAction(operationId: string, connectionName: string, more: object = {}): object {
  const api = connectionName.replace(/_\d+$/, '')
  const apiId = `/providers/Microsoft.PowerApps/apis/${api}`
  return {
    type: 'OpenApiConnection',
    inputs: { host: { apiId, connectionName, operationId }, parameters: {} },
    ...more,
  }
}

/** An InitializeVariable action; a start value that is `undefined` is left out. */
export function variable(name: string, type: string, value?: unknown): object {
  return { type: 'InitializeVariable', inputs: { variables: [{ name, type, value }] } }
}

/** So many actions of one kind, under the names `prefix1`, `prefix2` …, none after another. */
export function several(count: number, prefix: string, action: object): Record<string, object> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index + 1}`, action]))
}
