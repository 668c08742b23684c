/**
 * The process ends at every commit in turn; a new one on the same data must bring every run to the same end,
 * without performing a finished call again, and with the same key on calls it repeats.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallOutcome, FlowPlan } from '@flowstead/machine'
import { openStore } from '@flowstead/store-sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Death, dyingStore } from './dying-store.testing.ts'
import { call, planOf, response } from './plan-of.testing.ts'
import type { RunId, RunStore } from './ports.ts'
import { type RunnerUnderTest, runnerOf, type SeenCall, settle } from './runner-under-test.testing.ts'
import { type SimulatedClock, simulatedClock } from './simulated-clock.testing.ts'

const failing = { type: 'fixed', count: 3, interval: 'PT20S' }
const retried = (name: string) =>
  call(name, null, { inputs: { method: 'POST', uri: 'http://127.0.0.1/', retryPolicy: failing } })
const append = (after: string, name = 'Note') => ({
  [name]: {
    type: 'AppendToArrayVariable',
    inputs: { name: 'seen', value: `@body('${after}')` },
    runAfter: { [after]: ['Succeeded'] },
  },
})
const seen = {
  Seen: {
    type: 'InitializeVariable',
    inputs: { variables: [{ name: 'seen', type: 'Array', value: [] }] },
    runAfter: {},
  },
}

const flows: Record<string, object> = {
  'three calls in a row, with the answer in between': {
    ...call('A'),
    ...response('A', "@body('A')"),
    ...call('B', 'Response'),
    ...call('C', 'B'),
  },
  'parallel branches that join': {
    ...call('A'),
    ...call('B'),
    ...call('C'),
    Join: {
      type: 'Compose',
      inputs: ["@body('A')", "@body('B')", "@body('C')"],
      runAfter: { A: ['Succeeded'], B: ['Succeeded'], C: ['Succeeded'] },
    },
    ...call('D', 'Join'),
  },
  'a sequential loop that fills a variable': {
    ...seen,
    Loop: {
      type: 'Foreach',
      foreach: [1, 2, 3, 4],
      runtimeConfiguration: { concurrency: { repetitions: 1 } },
      actions: { ...call('Call'), ...append('Call') },
      runAfter: { Seen: ['Succeeded'] },
    },
    All: { type: 'Compose', inputs: "@variables('seen')", runAfter: { Loop: ['Succeeded'] } },
  },
  'a parallel loop': {
    Loop: {
      type: 'Foreach',
      foreach: [1, 2, 3, 4, 5],
      runtimeConfiguration: { concurrency: { repetitions: 3 } },
      actions: { ...call('Call'), ...call('Then', 'Call') },
      runAfter: {},
    },
  },
  'attempts with pauses': { ...retried('Weak'), ...call('After', 'Weak') },
  'a branch that fails and is handled': {
    Main: { type: 'Scope', actions: call('Fail'), runAfter: {} },
    ...call('Handle', null, { runAfter: { Main: ['Failed', 'TimedOut'] } }),
  },
  'a delay between calls': {
    ...call('A'),
    Delay: {
      type: 'Wait',
      inputs: { interval: { count: 5, unit: 'Minute' } },
      runAfter: { A: ['Succeeded'] },
    },
    ...call('B', 'Delay'),
  },
  'an Until that counts its turns': {
    Turns: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'turns', type: 'Integer', value: 0 }] },
      runAfter: {},
    },
    Loop: {
      type: 'Until',
      expression: "@equals(variables('turns'), 3)",
      limit: { count: 10, timeout: 'PT1H' },
      actions: {
        ...call('Call'),
        Delay: {
          type: 'Wait',
          inputs: { interval: { count: 20, unit: 'Second' } },
          runAfter: { Call: ['Succeeded'] },
        },
        Count: {
          type: 'IncrementVariable',
          inputs: { name: 'turns', value: 1 },
          runAfter: { Delay: ['Succeeded'] },
        },
      },
      runAfter: { Turns: ['Succeeded'] },
    },
    All: { type: 'Compose', inputs: "@variables('turns')", runAfter: { Loop: ['Succeeded'] } },
  },
  'Terminate beside a call': {
    ...call('Slow'),
    ...call('Quick'),
    Terminate: { type: 'Terminate', inputs: { runStatus: 'Cancelled' }, runAfter: { Quick: ['Succeeded'] } },
  },
}

/** Answers follow from the key alone, so that every life of a run sees the same outside. */
function outside({ key }: { key: string }): CallOutcome | undefined {
  if (key.startsWith('Weak#') && !key.endsWith('#3')) return { transient: true }
  if (key.startsWith('Fail#')) return { outputs: { statusCode: 400, headers: {}, body: 'no' } }
  if (key.startsWith('Slow#')) return undefined
  return { outputs: { statusCode: 200, headers: {}, body: `answer to ${key}` } }
}

const dedupeKey = 'delivery-1'

