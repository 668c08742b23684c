import { type ActionDefinition, memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { type Contents, contentsOf } from '../reliability/contents.ts'
import { secondsPerDay, spoken, waitSeconds } from '../reliability/duration.ts'
import { isSteadyIn } from '../reliability/steadiness.ts'
import { waitsForAnswer } from '../reliability/waiting-calls.ts'
import { expressionsAt } from './loop-item.ts'

const ask = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com/jobs/7' } }
const rest = (count: number, unit: string): object => ({
  type: 'Wait',
  runAfter: { Ask: ['Succeeded'] },
  inputs: { interval: { count, unit } },
})
const poll = (actions: object): object => ({
  type: 'Until',
  expression: "@equals(body('Ask')?['status'], 'done')",
  limit: { count: 20, timeout: 'PT30M' },
  actions,
})

/** Rules about waiting too little and too long. */
export const waitRules = [
  flowRule({
    id: 'PERF316',
    title: 'A loop that asks until something is done rests between two questions',
    severity: 'warning',
    category: 'performance',
    detects:
      'An Until asks another system the same question in each turn and ends by the answer, and it holds no Wait; information when the waits of a turn are shorter than `minSeconds` together. Loops that ask something else each time, such as page after page, are left alone.',
    why: 'The other system is asked as fast as it answers, the turns are used up within seconds, and the plan pays for each question.',
    fix: 'Put a Delay of at least half a minute into the loop, or use an operation that waits for the result itself.',
    settings: { minSeconds: 30 },
    bad: { actions: { Poll: poll({ Ask: ask }) } },
    good: { actions: { Poll: poll({ Ask: ask, Rest: rest(1, 'Minute') }) } },
    check(subject, report, { minSeconds }) {
      const contents = contentsOf(subject)
      for (const { action: loop } of subject.actions) {
        if (loop.type !== 'Until') continue
        const question = steadyQuestion(subject, contents, loop)
        const seconds = restIn(contents, loop)
        if (question === undefined || seconds >= minSeconds) continue
        report(loop, {
          message:
            seconds === 0
              ? `${quoted(loop.name)} asks with ${quoted(question.name)} again and again without a rest.`
              : `${quoted(loop.name)} asks with ${quoted(question.name)} again after ${spoken(seconds)}.`,
          ...(seconds === 0 ? {} : { severity: 'info' }),
        })
      }
    },
  }),
  flowRule({
    id: 'PERF317',
    title: 'A run does not sleep for hours',
    severity: 'warning',
    category: 'performance',
    detects: 'A Wait lasts a fixed time of more than `maxMinutes`; information up to one day.',
    why: 'Sleeping runs pile up, count against the limit of runs at once, and keep the version of the flow with which they began.',
    fix: 'Keep the date in a table, and let a scheduled flow do what is due.',
    settings: { maxMinutes: 60 },
    bad: { actions: { Ask: ask, Rest: rest(3, 'Day') } },
    good: { actions: { Ask: ask, Rest: rest(1, 'Hour') } },
    check({ actions }, report, { maxMinutes }) {
      for (const { action } of actions) {
        const seconds = action.type === 'Wait' ? waitSeconds(action) : undefined
        if (seconds === undefined || seconds <= maxMinutes * 60) continue
        report(action, {
          message: `${quoted(action.name)} lets the run sleep for ${spoken(seconds)}.`,
          ...(seconds <= secondsPerDay ? { severity: 'info' } : {}),
        })
      }
    },
  }),
]

/** The reading call that a loop repeats unchanged, when its condition depends on the loop at all. */
function steadyQuestion(
  subject: Subject,
  contents: Contents,
  loop: ActionDefinition,
): ActionDefinition | undefined {
  const conditions = expressionsAt(subject, loop, 'expression')
  if (conditions.every((condition) => isSteadyIn(subject, contents, loop, condition))) return undefined
  const body = contents.inside(loop).map(({ action }) => action)
  const effects = body.flatMap((action) => outsideCallOf(subject, action)?.effect ?? [])
  if (!effects.every((effect) => effect === 'read' || effect === 'list')) return undefined
  return body.find(
    (action) =>
      outsideCallOf(subject, action) !== undefined &&
      subject.expressionsOf(action).every((expression) => isSteadyIn(subject, contents, loop, expression)),
  )
}

/** Seconds that the waits of one turn take; endless when one waits for a point in time, an answer, or a computed time. */
function restIn(contents: Contents, loop: ActionDefinition): number {
  let sum = 0
  for (const { action } of contents.inside(loop)) {
    if (waitsForAnswer(action)) return Number.POSITIVE_INFINITY
    if (action.type !== 'Wait') continue
    const isUntil = memberAt(action.inputs, 'until') !== undefined
    sum += (isUntil ? undefined : waitSeconds(action)) ?? Number.POSITIVE_INFINITY
  }
  return sum
}
