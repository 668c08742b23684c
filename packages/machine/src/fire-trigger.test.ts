import type { Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { planOf, startAt, triggered } from './drive.testing.ts'
import { fireTrigger, triggerInputs } from './fire-trigger.ts'

const planWith = (trigger: object) =>
  planOf(
    {},
    { definition: { triggers: { When: { type: 'Request', kind: 'Http', inputs: {}, ...trigger } } } },
  )
const fire = (trigger: object, body: Value) =>
  fireTrigger(planWith(trigger), {
    trigger: 'When',
    outputs: { headers: { a: 'b' }, body },
    env: triggered().env,
    now: startAt,
    seed: 'seed',
  })

describe('fireTrigger', () => {
  test('starts one run', () => {
    expect(fire({}, 1)).toEqual({
      status: 'Succeeded',
      items: [{ outputs: { headers: { a: 'b' }, body: 1 }, clientTrackingId: undefined }],
    })
  })

  test('splitOn starts one run per element and keeps the other outputs', () => {
    const fired = fire({ splitOn: `@triggerOutputs()?['body/value']` }, { value: [1, 2] })
    expect(fired).toMatchObject({
      items: [{ outputs: { headers: { a: 'b' }, body: 1 } }, { outputs: { body: 2 } }],
    })
  })

  test.each([[{ value: [] }], [{ value: null }]])('splitOn of %j starts nothing', (body) => {
    expect(fire({ splitOn: `@triggerBody()?['value']` }, body)).toEqual({
      status: 'Skipped',
      reason: 'NothingToSplit',
    })
  })

  test('splitOn of something else is a failed trigger', () => {
    expect(fire({ splitOn: '@triggerBody()' }, 'text')).toMatchObject({
      status: 'Failed',
      error: { code: 'InvalidTemplate' },
    })
  })

  test('conditions see one element each, and all must hold', () => {
    const conditions = [
      { expression: '@greater(triggerBody(), 1)' },
      { expression: '@less(triggerBody(), 4)' },
    ]
    const fired = fire({ splitOn: '@triggerBody()', conditions }, [1, 2, 3, 4])
    expect(fired).toMatchObject({ items: [{ outputs: { body: 2 } }, { outputs: { body: 3 } }] })
  })

  test('a condition that does not hold skips the trigger', () => {
    expect(fire({ conditions: [{ expression: '@equals(triggerBody(), 2)' }] }, 1)).toEqual({
      status: 'Skipped',
      reason: 'ConditionNotMet',
    })
  })

  test('a condition that cannot be evaluated is a failed trigger', () => {
    expect(fire({ conditions: [{ expression: `@int('x')` }] }, 1)).toMatchObject({ status: 'Failed' })
  })

  test('the correlation names the tracking id', () => {
    const correlation = { clientTrackingId: `@triggerBody()['id']` }
    expect(fire({ correlation }, { id: 'order-7' })).toMatchObject({
      items: [{ clientTrackingId: 'order-7' }],
    })
  })

  test('the inputs of a trigger are evaluated with its parameters', () => {
    const plan = planOf(
      {},
      {
        definition: {
          parameters: { Folder: { type: 'String', defaultValue: 'in' } },
          triggers: { When: { type: 'Http', inputs: { uri: `@concat('http://x/', parameters('Folder'))` } } },
        },
      },
    )
    expect(triggerInputs(plan, { trigger: 'when', env: triggered().env, now: startAt, seed: '' })).toEqual({
      uri: 'http://x/in',
    })
  })

  test('a webhook trigger subscribes with its callback address', () => {
    const plan = planWith({
      type: 'HttpWebhook',
      inputs: { subscribe: { body: { url: '@listCallbackUrl()' } } },
    })
    const firing = {
      trigger: 'When',
      env: triggered().env,
      now: startAt,
      seed: '',
      callbackUrl: 'http://back',
    }
    expect(triggerInputs(plan, firing)).toEqual({ subscribe: { body: { url: 'http://back' } } })
  })
})
