import { describe, expect, test } from 'vitest'
import { childRunId } from './children.ts'
import { memoryStore } from './memory-store.testing.ts'
import { call, planOf, response } from './plan-of.testing.ts'
import { ok, type Parts, runnerOf, settle } from './runner-under-test.testing.ts'

const plans = {
  parent: planOf({
    Child: { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } }, body: {} }, runAfter: {} },
    ...response('Child', "@body('Child')"),
  }),
  child: planOf({ ...call('Call'), ...response('Call', 'from the child') }),
  silent: planOf({ ...call('Call') }),
}

function family(child: 'child' | 'silent', parts: Parts = {}) {
  const under = runnerOf(plans, {
    ...parts,
    children: { startOf: () => under.request({ flowId: child, flowVersion: child }) },
  })
  const parent = () => under.request({ flowId: 'parent', flowVersion: 'parent' })
  return { ...under, parent }
}

describe('a child flow', () => {
  test('answers its parent', async () => {
    const { runner, parent, store, answers } = family('child')
    const { id } = await runner.start(parent())
    await settle()
    expect(store.summary(id)?.status).toBe('Succeeded')
    expect(answers.find((one) => one.run === id)?.answer.body).toBe('from the child')
    expect(store.summary(childRunId(id, 'Child#1'))?.status).toBe('Succeeded')
  })

  test('that ends without an answer fails the call', async () => {
    const { runner, parent, store } = family('silent')
    const { id } = await runner.start(parent())
    await settle()
    const outcome = store.read(id).find((event) => event.type === 'completed')
    expect(outcome).toMatchObject({ outcome: { error: { code: 'NoResponse' } } })
  })

  test('is found again after a crash, not started a second time', async () => {
    const store = memoryStore()
    const first = family('child', { store, script: () => undefined })
    const { id } = await first.runner.start(first.parent())
    await settle()
    expect(first.calls).toHaveLength(1)
    const second = family('child', { store })
    await second.runner.recover()
    await settle()
    expect(second.runner.list({})).toHaveLength(2)
    expect(second.runner.list({ statuses: ['Succeeded'] })).toHaveLength(2)
    expect(second.calls.map((one) => one.run)).toEqual([childRunId(id, 'Child#1')])
  })

  test('that answered while its parent was away has its answer read from its journal', async () => {
    const store = memoryStore()
    const away = { ...store, append: () => new Promise<never>(() => {}) }
    const first = family('child', { store: away, script: () => undefined })
    const { id } = await first.runner.start(first.parent())
    await settle()
    const second = family('child', { store })
    const child = childRunId(id, 'Child#1')
    const summary = store.summary(child)
    expect(summary?.status).toBe('Running')
    await store.append(
      child,
      1,
      [
        { type: 'completed', at: second.clock.now(), key: 'Call#1', outcome: ok },
        { type: 'finished', at: second.clock.now(), status: 'Succeeded', steps: 2 },
      ],
      { status: 'Succeeded', endedAt: second.clock.now() },
    )
    await second.runner.recover()
    await settle()
    expect(second.calls).toEqual([])
    expect(store.summary(id)?.status).toBe('Succeeded')
  })

  test('is cancelled with its parent', async () => {
    const { runner, parent, store } = family('child', { script: () => undefined })
    const { id } = await runner.start(parent())
    await settle()
    await runner.cancel(id)
    await settle()
    expect(store.summary(childRunId(id, 'Child#1'))?.status).toBe('Cancelled')
  })

  test('cannot be called where there are none', async () => {
    const { runner, request, store } = runnerOf(plans)
    const { id } = await runner.start(request({ flowVersion: 'parent' }))
    await settle()
    expect(store.read(id)).toMatchObject([
      { type: 'triggered' },
      { type: 'completed', outcome: { error: { code: 'WorkflowNotSupported' } } },
      { type: 'finished' },
    ])
  })
})

test('the id of a child follows from its parent and the call', () => {
  const parent = '08584343812854775807895050884CU49'
  const ids = ['A#1', 'A#2', 'B#1'].map((key) => childRunId(parent, key))
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).toMatch(/^\d{29}CU\d{2}$/)
  expect(childRunId(parent, 'A#1')).toBe(ids[0])
})
