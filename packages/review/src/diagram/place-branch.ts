// Nodes of one branch in their places, with their arrows, by one of three ways: chains and forks that meet again are
// placed directly; anything else is laid out in layers by elkjs; what is too large for that is stacked in a column in
// running order, where an arrow that would pass over others is told in words instead.
import { maxWidth } from './bounded-layout.ts'
import type { LayerLayout, Point } from './elk.ts'
import { type Box, forkFormOf } from './fork-form.ts'
import type { DiagramBranch, DiagramEdge } from './model.ts'
import { type as fonts, type Size } from './outline.ts'
import { type ForkLine, placeForks } from './place-forks.ts'
import { shortened, widthOf, wrapped } from './text-size.ts'

/** What is written on an arrow, and where its upper left corner is. */
export interface PlacedLabel extends Point, Size {
  readonly lines: readonly string[]
}

export interface PlacedEdge {
  readonly edge: DiagramEdge
  /** From start to end; empty when the arrow is told in words only. */
  readonly points: readonly Point[]
  readonly label?: PlacedLabel
}

/** Upper left corners of the boxes by id, and the arrows, from the upper left corner of the branch. */
export interface BranchPlaces extends Size {
  readonly places: ReadonlyMap<string, Point>
  readonly edges: readonly PlacedEdge[]
}

/** Distance between what follows one another, in pixels. */
const gap = 32

/** Lays out the boxes of one branch; what `layers` refuses is stacked. */
export function placeBranch(boxes: readonly Box[], branch: DiagramBranch, layers: LayerLayout): BranchPlaces {
  const { edges } = branch
  return (
    inForks(boxes, edges) ??
    inLayers(boxes, edges, layers) ??
    column(runningOrder(boxes, edges), edges, namesOf(branch))
  )
}

function inForks(boxes: readonly Box[], edges: readonly DiagramEdge[]): BranchPlaces | undefined {
  const form = forkFormOf(boxes, edges)
  if (form === undefined) return undefined
  const labels = new Map(edges.map((edge) => [edge, edgeLabel(edge)]))
  const { places, lines, width, height } = placeForks(form, { gap, labelOf: (edge) => labels.get(edge) })
  if (width > maxWidth) return undefined
  const placed = edges.map((edge) => {
    const { points, middle } = lines.get(edge) as ForkLine
    const label = labels.get(edge)
    if (label === undefined) return { edge, points }
    return {
      edge,
      points,
      label: { ...label, x: middle.x - label.width / 2, y: middle.y - label.height / 2 },
    }
  })
  return { width, height, places, edges: placed }
}

function inLayers(
  boxes: readonly Box[],
  edges: readonly DiagramEdge[],
  layers: LayerLayout,
): BranchPlaces | undefined {
  const labels = edges.map(edgeLabel)
  const laid = layers({
    direction: 'DOWN',
    order: 'asGiven',
    nodes: boxes,
    edges: edges.map(({ from, to }, index) => {
      const label = labels[index]
      return { from, to, ...(label === undefined ? {} : { label }) }
    }),
  })
  if (laid === undefined) return undefined
  return {
    width: laid.width,
    height: laid.height,
    places: new Map(boxes.map(({ id }, index) => [id, laid.nodes[index] as Point])),
    edges: edges.map((edge, index) => {
      const { points, label } = laid.edges[index] ?? { points: [] }
      const text = labels[index]
      return label === undefined || text === undefined
        ? { edge, points }
        : { edge, points, label: { ...text, ...label } }
    }),
  }
}

/** Boxes so that each stands behind those it runs after, else in the order of the file; circles come last. */
function runningOrder(boxes: readonly Box[], edges: readonly DiagramEdge[]): readonly Box[] {
  const waiting = new Map(boxes.map(({ id }) => [id, 0]))
  const followers = new Map<string, string[]>()
  for (const { from, to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    const list = followers.get(from)
    if (list === undefined) followers.set(from, [to])
    else list.push(to)
  }
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const order = new Set<Box>()
  const open = boxes.filter(({ id }) => waiting.get(id) === 0).reverse()
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    order.add(box)
    for (const id of (followers.get(box.id) ?? []).toReversed()) {
      const left = (waiting.get(id) ?? 0) - 1
      waiting.set(id, left)
      const follower = byId.get(id)
      if (left === 0 && follower !== undefined) open.push(follower)
    }
  }
  for (const box of boxes) order.add(box)
  return [...order]
}

