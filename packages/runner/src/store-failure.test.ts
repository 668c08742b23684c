import { FlowsteadError } from '@flowstead/errors'
import { expect, test } from 'vitest'
import { memoryStore } from './memory-store.testing.ts'
import { call, planOf } from './plan-of.testing.ts'
import type { RunStore } from './ports.ts'
import { ok, runnerOf, settle } from './runner-under-test.testing.ts'

/** A store whose disk can be full; `lies` commits and then says it did not. */
function fillable(inner: RunStore) {
  const disk = { state: 'good' as 'good' | 'full' | 'lies' }
  const write = async <T>(commit: () => Promise<T>): Promise<T> => {
    if (disk.state === 'lies') await commit()
    if (disk.state !== 'good') throw new FlowsteadError('Store.Full', 'The disk is full.')
    return commit()
  }
  const store: RunStore = {
    ...inner,
    start: (...args) => write(() => inner.start(...args)),
    append: (...args) => write(() => inner.append(...args)),
    admit: (...args) => write(() => inner.admit(...args)),
  }
  return { disk, store }
}

const plan = planOf({ ...call('A'), ...call('B', 'A'), ...call('C', 'B') })

test.each(['full', 'lies'] as const)(
  'a disk that is %s in a run parks it; it goes on later and repeats nothing',
  async (state) => {
    const { disk, store } = fillable(memoryStore())
    const { runner, request, calls, clock, errors } = runnerOf(plan, { store, script: () => undefined })
    const { id } = await runner.start(request())
    disk.state = state
    calls[0]?.answer(ok)
    await settle()
    expect(store.summary(id)?.status).toBe('Running')
    expect(calls.map((one) => one.key)).toEqual(['A#1'])
    clock.advance(1_000)
    await settle()
    disk.state = 'good'
    clock.advance(2_000)
    await settle()
    expect(calls.map((one) => one.key)).toEqual(['A#1', 'B#1'])
    calls[1]?.answer(ok)
    await settle()
    calls[2]?.answer(ok)
    await settle()
    expect(store.summary(id)?.status).toBe('Succeeded')
    expect(store.read(id).map((event) => event.type)).toEqual([
      'triggered',
      'completed',
      'completed',
      'completed',
      'finished',
    ])
    expect(errors.length).toBeGreaterThan(0)
  },
)

test('an end that cannot be stored is stored later', async () => {
  const { disk, store } = fillable(memoryStore())
  const { runner, request, calls, clock, ends } = runnerOf(planOf(call('A')), {
    store,
    script: () => undefined,
  })
  const { id } = await runner.start(request())
  disk.state = 'full'
  calls[0]?.answer(ok)
  await settle()
  expect(ends).toEqual([])
  disk.state = 'good'
  clock.advance(1_000)
  await settle()
  expect(ends).toMatchObject([{ run: id, status: 'Succeeded' }])
})

test('a start is refused with the error of the store, and taken when there is space again', async () => {
  const { disk, store } = fillable(memoryStore())
  const { runner, request } = runnerOf(plan, { store })
  disk.state = 'full'
  await expect(runner.start(request())).rejects.toThrow(expect.objectContaining({ code: 'Store.Full' }))
  disk.state = 'good'
  await runner.start(request())
  await settle()
  expect(runner.list({ statuses: ['Succeeded'] })).toHaveLength(1)
})

test('a cancellation that cannot be stored is kept and stored later', async () => {
  const { disk, store } = fillable(memoryStore())
  const { runner, request, clock } = runnerOf(plan, { store, script: () => undefined })
  const { id } = await runner.start(request())
  disk.state = 'full'
  const cancelled = runner.cancel(id)
  await settle()
  disk.state = 'good'
  clock.advance(1_000)
  expect(await cancelled).toBe('cancelled')
  expect(store.summary(id)?.status).toBe('Cancelled')
})
