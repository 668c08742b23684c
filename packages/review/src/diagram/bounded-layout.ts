import { type LayerLayout, layerLayout } from './elk.ts'
import { layerCost } from './layer-cost.ts'

/** Largest cost of one graph, whatever is left of the whole. */
const maxOne = 1_000
/** Pixels beyond which a drawing is no longer read from side to side. */
export const maxWidth = 20_000
/** Nodes and arrows side by side that are tried; more would be too wide for certain. */
const maxBeside = 200
/** Above this many nodes side by side their order is left to the library. */
const maxOrdered = 50

/** A layered layout that refuses what would take too long, or be too wide. */
export interface BoundedLayout {
  readonly layout: LayerLayout
  /** Whether any graph was refused so far. */
  readonly hasRefused: () => boolean
}

/**
 * A layout that spends at most `maxCost` on all its graphs together (see `layerCost`). elkjs is set going when the first
 * graph comes.
 */
export function boundedLayout(maxCost: number): BoundedLayout {
  let made: LayerLayout | undefined
  let left = maxCost
  let refused = false
  return {
    hasRefused: () => refused,
    layout: (graph) => {
      const { total, widest } = layerCost(graph)
      const isAffordable = total <= Math.min(left, maxOne) && widest <= maxBeside
      made ??= isAffordable ? layerLayout() : undefined
      const order = widest > maxOrdered ? 'any' : graph.order
      const places = isAffordable ? made?.({ ...graph, order }) : undefined
      if (isAffordable) left -= total
      const isFit = places !== undefined && places.width <= maxWidth
      if (!isFit) refused = true
      return isFit ? places : undefined
    },
  }
}