/** One below the other; arrows from elsewhere than the neighbour above are told in words. */
function column(
  boxes: readonly Box[],
  edges: readonly DiagramEdge[],
  names: ReadonlyMap<string, string>,
): BranchPlaces {
  const arriving = new Map<string, DiagramEdge[]>(boxes.map(({ id }) => [id, []]))
  for (const edge of edges) arriving.get(edge.to)?.push(edge)
  const arrivals = boxes.map((box, index) => arrivalOf(arriving.get(box.id) ?? [], boxes[index - 1], names))
  const width = Math.max(widest(boxes), widest(arrivals.flatMap(({ label }) => label ?? [])))
  const places = new Map<string, Point>()
  const placed: PlacedEdge[] = []
  let y = 0
  for (const [index, box] of boxes.entries()) {
    const { edge, label, isDrawn } = arrivals[index] as Arrival
    const above = boxes[index - 1]
    const top = y
    if (above !== undefined) y += gap + (label === undefined ? 0 : label.height)
    else if (label !== undefined) y += label.height + 8
    places.set(box.id, { x: (width - box.width) / 2, y })
    if (edge !== undefined)
      placed.push({
        edge,
        points: isDrawn
          ? [
              { x: width / 2, y: top },
              { x: width / 2, y },
            ]
          : [],
        ...(label === undefined
          ? {}
          : { label: { ...label, x: (width - label.width) / 2, y: top + (y - top - label.height) / 2 - 2 } }),
      })
    y += box.height
  }
  return { width, height: y, places, edges: placed }
}

function widest(sizes: readonly Size[]): number {
  return sizes.reduce((widestYet, { width }) => Math.max(widestYet, width), 0)
}

interface Arrival {
  readonly edge: DiagramEdge | undefined
  readonly label: Omit<PlacedLabel, 'x' | 'y'> | undefined
  readonly isDrawn: boolean
}

/** The one arrow of a column that leads to a box, and what is written beside it. */
function arrivalOf(
  edges: readonly DiagramEdge[],
  above: Box | undefined,
  names: ReadonlyMap<string, string>,
): Arrival {
  const drawn = edges.find(({ from }) => from === above?.id)
  const other = edges.find((edge) => edge !== drawn)
  const more = edges.length - (drawn === undefined ? 1 : 2)
  if (other === undefined)
    return { edge: drawn, label: drawn && edgeLabel(drawn), isDrawn: drawn !== undefined }
  const name = shortened(names.get(other.from) ?? 'start', fonts.label, 150)
  const told = `${drawn === undefined ? 'after' : 'also after'} ${name}${more > 0 ? ` and ${more} more` : ''}`
  const status = (drawn ?? other).label
  const text = status === '' ? told : `${status}; ${told}`
  return { edge: drawn ?? other, label: labelOf(text, 240), isDrawn: drawn !== undefined }
}

function namesOf({ nodes }: DiagramBranch): ReadonlyMap<string, string> {
  return new Map(nodes.map(({ id, label }) => [id, label]))
}

function edgeLabel({ label }: DiagramEdge): Omit<PlacedLabel, 'x' | 'y'> | undefined {
  return label === '' ? undefined : labelOf(label, 150)
}

/** A label broken into lines, with the room it takes. */
export function labelOf(text: string, maxWidth: number): Omit<PlacedLabel, 'x' | 'y'> {
  const lines = wrapped(text, { fontSize: fonts.label, maxWidth, maxLines: 2 })
  let width = 0
  for (const line of lines) width = Math.max(width, widthOf(line, fonts.label))
  return { lines, width: Math.ceil(width) + 10, height: lines.length * fonts.labelLine + 4 }
}
