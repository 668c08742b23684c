import { describe, expect, test } from 'vitest'
import { createPaint } from './paint.ts'
import type { RunRecord } from './records.ts'
import { actionTree, duration, formatRun } from './run-text.ts'

const definition = {
  actions: {
    Main: {
      type: 'Scope',
      actions: {
        Check: { type: 'If', actions: { Yes: {} }, else: { actions: { No: {} } } },
        Each: { type: 'Foreach', actions: { Inner: {} } },
      },
    },
    Choose: { type: 'Switch', cases: { A: { actions: { In_A: {} } } }, default: { actions: { Other: {} } } },
    Exception: { type: 'Scope', actions: { Tell: {}, Terminate: {} } },
  },
}
const times = { startTime: '2026-01-01T00:00:00.0000000Z', endTime: '2026-01-01T00:00:00.0120000Z' }
const succeeded = { status: 'Succeeded', ...times }
const run: RunRecord = {
  id: '/runs/08584',
  name: '08584',
  properties: {
    ...times,
    status: 'Failed',
    error: { code: 'ActionFailed', message: 'An action failed.' },
    workflow: { id: 'f', name: 'Booking' },
    trigger: { name: 'New', status: 'Succeeded' },
    actions: {
      Main: succeeded,
      Check: succeeded,
      Yes: succeeded,
      No: { status: 'Skipped' },
      Each: { ...succeeded, iterationCount: 3 },
      Inner: { ...succeeded, repetitionCount: 3 },
      Choose: { status: 'Failed', ...times, error: { code: 'Bad', message: 'two\nlines' } },
      Exception: { status: 'Skipped' },
      Tell: { status: 'Skipped' },
      Terminate: { status: 'Skipped' },
      Renamed_since: succeeded,
    },
  },
}

test('branches of every kind of block nest', () => {
  const names = actionTree(definition).map(({ name, children }) => [
    name,
    children.map((child) => child.name),
  ])
  expect(names).toEqual([
    ['Main', ['Check', 'Each']],
    ['Choose', ['In_A', 'Other']],
    ['Exception', ['Tell', 'Terminate']],
  ])
})

test('a run reads like its definition, with skipped blocks folded', () => {
  expect(formatRun(run, actionTree(definition), createPaint('plain'))).toMatchInlineSnapshot(`
    "Run 08584   Booking   Failed   12 ms
      New            Succeeded         trigger
      Main           Succeeded  12 ms
        Check        Succeeded  12 ms
          Yes        Succeeded  12 ms
          No         Skipped
        Each         Succeeded  12 ms  3 turns
          Inner      Succeeded  12 ms  × 3
      Choose         Failed     12 ms  Bad: two lines
      Exception      Skipped           2 inside
      Renamed_since  Succeeded  12 ms
      ActionFailed: An action failed.
    "
  `)
})

test('without the definition every action is a line', () => {
  const lines = formatRun(run, [], createPaint('plain')).split('\n')
  expect(lines.filter((line) => line.includes('Skipped'))).toHaveLength(4)
})

describe('duration', () => {
  test.each([
    ['2026-01-01T00:00:00.0000000Z', '2026-01-01T00:00:00.0129999Z', '12 ms'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01.24Z', '1.24 s'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:03:05Z', '3 min 5 s'],
    ['2026-01-01T00:00:00Z', '2026-01-01T02:03:05Z', '2 h 3 min'],
    ['2026-01-01T00:00:00Z', undefined, ''],
  ])('%s to %s is %j', (start, end, text) => {
    expect(duration(start, end)).toBe(text)
  })
})
