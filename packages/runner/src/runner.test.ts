import { describe, expect, test } from 'vitest'
import { idempotencyKey } from './idempotency-key.ts'
import { memoryStore } from './memory-store.testing.ts'
import { call, planOf, response } from './plan-of.testing.ts'
import type { RunStore } from './ports.ts'
import { runIds } from './run-id.ts'
import { ok, runnerOf, settle } from './runner-under-test.testing.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const types = (store: RunStore, run: string) => store.read(run).map((event) => event.type)

/** Counts the commits of a store. */
function counting(store: RunStore) {
  const commits: string[] = []
  return {
    commits,
    store: {
      ...store,
      start: (...args: Parameters<RunStore['start']>) => {
        commits.push('start')
        return store.start(...args)
      },
      append: (...args: Parameters<RunStore['append']>) => {
        commits.push('append')
        return store.append(...args)
      },
    },
  }
}

describe('a run', () => {
  test('without outside effects costs one commit, and answers', async () => {
    const { store, commits } = counting(memoryStore())
    const { runner, request, answers, ends } = runnerOf(
      planOf({ Compose: { type: 'Compose', inputs: 1, runAfter: {} }, ...response('Compose') }),
      { store },
    )
    const { id, isDuplicate } = await runner.start(request())
    expect(isDuplicate).toBe(false)
    expect(commits).toEqual(['start'])
    expect(types(store, id)).toEqual(['triggered', 'finished'])
    expect(answers).toEqual([{ run: id, answer: expect.objectContaining({ statusCode: 200, body: 'done' }) }])
    expect(ends).toEqual([{ run: id, status: 'Succeeded', unanswered: false }])
    expect(store.summary(id)).toMatchObject({ status: 'Succeeded', endedAt: expect.any(Number) })
  })

  test('with one call journals triggered, completed, finished in two commits', async () => {
    const { store, commits } = counting(memoryStore())
    const { runner, request, calls } = runnerOf(planOf(call('Call')), { store })
    const { id } = await runner.start(request())
    await settle()
    expect(types(store, id)).toEqual(['triggered', 'completed', 'finished'])
    expect(commits).toEqual(['start', 'append'])
    expect(calls).toMatchObject([{ key: 'Call#1', idempotencyKey: `${id}/Call` }])
  })

  test('that never answers tells its caller so', async () => {
    const actions = { If: { type: 'If', expression: '@equals(1, 2)', actions: response(null), runAfter: {} } }
    const { runner, request, ends } = runnerOf(planOf(actions))
    const { id } = await runner.start(request())
    expect(ends).toEqual([{ run: id, status: 'Succeeded', unanswered: true }])
  })

  test('answers its caller before later actions end', async () => {
    const { runner, request, calls, answers, ends } = runnerOf(
      planOf({ ...response(null), ...call('Later', 'Response') }),
      { script: () => undefined },
    )
    await runner.start(request())
    expect(answers).toHaveLength(1)
    expect(ends).toHaveLength(0)
    calls[0]?.answer(ok)
    await settle()
    expect(ends).toMatchObject([{ status: 'Succeeded', unanswered: false }])
  })

  test('keeps an idempotency key over retries and waits between them as its policy says', async () => {
    const policy = { type: 'fixed', count: 2, interval: 'PT10S' }
    const plan = planOf(
      call('Call', null, { inputs: { method: 'POST', uri: 'http://127.0.0.1/', retryPolicy: policy } }),
    )
    const script = (command: { key: string }) => (command.key === 'Call#1' ? { transient: true } : ok)
    const { runner, request, calls, clock, store } = runnerOf(plan, { script })
    const { id } = await runner.start(request())
    await settle()
    expect(calls).toHaveLength(1)
    clock.advance(9_999)
    await settle()
    expect(calls).toHaveLength(1)
    clock.advance(1)
    await settle()
    expect(calls.map((one) => [one.key, one.idempotencyKey])).toEqual([
      ['Call#1', `${id}/Call`],
      ['Call#2', `${id}/Call`],
    ])
    expect(store.summary(id)?.status).toBe('Succeeded')
  })

  test('stores answers that come together in one append', async () => {
    const { store, commits } = counting(memoryStore())
    const { runner, request, calls } = runnerOf(planOf({ ...call('A'), ...call('B'), ...call('C') }), {
      store,
      script: () => undefined,
    })
    const { id } = await runner.start(request())
    for (const one of calls) one.answer(ok)
    await settle()
    expect(types(store, id)).toEqual(['triggered', 'completed', 'completed', 'completed', 'finished'])
    expect(commits.length).toBeLessThanOrEqual(3)
  })

  test('whose outcome comes after Terminate drops it', async () => {
    const plan = planOf({
      ...call('Slow'),
      ...call('Quick'),
      Terminate: {
        type: 'Terminate',
        inputs: { runStatus: 'Failed', runError: { code: 'X', message: 'x' } },
        runAfter: { Quick: ['Succeeded'] },
      },
    })
    const { runner, request, calls, store } = runnerOf(plan, {
      script: (command) => (command.key === 'Quick#1' ? ok : undefined),
    })
    const { id } = await runner.start(request())
    await settle()
    const slow = calls.find((one) => one.key === 'Slow#1')
    expect(slow?.signal.aborted).toBe(true)
    slow?.answer(ok)
    await settle()
    expect(types(store, id)).toEqual(['triggered', 'completed', 'finished'])
    expect(store.summary(id)).toMatchObject({ status: 'Failed' })
  })

  test('a host that throws fails the action, not the process', async () => {
    const plan = planOf(call('Call'))
    const { runner, request, errors, store } = runnerOf(plan, {
      script: () => {
        throw new Error('a bug')
      },
    })
    const { id } = await runner.start(request())
    await settle()
    expect(errors).toHaveLength(1)
    expect(store.summary(id)?.status).toBe('Failed')
  })

  test('of an unknown flow version is refused', async () => {
    const { runner, request } = runnerOf(planOf(call('Call')))
    await expect(runner.start(request({ flowVersion: 'v9' }))).rejects.toThrow(
      code('Runner.FlowVersionMissing'),
    )
  })

  test('with long pure work lets others go on, and can be cancelled in it', async () => {
    const plan = planOf({
      Loop: {
        type: 'Foreach',
        foreach: '@range(0, 50000)',
        actions: { Compose: { type: 'Compose', inputs: '@item()' } },
        runAfter: {},
      },
    })
    const { runner, request, store, settle: wait } = runnerOf(plan)
    const { id } = await runner.start(request())
    expect(store.summary(id)?.status).toBe('Running')
    expect(await runner.cancel(id, 'somebody')).toBe('cancelled')
    await wait()
    const journal = store.read(id)
    expect(journal.map((event) => event.type)).toEqual(['triggered', 'cancelled', 'finished'])
    expect(journal[1]).toMatchObject({ by: 'somebody', steps: expect.any(Number) })
    expect((journal[1] as { steps: number }).steps).toBeGreaterThan(0)
    expect(store.summary(id)?.status).toBe('Cancelled')
  })

  test('200 at once all end, each once', async () => {
    const { runner, request, ends, calls } = runnerOf(planOf({ ...call('A'), ...call('B', 'A') }))
    const started = await Promise.all(Array.from({ length: 200 }, () => runner.start(request())))
    await settle()
    expect(new Set(started.map((one) => one.id)).size).toBe(200)
    expect(ends).toHaveLength(200)
    expect(new Set(calls.map((one) => one.idempotencyKey)).size).toBe(400)
  })
})

