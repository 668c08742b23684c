import { parseJson, printJson, type Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { advance } from './advance.ts'
import {
  after,
  answer,
  compose,
  drive,
  http,
  planOf,
  run,
  startAt,
  triggered,
  verdicts,
} from './drive.testing.ts'
import type { RunEvent } from './event.ts'
import { history } from './history.ts'
import { replay } from './replay.ts'
import { newState, openCommands } from './state.ts'

const codeOf = (code: string) => expect.objectContaining({ code })
const twoCalls = { A: http(), B: http(after('A')) }
const completed = (key: string, at = startAt + 1_000): RunEvent => ({
  type: 'completed',
  at,
  key,
  outcome: answer(200),
})

describe('the fold', () => {
  test('six pure actions and one call journal two events and finish', () => {
    const { events, commands } = run({
      A: compose(1),
      B: compose(2),
      C: compose(3),
      D: http(),
      E: compose(4, after('D')),
    })
    expect(events.map((event) => event.type)).toEqual(['triggered', 'completed'])
    expect(commands.map((command) => command.type)).toEqual(['call', 'finish'])
  })

  test('an event before the work of the last is done is refused, cancelling is not', () => {
    const plan = planOf({ A: compose(1), B: compose(2, after('A')) })
    const state = newState()
    expect(advance(plan, state, triggered(), { budget: 1 })).toEqual({ commands: [], more: true })
    expect(() => advance(plan, state, completed('A#1'))).toThrow(codeOf('Machine.Busy'))
    const cancelled: RunEvent = { type: 'cancelled', at: startAt, steps: state.steps }
    expect(advance(plan, state, cancelled).commands).toMatchObject([{ type: 'finish', status: 'Cancelled' }])
  })

  test.each([
    ['a key that is not open', completed('Z#1')],
    ['a key of a foreign object', completed('__proto__')],
    ['a wait for a call', { type: 'due', at: startAt, key: 'A#1' } satisfies RunEvent],
    ['a second start', triggered()],
  ])('%s does not fit the journal', (_title, event) => {
    const plan = planOf(twoCalls)
    const state = newState()
    advance(plan, state, triggered())
    expect(() => advance(plan, state, event)).toThrow(codeOf('Machine.JournalMismatch'))
  })

  test('an ended run takes no event', () => {
    const { plan, state } = run({ A: compose(1) })
    expect(() => advance(plan, state, completed('A#1'))).toThrow(codeOf('Machine.RunEnded'))
    expect(state).toMatchObject({ frames: {}, open: {}, ready: [], variables: [] })
  })

  test('a journal that ends otherwise than its replay is refused', () => {
    const { plan, events } = run({ A: compose(1) })
    const finished: RunEvent = { type: 'finished', at: startAt, status: 'Failed', steps: 2 }
    expect(() => replay(plan, [...events, finished])).toThrow(codeOf('Machine.JournalMismatch'))
  })

  test('a circle of actions is refused when compiled', () => {
    expect(() => planOf({ A: compose(1, after('B')), B: compose(1, after('A')) })).toThrow(
      codeOf('Machine.Cycle'),
    )
  })

  test('a finished repetition leaves nothing behind', () => {
    const loop = { type: 'Foreach', foreach: '@range(0, 50)', actions: { A: http() } }
    let most = 0
    run(
      { Loop: loop },
      {
        after: (state) => {
          most = Math.max(most, Object.keys(state.frames).length)
          return state
        },
      },
    )
    expect(most).toBe(2)
  })
})

describe('recovery', () => {
  const plan = planOf(twoCalls)
  const events = [triggered(), completed('A#1')]

  test('what was open is open after replay, with the same key and path', () => {
    expect(openCommands(replay(plan, events))).toMatchObject([{ type: 'call', key: 'B#1', path: 'B' }])
  })

  test('history shows the attempt that the crash cut off', () => {
    const at = startAt + 60_000
    const recovered: RunEvent = { type: 'recovered', at, outstanding: ['B#1'] }
    const told = history(plan, [...events, recovered, completed('B#1', at + 1_000)])
    expect(told.actions.find((record) => record.name === 'B')?.attempts).toMatchObject([
      { tag: '1', hasUnknownOutcome: true },
      { tag: '1', code: 'OK' },
    ])
  })

  test('an unfinished run shows what runs', () => {
    const told = history(plan, events)
    expect(told.run.status).toBe('Running')
    expect(verdicts(told.actions)).toEqual({ A: 'Succeeded', B: 'Running' })
    expect(told.actions[1]?.endTime).toBeUndefined()
  })
})

describe('cancelling', () => {
  const loop = {
    type: 'Until',
    expression: '@false',
    limit: { count: 100 },
    actions: { A: compose('@guid()') },
  }

  test('in the middle of pure work replays to the same step', () => {
    const plan = planOf({ Loop: loop })
    const state = newState()
    advance(plan, state, triggered(), { budget: 17 })
    const cancelled: RunEvent = { type: 'cancelled', at: startAt + 5, steps: state.steps }
    advance(plan, state, cancelled)
    const replayed = replay(plan, [triggered(), cancelled])
    expect(replayed).toEqual(state)
    expect(replayed.steps).toBe(17)
  })

  test('closes what is open and cancels what runs', () => {
    const { commands, history: told } = run({ S: { type: 'Scope', actions: twoCalls } }, { cancelAt: 1 })
    expect(commands.slice(1)).toEqual([
      { type: 'cancel', key: 'A#1' },
      { type: 'finish', status: 'Cancelled', unanswered: false },
    ])
    expect(verdicts(told.actions)).toEqual({ S: 'Cancelled', A: 'Cancelled', B: 'Skipped' })
  })
})

describe('callers', () => {
  test('a Response after the caller left is skipped', () => {
    const plan = planOf({
      A: http(),
      R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: after('A') },
    })
    const left: RunEvent = { type: 'callerLeft', at: startAt + 5, reason: 'timeout' }
    const told = history(plan, [triggered({ caller: 'waiting' }), left, completed('A#1')])
    expect(told.actions[1]).toMatchObject({ status: 'Skipped', code: 'ActionResponseSkipped' })
    expect(told.run.status).toBe('Succeeded')
  })
})

