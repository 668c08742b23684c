import type { ActionFacts } from './action-facts.ts'
import type { ScoreLine } from './metrics.ts'
import { countedOrNo, placeOf, type Scored, scoreLine } from './score-line.ts'

/** Fewer points for each variable, Compose action and connection above what is free. */
export function thresholdLines(scored: Scored): ScoreLine[] {
  const { metrics, actions, variables } = scored
  return [
    thresholdLine(scored, 'variables', {
      title: 'Few variables',
      count: metrics.variables,
      what: 'variable',
      where: variables.map(placeOf),
      remedy: 'Use the outputs of actions, or one object instead of several variables.',
    }),
    thresholdLine(scored, 'composes', {
      title: 'Few Compose actions',
      count: metrics.composes,
      what: 'Compose action',
      where: actions.filter(({ type }) => type === 'Compose').map(placeOf),
      remedy: 'Put the expressions of Compose actions where their results are used.',
    }),
    thresholdLine(scored, 'connections', {
      title: 'Few connections',
      count: metrics.connectionRefs,
      what: 'connection',
      where: firstUses(actions),
      remedy: 'Use one connection for each connector, and move what needs others into child flows.',
      leftOut: leftOut(scored.otherCalls),
    }),
  ]
}

/** The connections, each at the first action that uses it. */
function firstUses(actions: readonly ActionFacts[]): ScoreLine['where'] {
  const first = new Map<string, string>()
  for (const { connector, action } of actions)
    if (connector !== '' && !first.has(connector)) first.set(connector, action.pointer)
  return [...first].map(([name, pointer]) => ({ name, pointer }))
}

function leftOut(calls: number): string {
  if (calls === 0) return ''
  const verb = calls === 1 ? 'does' : 'do'
  return ` ${countedOrNo(calls, 'connector call')} of other types than OpenApiConnection ${verb} not count.`
}

interface Threshold {
  readonly title: string
  readonly count: number
  /** What is countedOrNo, in the singular. */
  readonly what: string
  readonly where: ScoreLine['where']
  readonly remedy: string
  /** A sentence about what is not countedOrNo. */
  readonly leftOut?: string
}

/** The product grants nothing free but connections. */
function thresholdLine(
  { config, profile }: Scored,
  name: 'variables' | 'composes' | 'connections',
  { count, what, leftOut = '', ...told }: Threshold,
): ScoreLine {
  const { scores } = config.scoring
  const free = profile === 'documented' || name === 'connections' ? scores[`${name}Min`] : 0
  const step = scores[`${name}Deduction`]
  const charged = Math.max(0, count - free)
  const above = free === 0 ? '' : `, ${charged} above the ${free} that ${free === 1 ? 'is' : 'are'} free`
  const cost = charged === 0 || step === 0 ? '' : `${above}, at ${countedOrNo(step, 'point')} each`
  return scoreLine({
    ...told,
    name,
    possible: scores[name],
    reached: Math.max(0, scores[name] - charged * step),
    why: `${countedOrNo(count, what)}${cost}.${leftOut}`,
  })
}