describe('starting', () => {
  test('the same delivery five times at once makes one run', async () => {
    const { runner, request, calls } = runnerOf(planOf(call('Call')))
    const starts = Array.from({ length: 5 }, () => runner.start(request({ dedupeKey: 'delivery-1' })))
    const started = await Promise.all(starts)
    await settle()
    expect(new Set(started.map((one) => one.id)).size).toBe(1)
    expect(started.filter((one) => !one.isDuplicate)).toHaveLength(1)
    expect(calls).toHaveLength(1)
    expect(await runner.start(request({ dedupeKey: 'delivery-1' }))).toMatchObject({ isDuplicate: true })
  })

  test('many runs and a polling cursor are one commit', async () => {
    const { store, commits } = counting(memoryStore())
    const { runner, request } = runnerOf(planOf(call('Call')), { store, script: () => undefined })
    await runner.startMany([request(), request(), request()], { key: 'poll', value: 'next' })
    expect(commits).toEqual(['start'])
    expect(store.cursor('poll')).toBe('next')
    expect(runner.list({})).toHaveLength(3)
  })

  test('a run has the id its request was given', async () => {
    const { runner, request } = runnerOf(planOf(response(null)))
    const runId = runner.newRunId()
    expect(await runner.start(request({ runId }))).toEqual({ id: runId, isDuplicate: false })
  })

  test('a store that is full refuses the start, and nothing is run', async () => {
    const inner = memoryStore()
    const store = { ...inner, start: () => Promise.reject(Object.assign(new Error('full'), {})) }
    const { runner, request, calls } = runnerOf(planOf(call('Call')), { store })
    await expect(runner.start(request())).rejects.toThrow('full')
    expect(calls).toHaveLength(0)
  })
})

describe('cancelling', () => {
  test('ends a run that calls, and once only', async () => {
    const { runner, request, calls, store, ends } = runnerOf(planOf({ ...call('A'), ...call('B', 'A') }), {
      script: () => undefined,
    })
    const { id } = await runner.start(request())
    expect(await runner.cancel(id)).toBe('cancelled')
    expect(await runner.cancel(id)).toBe('ended')
    expect(await runner.cancel('nothing')).toBe('unknown')
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[0]?.answer(ok)
    await settle()
    expect(calls).toHaveLength(1)
    expect(store.summary(id)?.status).toBe('Cancelled')
    expect(ends).toMatchObject([{ status: 'Cancelled' }])
  })

  test('ends a run that waits for its instant', async () => {
    const wait = { type: 'Wait', inputs: { interval: { count: 30, unit: 'Day' } }, runAfter: {} }
    const { runner, request, clock, store } = runnerOf(planOf({ Wait: wait }))
    const { id } = await runner.start(request())
    expect(clock.pending()).toHaveLength(1)
    expect(await runner.cancel(id)).toBe('cancelled')
    expect(clock.pending()).toHaveLength(0)
    expect(store.summary(id)?.status).toBe('Cancelled')
  })
})

