// What a layered layout of a graph would cost, before it is made: a hostile flow may ask for a graph of some hundred
// nodes with arrows across all of them, on which the library works for minutes.
import type { LayerGraph } from './elk.ts'

/** Nodes of each layer and arrows that pass through one; time and width of the drawing grow with them. */
export interface LayerCost {
  /** Nodes, and places where an arrow passes a layer. */
  readonly total: number
  /** The most of them in one layer. */
  readonly widest: number
}

/** The cost of a graph; arrows that close a circle are not counted. */
export function layerCost({ nodes, edges }: LayerGraph): LayerCost {
  const ranks = ranksOf({ nodes, edges })
  const highest = nodes.reduce((max, { id }) => Math.max(max, ranks.get(id) ?? 0), 0)
  /** Change of the count from one layer to the next, so that a long arrow costs two entries. */
  const changes = new Array<number>(highest + 2).fill(0)
  const add = (layer: number, count: number) => {
    changes[layer] = (changes[layer] ?? 0) + count
  }
  for (const { id } of nodes) {
    add(ranks.get(id) ?? 0, 1)
    add((ranks.get(id) ?? 0) + 1, -1)
  }
  for (const { from, to } of edges) {
    const [first, last] = [(ranks.get(from) ?? 0) + 1, ranks.get(to) ?? 0]
    if (first >= last) continue
    add(first, 1)
    add(last, -1)
  }
  let [total, widest, count] = [0, 0, 0]
  for (const change of changes) {
    count += change
    total += count
    widest = Math.max(widest, count)
  }
  return { total, widest }
}

/** Length of the longest way to each node. */
function ranksOf({ nodes, edges }: Pick<LayerGraph, 'nodes' | 'edges'>): ReadonlyMap<string, number> {
  const waiting = new Map(nodes.map(({ id }) => [id, 0]))
  const followers = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    followers.get(from)?.push(to)
  }
  const ranks = new Map(nodes.map(({ id }) => [id, 0]))
  const open = nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of followers.get(id) ?? []) {
      ranks.set(next, Math.max(ranks.get(next) ?? 0, (ranks.get(id) ?? 0) + 1))
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) open.push(next)
    }
  }
  return ranks
}
