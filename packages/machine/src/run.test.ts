import { describe, expect, test } from 'vitest'
import { after, answer, compose, failing, http, run, verdicts } from './drive.testing.ts'

const parallelHandlers = {
  Call: failing(),
  Good: compose(1, after('Call')),
  Bad: compose(2, after('Call', 'Failed')),
}

describe('runAfter, skip codes and the status of blocks', () => {
  const scope = (actions: object, runAfter = {}) => ({ type: 'Scope', actions, runAfter })
  const rows: [string, object, Record<string, string>, string][] = [
    ['no actions succeed', {}, {}, 'Succeeded'],
    [
      'actions without runAfter all start',
      { A: compose(1), B: compose(2) },
      { A: 'Succeeded', B: 'Succeeded' },
      'Succeeded',
    ],
    [
      'a failure skips what waits for success',
      { A: failing(), B: compose(1, after('A')), C: compose(2, after('B')) },
      { A: 'Failed', B: 'Skipped ActionConditionFailed', C: 'Skipped ActionConditionFailed' },
      'Failed',
    ],
    [
      'a handler of the failure saves the run',
      { A: failing(), B: compose(1, after('A', 'Failed')) },
      { A: 'Failed', B: 'Succeeded' },
      'Succeeded',
    ],
    [
      'an unused success handler lets the failure through',
      parallelHandlers,
      { Call: 'Failed', Good: 'Skipped ActionConditionFailed', Bad: 'Succeeded' },
      'Failed',
    ],
    [
      'joining both handlers saves the run',
      {
        ...parallelHandlers,
        Join: compose(3, { Good: ['Succeeded', 'Skipped'], Bad: ['Succeeded', 'Skipped'] }),
      },
      { Call: 'Failed', Good: 'Skipped ActionConditionFailed', Bad: 'Succeeded', Join: 'Succeeded' },
      'Succeeded',
    ],
    [
      'all predecessors must be as hoped for',
      {
        A: compose(1),
        B: failing(),
        C: compose(2, { ...after('A'), ...after('B') }),
        D: compose(3, after('C', 'Skipped')),
      },
      { A: 'Succeeded', B: 'Failed', C: 'Skipped ActionConditionFailed', D: 'Succeeded' },
      'Succeeded',
    ],
    [
      'an empty list accepts any status',
      { A: failing(), B: compose(1, { A: [] }) },
      { A: 'Failed', B: 'Succeeded' },
      'Succeeded',
    ],
    ['the trigger may be named', { A: compose(1, after('manual')) }, { A: 'Succeeded' }, 'Succeeded'],
    [
      'a failed scope fails and skips nothing outside a handler',
      {
        S: scope({ A: failing(), B: compose(1, after('A')) }),
        Catch: compose(2, after('S', 'Failed', 'TimedOut')),
      },
      { S: 'Failed', A: 'Failed', B: 'Skipped ActionConditionFailed', Catch: 'Succeeded' },
      'Succeeded',
    ],
    [
      'a skipped scope skips all in it',
      {
        F: failing(),
        S: scope({ A: compose(1), B: compose(2, after('A')), T: scope({ C: compose(3) }) }, after('F')),
      },
      {
        F: 'Failed',
        S: 'Skipped ActionConditionFailed',
        A: 'Skipped ActionDependencyFailed',
        B: 'Skipped ActionConditionFailed',
        T: 'Skipped ActionDependencyFailed',
        C: 'Skipped ActionDependencyFailed',
      },
      'Failed',
    ],
    ['an empty scope succeeds', { S: scope({}) }, { S: 'Succeeded' }, 'Succeeded'],
    [
      'the branch not taken is skipped as a whole',
      {
        If: {
          type: 'If',
          expression: '@equals(1, 1)',
          actions: { Yes: compose(1) },
          else: {
            actions: {
              No: compose(2),
              Never: compose(3, after('No', 'Skipped')),
              S: scope({ Deep: compose(4) }),
            },
          },
        },
      },
      {
        If: 'Succeeded',
        Yes: 'Succeeded',
        No: 'Skipped ActionBranchingConditionNotSatisfied',
        Never: 'Skipped ActionConditionFailed',
        S: 'Skipped ActionBranchingConditionNotSatisfied',
        Deep: 'Skipped ActionDependencyFailed',
      },
      'Succeeded',
    ],
    [
      'a condition that cannot be evaluated skips both branches',
      {
        If: {
          type: 'If',
          expression: '@greater(null, 1)',
          actions: { Yes: compose(1) },
          else: { actions: { No: compose(2) } },
        },
      },
      { If: 'Failed', Yes: 'Skipped ActionDependencyFailed', No: 'Skipped ActionDependencyFailed' },
      'Failed',
    ],
  ]
  test.each(rows)('%s', (_title, actions, expected, status) => {
    const { history } = run(actions)
    expect(verdicts(history.actions)).toEqual(expected)
    expect(history.run.status).toBe(status)
  })

  test('a failed run carries the error of its block', () => {
    expect(run({ A: failing() }).history.run.error?.code).toBe('ActionFailed')
  })

  test('a container that did not succeed has code ActionFailed', () => {
    const { records } = run({ S: { type: 'Scope', actions: { A: failing() } } })
    expect(records.S).toMatchObject({ code: 'ActionFailed', error: { code: 'ActionFailed' } })
  })

  test('an expression that fails is BadRequest with InvalidTemplate', () => {
    expect(run({ A: failing() }).records.A).toMatchObject({
      code: 'BadRequest',
      error: { code: 'InvalidTemplate' },
    })
  })

  test('a timed out leaf makes a scope TimedOut and the run Failed', () => {
    const slow = http({}, { limit: { timeout: 'PT5S' } })
    const { records, history } = run(
      { S: { type: 'Scope', actions: { A: slow } } },
      { pick: (open) => open.length - 1 },
    )
    expect(records.A).toMatchObject({ status: 'TimedOut', code: 'ActionTimedOut' })
    expect(records.S?.status).toBe('TimedOut')
    expect(history.run.status).toBe('Failed')
  })

  test('an action of an unknown type fails when it is reached', () => {
    const { records } = run({ A: { type: 'Xslt', inputs: {} }, B: compose(1, after('A', 'Failed')) })
    expect(records.A?.code).toBe('ActionTypeNotSupported')
    expect(records.B?.status).toBe('Succeeded')
  })

  test('an expression that does not parse fails its action only', () => {
    const { records } = run({ A: compose('@concat('), B: compose(1) })
    expect(records.A?.error?.code).toBe('InvalidTemplate')
    expect(records.B?.status).toBe('Succeeded')
  })

  test('what follows a call waits for it', () => {
    const { commands, records } = run(
      { A: http(), B: compose(`@body('A')?['n']`, after('A')) },
      { outcome: () => answer(200, { n: 7 }) },
    )
    expect(commands.map((command) => command.type)).toEqual(['call', 'finish'])
    expect(records.B?.outputs).toBe(7)
  })
})
