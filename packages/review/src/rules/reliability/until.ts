import { type ActionDefinition, memberAt, pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { contentsOf } from './contents.ts'
import { isoSeconds, numberOf, secondsPerHour, spoken } from './duration.ts'
import { hasComputedWriter, isSteadyIn } from './steadiness.ts'

const defaultCount = 60

const isDone = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'done', type: 'Boolean', value: false }] },
}
const wait = { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } }
const setDone = {
  type: 'SetVariable',
  runAfter: { Wait: ['Succeeded'] },
  inputs: { name: 'done', value: "@equals(utcNow('dd'), '01')" },
}
const loop = {
  type: 'Until',
  runAfter: { Init: ['Succeeded'] },
  expression: "@equals(variables('done'), true)",
  limit: { count: 20, timeout: 'PT30M' },
  actions: { Wait: wait, Set: setDone },
}

/** Rules about loops that end by a condition. */
export const untilRules = [
  flowRule({
    id: 'REL210',
    title: 'An Until ends in good time even when its condition is never met',
    severity: 'warning',
    category: 'reliability',
    detects:
      'An Until has no limit, or one of more than `maxCount` turns or of a longer time than `maxMinutes`. Information for a longer time in a loop that waits between its turns, and up to the 60 turns that designers fill in; these are left alone in loops that neither call other systems nor wait.',
    why: 'A loop that ends only by its limit keeps the run open and calls other systems again and again, and the loop then counts as Succeeded.',
    fix: 'Set limit.count and limit.timeout to what the work needs, and check after the loop whether its condition was met.',
    settings: { maxCount: 30, maxMinutes: 60 },
    bad: { actions: { Init: isDone, Loop: { ...loop, limit: { count: 500, timeout: 'PT30M' } } } },
    good: { actions: { Init: isDone, Loop: loop } },
    check(subject, report, { maxCount, maxMinutes }) {
      const contents = contentsOf(subject)
      for (const { action } of subject.actions) {
        if (action.type !== 'Until') continue
        const body = contents.inside(action).map((placed) => placed.action)
        const waits = body.some(({ type }) => type === 'Wait')
        const isIdle = !waits && body.every((each) => outsideCallOf(subject, each) === undefined)
        const finding = limitFinding(action, maxCount, maxMinutes * 60)
        if (finding === undefined || (isIdle && finding.isDefault)) continue
        const { message, isLong, isDefault } = finding
        const place = memberAt(action.raw, 'limit') === undefined ? action : inside(action, 'limit')
        report(place, { message, ...(isDefault || (isLong && waits) ? { severity: 'info' } : {}) })
      }
    },
  }),
  flowRule({
    id: 'REL211',
    title: 'The condition of an Until can become true',
    severity: 'error',
    category: 'reliability',
    detects:
      'Everything that the condition reads (variables, results of earlier actions, trigger, parameters) stays the same in every turn. Conditions that use the time, random values, computed names or results of the loop itself, or that read nothing, are left alone.',
    why: 'The loop either runs once, so that it is no loop, or until its limit, whatever happens in it.',
    fix: 'Let the loop write what the condition reads, or read the result of an action inside the loop.',
    bad: {
      actions: {
        Init: isDone,
        Loop: { ...loop, actions: { Wait: wait } },
      },
    },
    good: { actions: { Init: isDone, Loop: loop } },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { action } of subject.actions) {
        if (action.type !== 'Until' || contents.inside(action).length === 0) continue
        const conditions = conditionsOf(subject, action)
        if (!conditions.some(({ references }) => references.length > 0)) continue
        if (hasComputedWriter(contents, action)) continue
        if (conditions.every((condition) => isSteadyIn(subject, contents, action, condition)))
          report(inside(action, 'expression'), {
            message: `Nothing in ${quoted(action.name)} changes what its condition reads: ${quoted(conditions[0]?.text)}.`,
          })
      }
    },
  }),
]

interface LimitFinding {
  readonly message: string
  /** Whether its time is over the limit. */
  readonly isLong: boolean
  /** Whether it has the turns that designers fill in, and no long time. */
  readonly isDefault: boolean
}

function limitFinding(
  { name, raw }: ActionDefinition,
  maxCount: number,
  maxSeconds: number,
): LimitFinding | undefined {
  const limit = memberAt(raw, 'limit')
  const [countText, timeoutText] = [memberAt(limit, 'count'), memberAt(limit, 'timeout')]
  if (countText === undefined && timeoutText === undefined)
    return {
      message: `${quoted(name)} has no limit of its own: ${defaultCount} turns or ${spoken(secondsPerHour)} apply.`,
      isLong: false,
      isDefault: false,
    }
  const seconds = isoSeconds(timeoutText)
  if (seconds !== undefined && seconds > maxSeconds)
    return { message: `${quoted(name)} may go on for ${spoken(seconds)}.`, isLong: true, isDefault: false }
  const count = numberOf(countText)
  if (count === undefined || count <= maxCount) return undefined
  return {
    message: `${quoted(name)} may take ${count} turns.`,
    isLong: false,
    isDefault: count <= defaultCount,
  }
}

function conditionsOf(subject: Subject, loop: ActionDefinition) {
  const at = pointerTo(loop.pointer, 'expression')
  return subject.expressionsOf(loop).filter(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`))
}
