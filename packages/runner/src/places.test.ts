import { expect, test } from 'vitest'
import { memoryStore } from './memory-store.testing.ts'
import { call, planOf } from './plan-of.testing.ts'
import { runLimit } from './run-limit.ts'
import { ok, runnerOf, settle } from './runner-under-test.testing.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const limited = (concurrency: object) => planOf(call('Call'), { runtimeConfiguration: { concurrency } })
const one = limited({ runs: 1, maximumWaitingRuns: 10 })

/** Answers the oldest open call `count` times. */
async function answerOldest(calls: { answer(outcome: typeof ok): void }[], count: number) {
  for (let n = 0; n < count; n++) {
    calls[n]?.answer(ok)
    await settle()
  }
}

test.each([
  [{ runtimeConfiguration: { concurrency: { runs: 4 } } }, { runs: 4, waiting: 14 }],
  [{ runtimeConfiguration: { concurrency: { runs: 4, maximumWaitingRuns: 2 } } }, { runs: 4, waiting: 2 }],
  [{ runtimeConfiguration: { concurrency: { runs: 1000 } } }, { runs: 100, waiting: 100 }],
  [{ operationOptions: 'SuppressWorkflowHeaders, singleInstance' }, { runs: 1, waiting: 11 }],
  [{ runtimeConfiguration: {} }, undefined],
  [{}, undefined],
])('the limit of %j is %j', (raw, expected) => {
  const trigger = { name: 't', type: 'Request', kind: undefined, pointer: '' }
  expect(runLimit({ ...trigger, raw: raw as never })).toEqual(expected)
})

test('above the limit runs wait in order of arrival, and above the waiting limit they are refused', async () => {
  const { runner, request, calls, clock, store } = runnerOf(one, { script: () => undefined })
  const started = []
  for (let n = 0; n < 11; n++) {
    started.push(await runner.start(request()))
    clock.advance(1)
  }
  await expect(runner.start(request())).rejects.toThrow(code('Runner.TooManyWaiting'))
  expect(started.map(({ id }) => store.summary(id)?.status)).toEqual([
    'Running',
    ...new Array(10).fill('Waiting'),
  ])
  expect(runner.history(started[3]?.id as string)).toMatchObject({ run: { status: 'Waiting' }, actions: [] })
  await answerOldest(calls, 11)
  expect(calls.map((seen) => seen.run)).toEqual(started.map(({ id }) => id))
  expect(runner.list({ statuses: ['Succeeded'] })).toHaveLength(11)
})

test('20 at once run one after another', async () => {
  const plan = limited({ runs: 1, maximumWaitingRuns: 50 })
  let open = 0
  let most = 0
  const { runner, request, calls, ends } = runnerOf(plan, { script: () => undefined })
  await Promise.all(Array.from({ length: 20 }, () => runner.start(request())))
  for (let n = 0; n < 20; n++) {
    open = calls.length - n
    most = Math.max(most, open)
    await answerOldest([calls[n] as (typeof calls)[0]], 1)
  }
  expect(most).toBe(1)
  expect(ends).toHaveLength(20)
})

test('a run that waited begins with the instant of its beginning', async () => {
  const { runner, request, calls, clock, store } = runnerOf(one, { script: () => undefined })
  await runner.start(request())
  const { id } = await runner.start(request())
  const arrived = clock.now()
  clock.advance(60_000)
  await answerOldest(calls, 1)
  expect(store.read(id)[0]).toMatchObject({ type: 'triggered', at: arrived + 60_000 })
  expect(store.summary(id)).toMatchObject({ status: 'Running', startedAt: arrived })
})

test('waiting runs keep their order over a restart, and a waiting caller is gone', async () => {
  const store = memoryStore()
  const first = runnerOf(one, { store, script: () => undefined })
  const started = []
  for (let n = 0; n < 4; n++) started.push(await first.runner.start(first.request()))
  const second = runnerOf(one, { store, script: () => undefined })
  expect(await second.runner.recover()).toEqual({ running: 1, waiting: 3 })
  await answerOldest(second.calls, 4)
  expect(second.calls.map((seen) => seen.run)).toEqual(started.map(({ id }) => id))
  expect(store.read(started[1]?.id as string)[0]).toMatchObject({ caller: 'none' })
})

test('a cancelled run leaves the queue, and never calls', async () => {
  const { runner, request, calls, store } = runnerOf(one, { script: () => undefined })
  await runner.start(request())
  const { id } = await runner.start(request())
  const third = await runner.start(request())
  expect(await runner.cancel(id, 'me')).toBe('cancelled')
  expect(store.summary(id)?.status).toBe('Cancelled')
  expect(store.read(id).map((event) => event.type)).toEqual(['triggered', 'cancelled', 'finished'])
  await answerOldest(calls, 2)
  expect(calls.map((seen) => seen.run)).not.toContain(id)
  expect(store.summary(third.id)?.status).toBe('Succeeded')
})

test('a duplicate or a refused start gives its place back', async () => {
  const store = memoryStore()
  let isFull = true
  const failing = {
    ...store,
    start: (...args: Parameters<typeof store.start>) =>
      isFull ? Promise.reject(new Error('full')) : store.start(...args),
  }
  const { runner, request, calls } = runnerOf(one, { store: failing })
  await expect(runner.start(request())).rejects.toThrow('full')
  isFull = false
  await Promise.all([1, 2, 3].map(() => runner.start(request({ dedupeKey: 'same' }))))
  await settle()
  await runner.start(request())
  await settle()
  expect(calls).toHaveLength(2)
  expect(runner.list({ statuses: ['Succeeded'] })).toHaveLength(2)
})