describe('waiting', () => {
  const hook = {
    Hook: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { method: 'POST', uri: 'http://127.0.0.1/', body: { to: '@{listCallbackUrl()}' } },
        unsubscribe: { method: 'POST', uri: 'http://127.0.0.1/off', body: {} },
      },
      runAfter: {},
    },
  }

  test('a callback ends the action; a second one is told that it is too late', async () => {
    const { runner, request, store, unsubscribed, calls } = runnerOf(planOf(hook))
    const { id } = await runner.start(request())
    await settle()
    expect(calls.map((one) => one.key)).toEqual(['Hook#1'])
    const answer = { headers: {}, body: { approved: true } }
    expect(await runner.callBack(id, 'Hook#callback', answer)).toBe('accepted')
    expect(await runner.callBack(id, 'Hook#callback', answer)).toBe('gone')
    expect(await runner.callBack('nothing', 'Hook#callback', answer)).toBe('unknown')
    expect(store.summary(id)?.status).toBe('Succeeded')
    expect(unsubscribed).toHaveLength(1)
  })

  test('a cancelled webhook is unsubscribed once', async () => {
    const { runner, request, unsubscribed } = runnerOf(planOf(hook))
    const { id } = await runner.start(request())
    await settle()
    await runner.cancel(id)
    expect(unsubscribed).toHaveLength(1)
  })

  test('a long wait is kept by its timer alone and ends at its instant', async () => {
    const plan = planOf({
      Wait: { type: 'Wait', inputs: { interval: { count: 30, unit: 'Day' } }, runAfter: {} },
      ...call('Call', 'Wait'),
    })
    const { runner, request, clock, calls } = runnerOf(plan)
    await runner.start(request())
    clock.advance(30 * 24 * 3600 * 1000 - 1)
    await settle()
    expect(calls).toHaveLength(0)
    clock.advance(1)
    await settle()
    expect(calls).toHaveLength(1)
  })

  test('a caller who left is not answered', async () => {
    const plan = planOf({ ...call('Call'), ...response('Call') })
    const { runner, request, calls, answers, store } = runnerOf(plan, { script: () => undefined })
    const { id } = await runner.start(request())
    await runner.callerLeft(id, 'timeout')
    calls[0]?.answer(ok)
    await settle()
    expect(answers).toEqual([])
    expect(types(store, id)).toEqual(['triggered', 'callerLeft', 'completed', 'finished'])
  })
})

describe('stopping', () => {
  test('lets calls in flight end, starts no others, and the next process goes on', async () => {
    const plan = planOf({ ...call('A'), ...call('B', 'A') })
    const first = runnerOf(plan, { script: () => undefined })
    const { id } = await first.runner.start(first.request())
    const stopped = first.runner.stop()
    await expect(first.runner.start(first.request())).rejects.toThrow(code('Runner.Stopping'))
    first.calls[0]?.answer(ok)
    await stopped
    expect(first.calls.map((one) => one.key)).toEqual(['A#1'])
    const second = runnerOf(plan, { store: first.store })
    expect(await second.runner.recover()).toEqual({ running: 1, waiting: 0 })
    await settle()
    expect(second.calls.map((one) => one.key)).toEqual(['B#1'])
    expect(second.store.summary(id)?.status).toBe('Succeeded')
  })

  test('a call that outlives the grace time is made again with the same key', async () => {
    const plan = planOf(call('A'))
    const first = runnerOf(plan, { script: () => undefined })
    await first.runner.start(first.request())
    const stopped = first.runner.stop(5_000)
    await settle()
    first.clock.advance(5_000)
    await stopped
    expect(first.calls[0]?.signal.aborted).toBe(true)
    first.calls[0]?.answer(ok)
    await settle()
    const second = runnerOf(plan, { store: first.store })
    await second.runner.recover()
    expect(second.calls[0]?.idempotencyKey).toBe(first.calls[0]?.idempotencyKey)
  })
})

describe('names', () => {
  test('run ids have the known shape and sort newest first', () => {
    const next = runIds(() => 0.999999999)
    const at = Date.UTC(2026, 0, 1)
    const ids = [next(at), next(at), next(at - 5_000), next(at + 1)]
    for (const id of ids) expect(id).toMatch(/^\d{29}CU\d{2}$/)
    expect([...ids].sort()).toEqual([...ids].reverse())
    expect(ids[0]?.startsWith('0858')).toBe(true)
  })

  test('an idempotency key can stand in a header, and different paths stay different', () => {
    const keys = ['Volání é', 'Vol', '\ud800', '\ud801', 'a b', 'a%20b'.replace('%', '%25')].map((path) =>
      idempotencyKey('1', path),
    )
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]+$/)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
