import { type Template, typeName, type Value } from '@flowstead/expressions'
import type { ActionHandler, Resolvable } from '../handler.ts'
import { durationMs } from '../instant.ts'
import { member, memberAt } from '../member.ts'
import { containerOutcome, failed, type Outcome } from '../outcome.ts'
import { compileCondition } from './condition.ts'

interface UntilTemplates {
  readonly condition: Resolvable
  readonly count: Template
  readonly timeout: Template
  readonly failsAtLimit: boolean
}

interface UntilMemory {
  readonly turns: number
  /** ms since the epoch. */
  readonly deadline: number
}

/** Repeats until its condition holds; limits are looked at between turns, never within one. */
export const until: ActionHandler<UntilTemplates, UntilMemory> = {
  compile: ({ raw, operationOptions }, compile) => ({
    condition: compileCondition(member(raw, 'expression'), { ...compile, template: compile.inside }),
    count: compile.template(memberAt(raw, 'limit', 'count') ?? 60),
    timeout: compile.template(memberAt(raw, 'limit', 'timeout') ?? 'PT1H'),
    failsAtLimit: operationOptions.has('failwhenlimitsreached'),
  }),
  start({ templates }, run) {
    const turns = turnsOf(run.resolve(templates.count))
    const timeout = run.resolve(templates.timeout)
    const ms = typeof timeout === 'string' ? durationMs(timeout) : undefined
    if (turns === undefined)
      return failed('ExpressionEvaluationFailed', 'The limit "count" is not a positive integer.')
    if (ms === undefined)
      return failed('ExpressionEvaluationFailed', 'The limit "timeout" is not an ISO 8601 duration.')
    run.memory = { turns, deadline: run.now + ms }
    run.startRepetition(0)
    return undefined
  },
  blockEnded({ templates }, run, { status, index }) {
    const isMet = run.resolveInside(templates.condition)
    if (typeof isMet !== 'boolean') return notBoolean(isMet)
    if (isMet) return containerOutcome(status)
    const { turns, deadline } = run.memory
    if (index + 1 < turns && run.now < deadline) {
      run.startRepetition(index + 1)
      return undefined
    }
    return templates.failsAtLimit
      ? failed('ActionFailed', 'The loop ended at its limit.')
      : containerOutcome(status)
  },
}

function turnsOf(value: Value): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0
    ? Math.min(count, 5_000)
    : undefined
}

function notBoolean(value: Value): Outcome {
  return failed(
    'ExpressionEvaluationFailed',
    `The condition gave a value of type '${typeName(value)}', not a boolean.`,
  )
}
