import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Profile } from './metrics.ts'

/** What the points of an action depend on. */
export interface Pointed {
  readonly type: string
  readonly step: string
  /** Name of the connection; '' for what is no `OpenApiConnection`. */
  readonly connector: string
}

/** Points of actions by one table. */
export function complexityBy(config: ReviewConfig, profile: Profile): (action: Pointed) => number {
  const { entries } = config.complexity
  return profile === 'as-shipped' ? remembered(firstHit(entries)) : exactHit(entries)
}

function remembered(lookUp: (action: Pointed) => number): (action: Pointed) => number {
  const known = new Map<string, number>()
  return (action) => {
    const key = JSON.stringify([action.type, action.step, action.connector])
    const points = known.get(key) ?? lookUp(action)
    known.set(key, points)
    return points
  }
}

type Entries = ReviewConfig['complexity']['entries']

const unknownPoints = 1

/** The operation of the connector, a number behind the connection's name aside; else the type; else 1. */
function exactHit(entries: Entries): (action: Pointed) => number {
  const points = new Map<string, number>()
  for (const { name, complexity } of entries) if (!points.has(name)) points.set(name, complexity)
  return ({ type, step, connector }) =>
    points.get(step + connector.replace(/_\d+$/, '')) ?? points.get(type) ?? unknownPoints
}

/**
 * The first entry in whose name operation and connection occur, or that is the type. So `Wait` takes the points of
 * `StartAndWaitForAnApproval…`, and a connection with a number misses its operation.
 */
function firstHit(entries: Entries): (action: Pointed) => number {
  return ({ type, step, connector }) => {
    const wanted = (step === '' ? 'undefined' : step) + connector
    const hit = entries.find(({ name }) => name.includes(wanted) || name === type)
    return hit?.complexity ?? unknownPoints
  }
}
