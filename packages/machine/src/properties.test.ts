import { parseJson, printJson, type Value } from '@flowstead/expressions'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Command } from './command.ts'
import { byPath, type Driving, drive, planOf } from './drive.testing.ts'
import { generatedFlow, outcomeByKey, pickBy } from './generated-flow.testing.ts'
import { type ActionRecord, history } from './history.ts'
import type { Observer } from './observer.ts'
import { replay } from './replay.ts'
import { expectedStatuses } from './second-opinion.testing.ts'
import type { RunState } from './state.ts'

const runs = { numRuns: 100 }
const any = generatedFlow({ withOrder: true })
const free = generatedFlow({ withOrder: false })
const order = fc.integer({ min: 0, max: 1_000_000 })

const driving = (seed: number, more: Driving = {}): Driving => ({
  outcome: outcomeByKey,
  pick: pickBy(seed, 'pass'),
  triggered: { caller: 'waiting' },
  ...more,
})
const text = (state: RunState) => printJson(state as unknown as Value)
const copyOf = (state: RunState) => parseJson(text(state)) as unknown as RunState
const opened = (commands: readonly Command[]) =>
  commands.flatMap((command) =>
    command.type === 'call' || command.type === 'wait' || command.type === 'await' ? [command.key] : [],
  )

test('a journal replays to the same state and history whatever the budget (M2)', () => {
  fc.assert(
    fc.property(any, order, (actions, seed) => {
      const plan = planOf(actions)
      const whole = drive(plan, driving(seed))
      for (const budget of [1, 3]) {
        const cut = drive(plan, driving(seed, { budget: () => budget }))
        expect(cut.events).toEqual(whole.events)
        expect(cut.commands).toEqual(whole.commands)
        expect(text(cut.state)).toBe(text(whole.state))
      }
      expect(text(replay(plan, whole.events))).toBe(text(whole.state))
      expect(history(plan, whole.events)).toEqual(history(plan, whole.events))
    }),
    runs,
  )
})

test('the state is the same with and without an observer after every event (M2)', () => {
  fc.assert(
    fc.property(any, order, (actions, seed) => {
      const plan = planOf(actions)
      const states: string[] = []
      const { events } = drive(
        plan,
        driving(seed, {
          after: (state) => {
            states.push(text(state))
            return state
          },
        }),
      )
      const observed = events.map((_, at) => text(stateWithObserver(plan, events.slice(0, at + 1))))
      expect(observed).toEqual(states)
    }),
    { numRuns: 40 },
  )
})

test('any order of completions ends legally, and no key is opened twice (M7, M8, M10)', () => {
  fc.assert(
    fc.property(any, order, (actions, seed) => {
      const plan = planOf(actions)
      const { state, events, commands } = drive(plan, driving(seed))
      expect(state).toMatchObject({ frames: {}, open: {}, ready: [] })
      expect(new Set(opened(commands)).size).toBe(opened(commands).length)
      expect(commands.filter((command) => command.type === 'finish')).toHaveLength(1)
      for (const record of history(plan, events).actions) {
        expect(record.status).not.toBe('Running')
        expect(record.endTime).toBeDefined()
      }
    }),
    runs,
  )
})

/** A record without what time decides. */
function timeless({ startTime, endTime, attempts, ...rest }: ActionRecord): object {
  return { ...rest, attempts: attempts?.map(({ tag, code }) => [tag, code]) }
}

const sorted = (records: readonly ActionRecord[]) =>
  records.map(timeless).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))

test('without shared variables every record is the same in any order (M16)', () => {
  fc.assert(
    fc.property(free, order, order, (actions, first, second) => {
      const plan = planOf(actions)
      const [one, other] = [first, second].map((seed) =>
        drive(plan, driving(seed, { pick: pickBy(seed, 'wait') })),
      )
      expect(sorted(history(plan, other?.events ?? []).actions)).toEqual(
        sorted(history(plan, one?.events ?? []).actions),
      )
      expect(other?.state.status).toBe(one?.state.status)
    }),
    runs,
  )
})

test('a second, recursive evaluator agrees with every status (M5, M15)', () => {
  fc.assert(
    fc.property(free, order, (actions, seed) => {
      const plan = planOf(actions)
      const { events } = drive(plan, driving(seed))
      const told = history(plan, events)
      const expected = expectedStatuses(
        actions as Parameters<typeof expectedStatuses>[0],
        byPath(told.actions),
      )
      const inRuns = told.actions.filter((record) => expected.has(record.path))
      expect(Object.fromEntries(inRuns.map(({ path, status }) => [path, status]))).toEqual(
        Object.fromEntries(expected),
      )
      // What the evaluator does not know of is in loops that made no repetition.
      for (const record of told.actions) if (!expected.has(record.path)) expect(record.status).toBe('Skipped')
    }),
    { numRuns: 200 },
  )
})

test('a JSON copy of the state goes on exactly as the original after every event (M13)', () => {
  fc.assert(
    fc.property(any, order, (actions, seed) => {
      const plan = planOf(actions)
      const straight = drive(plan, driving(seed))
      const copied = drive(plan, driving(seed, { after: copyOf }))
      expect(copied.events).toEqual(straight.events)
      expect(copied.commands).toEqual(straight.commands)
    }),
    runs,
  )
})

test('cancelling at any event ends cleanly and replays', () => {
  fc.assert(
    fc.property(any, order, fc.integer({ min: 1, max: 12 }), (actions, seed, cancelAt) => {
      const plan = planOf(actions)
      const { state, events, commands } = drive(plan, driving(seed, { cancelAt }))
      const wasCancelled = events.at(-1)?.type === 'cancelled'
      expect(state.status === 'Cancelled' || !wasCancelled).toBe(true)
      expect(text(replay(plan, events))).toBe(text(state))
      const closed = commands.flatMap((command) => (command.type === 'cancel' ? [command.key] : []))
      expect(new Set(closed).size).toBe(closed.length)
      expect(opened(commands)).toEqual(expect.arrayContaining(closed))
      for (const record of history(plan, events).actions) expect(record.status).not.toBe('Running')
    }),
    runs,
  )
})

test('values shown to an observer do not change later (M14)', () => {
  fc.assert(
    fc.property(any, order, (actions, seed) => {
      const plan = planOf(actions)
      const { events } = drive(plan, driving(seed))
      const shown: { readonly value: Value; readonly text: string }[] = []
      const keep = (value: Value | undefined) => {
        if (value !== undefined) shown.push({ value, text: printJson(value) })
      }
      replay(plan, events, {
        ...silent,
        inputs: (_place, value) => keep(value),
        ended: (_place, _run, outputs) => keep(outputs),
      })
      for (const { value, text: before } of shown) expect(printJson(value)).toBe(before)
    }),
    runs,
  )
})

const ignore = () => undefined
const silent: Observer = {
  started: ignore,
  inputs: ignore,
  opened: ignore,
  answered: ignore,
  recovered: ignore,
  ended: ignore,
  tracked: ignore,
  repetition: ignore,
  runEnded: ignore,
}

function stateWithObserver(plan: ReturnType<typeof planOf>, events: Parameters<typeof replay>[1]): RunState {
  return replay(plan, events, silent)
}
