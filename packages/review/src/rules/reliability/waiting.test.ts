import { describe, expect, test } from 'vitest'
import { findingsOf } from './findings.testing.ts'

const answer = (after?: string): object => ({
  type: 'Response',
  kind: 'Http',
  ...(after === undefined ? {} : { runAfter: { [after]: ['Succeeded'] } }),
  inputs: { statusCode: 200 },
})
const rest = (count: number, after?: string): object => ({
  type: 'Wait',
  ...(after === undefined ? {} : { runAfter: { [after]: ['Succeeded'] } }),
  inputs: { interval: { count, unit: 'Second' } },
})

describe('a caller that waits (REL217)', () => {
  test('waits for the sum of the waits before the answer', () => {
    const actions = { A: rest(90), B: rest(90, 'A'), Answer: answer('B') }
    expect(findingsOf('REL217', { actions })).toEqual(['warning Answer'])
    expect(findingsOf('REL217', { actions: { A: rest(90), Answer: answer('A') } })).toEqual([])
  })

  test('does not wait when it was answered before', () => {
    const actions = { First: answer(), A: rest(900, 'First'), Late: answer('A') }
    expect(findingsOf('REL217', { actions })).toEqual([])
  })

  test('does not wait for an asynchronous answer', () => {
    const actions = { A: rest(900), Answer: { ...answer('A'), operationOptions: 'Asynchronous' } }
    expect(findingsOf('REL217', { actions })).toEqual([])
  })
})

test('an approval whose result is played keeps nobody waiting', () => {
  const approval = { type: 'ApiConnectionWebhook', inputs: {} }
  const played = {
    ...approval,
    runtimeConfiguration: { staticResult: { name: 'Ask0', staticResultOptions: 'Enabled' } },
  }
  for (const id of ['REL217', 'REL218']) {
    expect(findingsOf(id, { actions: { Ask: approval, Answer: answer('Ask') } })).toHaveLength(1)
    expect(findingsOf(id, { actions: { Ask: played, Answer: answer('Ask') } })).toEqual([])
  }
})

describe('an answer on every path (REL217)', () => {
  const choose = (no: object): object => ({
    type: 'If',
    expression: { equals: ['@triggerBody()', 1] },
    actions: { Yes: answer() },
    else: { actions: no },
  })

  test('may come after the condition', () => {
    expect(findingsOf('REL217', { actions: { Choose: choose({}), Last: answer('Choose') } })).toEqual([])
  })

  test('is not asked of a branch that ends the run', () => {
    const stop = { type: 'Terminate', inputs: { runStatus: 'Failed' } }
    expect(findingsOf('REL217', { actions: { Choose: choose({ Stop: stop }) } })).toEqual([])
  })

  test('is missing when only the handler of a failure answers', () => {
    const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } }
    const actions = { Call: call, Bad: { ...answer(), runAfter: { Call: ['Failed'] } } }
    expect(findingsOf('REL217', { actions })).toEqual(['warning Bad'])
  })
})