describe('resubmit from an action', () => {
  const flow = { A: compose('@guid()'), B: compose('@guid()', after('A')), C: http(after('B')) }
  const guids = (events: RunEvent[]) => history(planOf(flow), events).actions.map((record) => record.outputs)

  test('what is held waits, what was kept shows its old values', () => {
    const plan = planOf(flow)
    const held = replay(plan, [triggered({ hold: 'b' })])
    expect(held.parked).not.toBeNull()
    const [a, b] = guids([triggered()])
    const released: RunEvent = { type: 'released', at: startAt + 9_000, seed: 'another' }
    const [keptA, newB] = guids([triggered({ hold: 'b' }), released])
    expect(keptA).toBe(a)
    expect(newB).not.toBe(b)
  })
})

describe('state as JSON', () => {
  test('a copy goes on exactly as the original, exact numbers included', () => {
    const plan = planOf({
      V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'f', type: 'Float' }] } },
      A: { ...http(after('V')) },
      B: compose(`@concat(variables('f'), '/', body('A'))`, after('A')),
    })
    const copy = <T>(state: T): T => parseJson(printJson(state as unknown as Value)) as unknown as T
    const outcome = () => answer(200, 9007199254740993n)
    const straight = drive(plan, { outcome })
    const copied = drive(plan, { outcome, after: copy })
    expect(history(plan, copied.events)).toEqual(history(plan, straight.events))
    expect(history(plan, copied.events).actions[2]?.outputs).toBe('0/9007199254740993')
  })
})

describe('history of one repetition', () => {
  test('equals that part of the whole', () => {
    const {
      plan,
      events,
      history: whole,
    } = run({
      Loop: {
        type: 'Foreach',
        foreach: `@triggerBody()['items']`,
        actions: { A: http(), B: compose(`@items('Loop')`, after('A')) },
      },
    })
    const inside = 'Loop[1]/'
    expect(history(plan, events, { inside }).actions).toEqual(
      whole.actions.filter((record) => record.path.startsWith(inside)),
    )
  })
})
