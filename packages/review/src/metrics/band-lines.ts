import type { ActionFacts } from './action-facts.ts'
import type { Band, ScoreLine } from './metrics.ts'
import { countedOrNo, placeOf, type Scored, scoreLine } from './score-line.ts'

/** Points by the colours of the cards Complexity and Actions. */
export function bandLines(scored: Scored): ScoreLine[] {
  const { metrics, actions } = scored
  const sizes = sizesOf(actions)
  const containers = actions.filter(({ action, owners }) => owners.length === 0 && sizes.has(action))
  return [
    bandLine(scored, 'complexity', {
      title: 'Low complexity',
      found: `The complexity is ${metrics.complexity}`,
      where: largest(
        actions.filter(({ complexity }) => complexity > 1),
        ({ complexity }) => complexity,
      ),
      remedy: 'Replace loops and conditions by Select and Filter array, and move parts into child flows.',
    }),
    bandLine(scored, 'actions', {
      title: 'Few actions',
      found: countedOrNo(metrics.steps, 'action'),
      where: largest(containers, ({ action }) => sizes.get(action) ?? 0),
      remedy: 'Move parts that stand for themselves into child flows.',
    }),
  ]
}

/** How many actions each container holds, at any depth. */
function sizesOf(actions: readonly ActionFacts[]): Map<ActionFacts['action'], number> {
  const sizes = new Map<ActionFacts['action'], number>()
  for (const { owners } of actions) for (const owner of owners) sizes.set(owner, (sizes.get(owner) ?? 0) + 1)
  return sizes
}

/** How many places a line shows when size brings them there, not a fault. */
const maxLargest = 10

function largest(
  actions: readonly ActionFacts[],
  sizeOf: (action: ActionFacts) => number,
): ScoreLine['where'] {
  return [...actions]
    .sort((one, other) => sizeOf(other) - sizeOf(one))
    .slice(0, maxLargest)
    .map(placeOf)
}

interface Banded {
  readonly title: string
  /** Begin of a sentence that says the count. */
  readonly found: string
  readonly where: ScoreLine['where']
  readonly remedy: string
}

function bandLine(
  { config, bands, profile }: Scored,
  name: 'complexity' | 'actions',
  { found, ...told }: Banded,
): ScoreLine {
  const { scores } = config.scoring
  const points: Readonly<Record<Band, number>> = {
    green: scores[`${name}Green`],
    amber: scores[`${name}Amber`],
    red: scores[`${name}Red`],
  }
  const band = bands[name]
  const begins = band === 'red' ? band : 'amber'
  const limit = config.ratings[begins === 'red' ? (`${name}Re` as const) : (`${name}Am` as const)]
  const why = `${found}; ${begins} begins ${profile === 'as-shipped' ? 'above' : 'at'} ${limit}.`
  return scoreLine({
    ...told,
    name,
    possible: Math.max(...Object.values(points)),
    reached: points[band],
    why,
  })
}