/** One life of the process after another, over the same data, clock and outside. */
class World {
  readonly clock: SimulatedClock = simulatedClock()
  readonly calls: SeenCall[] = []
  private readonly folder = mkdtempSync(join(tmpdir(), 'flowstead-crash-'))
  private readonly plan: FlowPlan
  private store: RunStore | undefined

  constructor(plan: FlowPlan) {
    this.plan = plan
  }

  async life(death: Death | null): Promise<{ process: RunnerUnderTest; isDead: () => boolean }> {
    await this.store?.close()
    this.store = openStore(this.folder)
    const dying = death === null ? null : dyingStore(this.store, death)
    const { clock, calls } = this
    const process = runnerOf(this.plan, { store: dying ?? this.store, clock, calls, script: outside })
    return { process, isDead: dying?.isDead ?? (() => false) }
  }

  async dispose(): Promise<void> {
    await this.store?.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Moves time on until the run has ended or its process has. */
async function toTheEnd({ process, isDead }: Awaited<ReturnType<World['life']>>): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await settle()
    if (isDead() || process.runner.list({}).every((run) => run.endedAt !== null)) return
    process.clock.advance(10_000)
  }
  throw new Error('The run does not come to its end.')
}

/** What must be the same, crash or no crash. */
function result(process: RunnerUnderTest, id: RunId) {
  const history = process.runner.history(id)
  const actions = history?.actions.map(({ path, status, code, outputs }) => ({ path, status, code, outputs }))
  return {
    status: process.store.summary(id)?.status,
    actions: actions?.sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
}

async function undisturbed(plan: FlowPlan) {
  const world = new World(plan)
  const life = await world.life(null)
  const { id } = await life.process.runner.start(life.process.request({ dedupeKey, caller: 'polling' }))
  await toTheEnd(life)
  const outcome = result(life.process, id)
  await world.dispose()
  return outcome
}

/** Lives one after another with these deaths, then one that lasts. Resolves to whether the last death came. */
async function livesWith(plan: FlowPlan, deaths: readonly Death[], expected: unknown): Promise<boolean> {
  const world = new World(plan)
  let lastDied = false
  for (const death of [...deaths, null]) {
    const life = await world.life(death)
    const { runner, store, request } = life.process
    const finished = completedKeys(store)
    const before = world.calls.length
    void runner.recover()
    await settle()
    // The client has had no answer, so it delivers again.
    void runner.start(request({ dedupeKey, caller: 'polling' }))
    await toTheEnd(life)
    if (death !== null) lastDied = life.isDead()
    const repeated = world.calls.slice(before).filter((one) => finished.has(`${one.run} ${one.key}`))
    expect(repeated.map((one) => one.key)).toEqual([])
    if (death !== null) continue
    const runs = runner.list({})
    expect(runs).toHaveLength(1)
    expect(result(life.process, (runs[0] as { id: RunId }).id)).toEqual(expected)
  }
  expectStableKeys(world.calls)
  await world.dispose()
  return lastDied
}

function completedKeys(store: RunStore): Set<string> {
  const keys = store.list({}).flatMap(({ id }) =>
    store
      .read(id)
      .filter((event) => event.type === 'completed')
      .map((event) => `${id} ${event.key}`),
  )
  return new Set(keys)
}

/** Attempts of one action carry one key, other actions other keys. */
function expectStableKeys(calls: readonly SeenCall[]): void {
  const keys = new Map<string, string>()
  for (const { run, key, idempotencyKey } of calls) {
    const action = `${run} ${key.slice(0, key.lastIndexOf('#'))}`
    expect(keys.get(action) ?? idempotencyKey).toBe(idempotencyKey)
    keys.set(action, idempotencyKey)
  }
  expect(new Set(keys.values()).size).toBe(keys.size)
}

describe.each(Object.entries(flows))('%s', (_name, actions) => {
  const plan = planOf(actions)

  test.each(['before', 'after'] as const)('survives the end of the process %s any commit', async (when) => {
    const expected = await undisturbed(plan)
    let hasDied = true
    let at = 1
    for (; hasDied && at < 60; at++) hasDied = await livesWith(plan, [{ at, when }], expected)
    expect(at).toBeGreaterThan(3)
    expect(hasDied).toBe(false)
  })
})

describe('a queue of runs under a limit of one', () => {
  const plan = planOf(
    { ...call('A'), ...call('B', 'A') },
    { runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 9 } } },
  )

  /** Three deliveries, a death, the deliveries again; gives the order in which the runs called. */
  async function orderAfter(death: Death | null) {
    const world = new World(plan)
    let hasDied = false
    for (const one of death === null ? [null] : [death, null]) {
      const life = await world.life(one)
      const { runner, request } = life.process
      // Ids sort by time, and two processes do not live in the same millisecond.
      world.clock.advance(1)
      void runner.recover()
      await settle()
      for (const key of ['1', '2', '3']) void runner.start(request({ dedupeKey: key, caller: 'polling' }))
      await toTheEnd(life)
      hasDied ||= life.isDead()
      if (one !== null) continue
      const runs = runner.list({})
      expect(runs.map((run) => run.status)).toEqual(['Succeeded', 'Succeeded', 'Succeeded'])
      for (const run of runs) {
        const types = life.process.store.read(run.id).map((event) => event.type)
        expect(types.filter((type) => type !== 'recovered')).toEqual([
          'triggered',
          'completed',
          'completed',
          'finished',
        ])
      }
    }
    expectStableKeys(world.calls)
    const order = [...new Set(world.calls.map((one) => one.run))]
    expect(order).toEqual([...order].sort().reverse())
    await world.dispose()
    return hasDied
  }

  test.each(['before', 'after'] as const)(
    'keeps its order and loses nobody when the process ends %s any commit',
    async (when) => {
      let at = 1
      while (await orderAfter({ at, when })) at += 1
      expect(at).toBeGreaterThan(8)
    },
  )
})

