import { readFlowFiles } from '@flowstead/definition'
import { expect, test } from 'vitest'
import { defaultConfig } from '../config/defaults.ts'
import { exampleFiles } from '../rules/example-flow.ts'
import { subjectOf } from '../subject/subject.ts'
import { measure } from './measure.ts'

test('an empty flow loses the points of its scopes only', () => {
  const flow = readFlowFiles(exampleFiles({})).flows[0]
  if (flow === undefined) throw new Error('The example has no flow.')
  const measured = measure(subjectOf(flow), defaultConfig, 'documented')
  expect(measured.score).toBe(80)
  expect(measured.breakdown.filter(({ lost }) => lost > 0).map(({ name }) => name)).toEqual([
    'exceptionScope',
    'mainScope',
  ])
})
