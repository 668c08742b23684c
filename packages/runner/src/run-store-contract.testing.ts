import type { ObjectValue } from '@flowstead/expressions'
import type { Completed, RunEvent } from '@flowstead/machine'
import { describe, expect, test } from 'vitest'
import type { NewRun, RunStore } from './ports.ts'

/** A store under test; `reopen` gives a second one on what the first has committed. */
export interface StoreUnderTest {
  readonly store: RunStore
  /** Absent for a store that keeps nothing beyond its life. */
  reopen?(): Promise<RunStore>
  dispose(): Promise<void>
}

const hour = 3_600_000
const conflict = expect.objectContaining({ code: 'Store.Conflict' })

const due = (at: number, key: string): RunEvent => ({ type: 'due', at, key })
const finished = (at: number): RunEvent => ({ type: 'finished', at, status: 'Succeeded', steps: 1 })

/** Newer runs have smaller ids, as the real ones. */
function run(n: number, more: Partial<NewRun> = {}): NewRun {
  return {
    id: `${String(1000 - n).padStart(29, '0')}CU00`,
    flowId: 'flow-a',
    flowVersion: 'v1',
    triggerName: 'manual',
    startedAt: n,
    status: 'Running',
    events: [due(n, 'first')],
    ...more,
  }
}