describe('three deaths in a row', () => {
  test('while recovering from each other still lead to the same end', async () => {
    const plan = planOf(flows['three calls in a row, with the answer in between'] as object)
    const expected = await undisturbed(plan)
    for (const first of [1, 2, 3]) {
      for (const second of [1, 2, 3]) {
        const deaths: Death[] = [
          { at: first, when: 'after' },
          { at: second, when: 'before' },
          { at: 1, when: 'after' },
        ]
        await livesWith(plan, deaths, expected)
      }
    }
  })
})

describe('a new process', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowstead-crash-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('keeps the rest of a pause, and takes one that passed meanwhile at once', async () => {
    const plan = planOf(retried('Weak'))
    const clock = simulatedClock()
    const store = openStore(folder)
    const first = runnerOf(plan, { store, clock, script: outside })
    await first.runner.start(first.request())
    await settle()
    clock.advance(15_000)
    await store.close()
    const again = openStore(folder)
    const second = runnerOf(plan, { store: again, clock, script: outside })
    await second.runner.recover()
    expect(second.calls).toEqual([])
    clock.advance(5_000)
    await settle()
    expect(second.calls.map((one) => one.key)).toEqual(['Weak#2'])
    await again.close()
    clock.advance(3_600_000)
    const last = openStore(folder)
    const third = runnerOf(plan, { store: last, clock, script: outside })
    await third.runner.recover()
    clock.advance(0)
    await settle()
    expect(third.calls.map((one) => one.key)).toEqual(['Weak#3'])
    await last.close()
  })

  test('shows the interrupted attempt as one with unknown outcome, and tells the caller nothing twice', async () => {
    const plan = planOf({ ...response(null), ...call('Slow', 'Response') })
    const store = openStore(folder)
    const first = runnerOf(plan, { store, script: () => undefined })
    const { id } = await first.runner.start(first.request())
    expect(first.answers).toHaveLength(1)
    const second = runnerOf(plan, { store })
    await second.runner.recover()
    await settle()
    expect(second.answers).toEqual([])
    expect(store.read(id).map((event) => event.type)).toEqual([
      'triggered',
      'recovered',
      'completed',
      'finished',
    ])
    const attempts = second.runner.history(id)?.actions.find((one) => one.name === 'Slow')?.attempts
    expect(attempts?.some((attempt) => attempt.hasUnknownOutcome)).toBe(true)
    await store.close()
  })

  test('goes on with others when a run cannot be replayed, and fails that one by name', async () => {
    const plans = { v1: planOf(call('A')), v2: planOf(call('B')) }
    const store = openStore(folder)
    const first = runnerOf(plans, { store, script: () => undefined })
    const broken = await first.runner.start(first.request())
    const good = await first.runner.start(first.request({ flowVersion: 'v2' }))
    await store.append(broken.id, 1, [{ type: 'due', at: 0, key: 'Nothing#1' }])
    const second = runnerOf(plans, { store })
    await second.runner.recover()
    await settle()
    expect(store.summary(good.id)?.status).toBe('Succeeded')
    expect(store.summary(broken.id)).toMatchObject({
      status: 'Failed',
      error: { code: 'Machine.JournalMismatch' },
    })
    expect(second.errors).toHaveLength(1)
    expect(store.unfinished()).toEqual([])
    await store.close()
  })

  test('leaves a finished run as it is', async () => {
    const store = openStore(folder)
    const first = runnerOf(planOf(call('A')), { store })
    const { id } = await first.runner.start(first.request())
    await settle()
    const journal = store.read(id)
    const second = runnerOf(planOf(call('A')), { store })
    expect(await second.runner.recover()).toEqual({ running: 0, waiting: 0 })
    expect(await second.runner.cancel(id)).toBe('ended')
    expect(store.read(id)).toEqual(journal)
    await store.close()
  })
})
