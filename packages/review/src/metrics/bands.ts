import type { ReviewConfig } from '../config/scoring-config.ts'
import type { Band, Bands, Metrics, Profile } from './metrics.ts'

/** Colours of the four cards of a review. */
export function bandsOf(metrics: Metrics, { ratings }: ReviewConfig, profile: Profile): Bands {
  const band = profile === 'as-shipped' ? above : reached
  return {
    complexity: band(metrics.complexity, ratings.complexityAm, ratings.complexityRe),
    // The product asks for a threshold under a wrong name, so that its actions are never red.
    actions: band(metrics.steps, ratings.actionsAm, profile === 'as-shipped' ? Infinity : ratings.actionsRe),
    variables: band(metrics.variables, ratings.variablesAm, ratings.variablesRe),
    exceptions: exceptionBand(metrics.exceptions, ratings, profile),
  }
}

/** The threshold itself has the colour. */
function reached(count: number, amber: number, red: number): Band {
  if (count >= red) return 'red'
  return count >= amber ? 'amber' : 'green'
}

/** The threshold itself has not the colour yet. */
function above(count: number, amber: number, red: number): Band {
  if (count > red) return 'red'
  return count > amber ? 'amber' : 'green'
}

/** The fewer the worse; the product's amber compares with nothing and never comes. */
function exceptionBand(count: number, ratings: ReviewConfig['ratings'], profile: Profile): Band {
  if (count <= ratings.exceptionsRe) return 'red'
  return profile === 'documented' && count < ratings.exceptionsAm ? 'amber' : 'green'
}