/** What every RunStore has to do. */
export function runStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  const claim = (text: string, body: (store: RunStore, under: StoreUnderTest) => Promise<void>) =>
    test(text, async () => {
      const under = await make()
      try {
        await body(under.store, under)
      } finally {
        await under.dispose()
      }
    })

  describe(`${name} as a RunStore`, () => {
    claim('a started run can be read, summed up and listed', async (store) => {
      const one = run(1)
      expect(await store.start([one])).toEqual([{ id: one.id, isDuplicate: false }])
      expect(store.read(one.id)).toEqual([due(1, 'first')])
      const summary = {
        id: one.id,
        flowId: 'flow-a',
        flowVersion: 'v1',
        triggerName: 'manual',
        startedAt: 1,
        endedAt: null,
        status: 'Running',
        error: null,
      }
      expect(store.summary(one.id)).toEqual(summary)
      expect(store.list({})).toEqual([summary])
    })

    claim('an unknown run has no entries and no summary', async (store) => {
      expect(store.read('none')).toEqual([])
      expect(store.summary('none')).toBeUndefined()
      await expect(store.append('none', 0, [due(1, 'a')])).rejects.toThrow(conflict)
    })

    claim('entries stay in order over several appends', async (store) => {
      const one = run(1)
      await store.start([one])
      await store.append(one.id, 1, [due(2, 'a'), due(3, 'b')])
      await store.append(one.id, 3, [due(4, 'c')])
      expect(store.read(one.id).map((event) => event.at)).toEqual([1, 2, 3, 4])
    })

    claim('an append after another length is refused and adds nothing', async (store) => {
      const one = run(1)
      await store.start([one])
      await expect(store.append(one.id, 0, [due(2, 'a')])).rejects.toThrow(conflict)
      await expect(store.append(one.id, 2, [due(2, 'a')])).rejects.toThrow(conflict)
      expect(store.read(one.id)).toHaveLength(1)
    })

    claim(
      'of two appends at once with the same length one wins, and others are not touched',
      async (store) => {
        const [one, two] = [run(1), run(2)]
        await store.start([one, two])
        const results = await Promise.allSettled([
          store.append(one.id, 1, [due(2, 'a')]),
          store.append(one.id, 1, [due(2, 'b')]),
          store.append(two.id, 1, [due(2, 'c')]),
        ])
        expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
        expect(store.read(one.id)).toEqual([due(1, 'first'), due(2, 'a')])
        expect(store.read(two.id)).toHaveLength(2)
      },
    )

    claim('a finished run never changes again', async (store) => {
      const one = run(1)
      await store.start([one])
      const error = { code: 'ActionFailed', message: 'An action failed.' }
      await store.append(one.id, 1, [finished(2)], { status: 'Failed', endedAt: 2, error })
      await expect(store.append(one.id, 2, [due(3, 'a')], { status: 'Running' })).rejects.toThrow(conflict)
      expect(store.summary(one.id)).toMatchObject({ status: 'Failed', endedAt: 2, error })
      expect(store.unfinished()).toEqual([])
    })

    claim('a run that ended at once is stored as ended', async (store) => {
      const one = run(1, { status: 'Succeeded', ended: { endedAt: 5 }, events: [due(1, 'a'), finished(5)] })
      await store.start([one])
      expect(store.summary(one.id)).toMatchObject({ status: 'Succeeded', endedAt: 5, error: null })
      await expect(store.append(one.id, 2, [due(3, 'a')])).rejects.toThrow(conflict)
    })

    claim('the same deduplication key gives the first run for 24 hours', async (store) => {
      const [first, again] = [run(1, { dedupeKey: 'k' }), run(2, { dedupeKey: 'k' })]
      await store.start([first])
      expect(await store.start([again])).toEqual([{ id: first.id, isDuplicate: true }])
      expect(store.read(again.id)).toEqual([])
      expect(store.duplicate('flow-a', 'k', 2)).toBe(first.id)
      const elsewhere = run(3, { dedupeKey: 'k', flowId: 'flow-b' })
      const later = run(4, { dedupeKey: 'k', startedAt: 1 + 24 * hour })
      expect(await store.start([elsewhere, later])).toEqual([
        { id: elsewhere.id, isDuplicate: false },
        { id: later.id, isDuplicate: false },
      ])
      expect(store.duplicate('flow-a', 'k', 24 * hour)).toBe(later.id)
    })

    claim('the same key five times at once makes one run', async (store) => {
      const starts = [1, 2, 3, 4, 5].map((n) => store.start([run(n, { dedupeKey: 'k' })]))
      const started = (await Promise.all(starts)).flat()
      expect(started.filter((one) => !one.isDuplicate)).toHaveLength(1)
      expect(new Set(started.map((one) => one.id)).size).toBe(1)
      expect(store.list({})).toHaveLength(1)
    })

    claim('a cursor and its runs are kept together', async (store) => {
      expect(store.cursor('poll')).toBeUndefined()
      await store.start([run(1), run(2)], { key: 'poll', value: 'page-2' })
      await store.start([], { key: 'poll', value: 'page-3' })
      expect(store.cursor('poll')).toBe('page-3')
      expect(store.list({})).toHaveLength(2)
    })

    claim('a batch with a run that exists stores nothing, and no cursor', async (store) => {
      await store.start([run(1)])
      const batch = store.start([run(2), run(1)], { key: 'poll', value: 'x' })
      await expect(batch).rejects.toThrow()
      expect(store.list({})).toHaveLength(1)
      expect(store.cursor('poll')).toBeUndefined()
    })

    claim('a waiting run is admitted once, with the journal it begins with', async (store) => {
      const one = run(1, { status: 'Waiting' })
      await store.start([one])
      await store.admit(one.id, [due(50, 'first')], { status: 'Running' })
      expect(store.read(one.id)).toEqual([due(50, 'first')])
      expect(store.summary(one.id)).toMatchObject({ status: 'Running', startedAt: 1 })
      await expect(store.admit(one.id, [due(60, 'first')], { status: 'Running' })).rejects.toThrow(conflict)
      await store.append(one.id, 1, [due(70, 'a')])
    })

    claim('lists are newest first, filtered and paged', async (store) => {
      await store.start([run(1), run(2, { flowId: 'flow-b' }), run(3), run(4, { status: 'Waiting' }), run(5)])
      await store.append(run(3).id, 1, [finished(9)], { status: 'Failed', endedAt: 9 })
      const starts = (filter: Parameters<RunStore['list']>[0]) =>
        store.list(filter).map((one) => one.startedAt)
      expect(starts({})).toEqual([5, 4, 3, 2, 1])
      expect(starts({ flowId: 'flow-a' })).toEqual([5, 4, 3, 1])
      expect(starts({ statuses: ['Running', 'Failed'] })).toEqual([5, 3, 2, 1])
      expect(starts({ statuses: [] })).toEqual([])
      expect(starts({ flowId: 'flow-a', statuses: ['Running'] })).toEqual([5, 1])
      expect(starts({ limit: 2 })).toEqual([5, 4])
      expect(starts({ limit: 2, before: run(4).id })).toEqual([3, 2])
      expect(starts({ flowId: 'flow-a', limit: 2, before: run(4).id })).toEqual([3, 1])
      expect(store.unfinished().map((one) => one.startedAt)).toEqual([1, 2, 4, 5])
    })

    claim('hostile keys, big integers and exact decimals come back as they were', async (store) => {
      const body = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"text":"\\u0000\\ud800 🌍"}')
      const event: RunEvent = {
        type: 'completed',
        at: 1,
        key: 'A#1',
        outcome: { outputs: { statusCode: 200, big: 9007199254740993n, body } },
      }
      const one = run(1, { events: [event] })
      await store.start([one])
      const [back] = store.read(one.id)
      expect(back).toEqual(event)
      const { outputs } = (back as Completed).outcome
      expect(JSON.stringify((outputs as ObjectValue).body)).toBe(JSON.stringify(body))
    })

    claim('what was committed is there after reopening', async (store, under) => {
      if (under.reopen === undefined) return
      const one = run(1, { dedupeKey: 'k' })
      await store.start([one], { key: 'poll', value: 'x' })
      await store.append(one.id, 1, [due(2, 'a')])
      const again = await under.reopen()
      expect(again.read(one.id)).toHaveLength(2)
      expect(again.unfinished()).toHaveLength(1)
      expect(again.cursor('poll')).toBe('x')
      expect(await again.start([run(2, { dedupeKey: 'k' })])).toEqual([{ id: one.id, isDuplicate: true }])
    })

    claim('closing waits for what was asked before', async (store, under) => {
      if (under.reopen === undefined) return
      const pending = store.start([run(1)])
      const again = await under.reopen()
      await pending
      expect(again.list({})).toHaveLength(1)
    })
  })
}
