// Places for a block in fork form, in time that grows with its size. Sizes are taken from the inside out, places are
// given from the outside in.
// 1. What follows stands below; branches stand side by side, as wide as what is written on their arrows at least.
// 2. The arrows of a fork bend half a gap below the box they leave, those of a join half a gap above the one they meet.
import type { Point } from './elk.ts'
import type { Box, Fork, Series } from './fork-form.ts'
import type { DiagramEdge } from './model.ts'
import type { Size } from './outline.ts'

/** Where everything went, from the upper left corner. */
export interface ForkPlaces extends Size {
  /** Upper left corners by id. */
  readonly places: ReadonlyMap<string, Point>
  readonly lines: ReadonlyMap<DiagramEdge, ForkLine>
}

/** The way of an arrow, and the middle of what is written on it. */
export interface ForkLine {
  readonly points: readonly Point[]
  readonly middle: Point
}

export interface ForkSpacing {
  /** Pixels between what follows one another. */
  readonly gap: number
  /** Room of what is written on an arrow. */
  readonly labelOf: (edge: DiagramEdge) => Size | undefined
}

/** Pixels between branches. */
const sideGap = 28
/** Least width of a branch. */
const minLane = 20

/** Room that something takes; arrows arrive and leave `axis` pixels from its left side. */
interface Extent extends Size {
  readonly axis: number
}

interface MeasuredBox extends Extent {
  readonly box: Box
}

interface MeasuredFork extends Extent {
  readonly branches: readonly MeasuredSeries[]
}

interface MeasuredSeries extends Extent {
  readonly parts: readonly MeasuredPart[]
  readonly leave: DiagramEdge | undefined
}

interface MeasuredPart {
  readonly of: MeasuredBox | MeasuredFork
  readonly arrows: readonly DiagramEdge[]
  readonly gapAbove: number
}

interface Placing extends ForkSpacing {
  readonly places: Map<string, Point>
  readonly lines: Map<DiagramEdge, ForkLine>
}

/** Places the boxes of a form. */
export function placeForks(whole: Series, spacing: ForkSpacing): ForkPlaces {
  const placing: Placing = { ...spacing, places: new Map(), lines: new Map() }
  const measured = measureSeries(placing, whole, undefined)
  putSeries(placing, measured, { x: 0, y: 0 })
  const { places, lines } = placing
  return { width: measured.width, height: measured.height, places, lines }
}

/** @param entry the arrow that leads to it as a branch. */
function measureSeries(
  placing: Placing,
  { parts, leave }: Series,
  entry: DiagramEdge | undefined,
): MeasuredSeries {
  const labelOf = (edge: DiagramEdge | undefined) => (edge === undefined ? undefined : placing.labelOf(edge))
  const measured = parts.map(({ of, arrows }, index) => ({
    of: 'branches' in of ? measureFork(placing, of, arrows) : measureBox(of),
    arrows,
    gapAbove: index === 0 ? 0 : placing.gap + largest(arrows.map((edge) => labelOf(edge)?.height ?? 0)),
  }))
  const upright = [entry, leave, ...parts.flatMap(({ arrows }) => (arrows.length === 1 ? arrows : []))]
  const written = upright.map((edge) => (labelOf(edge)?.width ?? minLane) / 2)
  const left = largest([...written, ...measured.map(({ of }) => of.axis)])
  const right = largest([...written, ...measured.map(({ of }) => of.width - of.axis)])
  const height = measured.reduce((sum, { of, gapAbove }) => sum + gapAbove + of.height, 0)
  return { parts: measured, leave, axis: left, width: left + right, height }
}

/** Branches have the same distance from one another; the axis lies in the middle of the outer ones. */
function measureFork(placing: Placing, { branches }: Fork, arrows: readonly DiagramEdge[]): MeasuredFork {
  const measured = branches.map((branch, index) => measureSeries(placing, branch, arrows[index]))
  const width = measured.reduce((sum, branch) => sum + branch.width + sideGap, -sideGap)
  const [first, last] = [measured[0], measured.at(-1)]
  const axis = ((first?.axis ?? 0) + width - (last?.width ?? 0) + (last?.axis ?? 0)) / 2
  return { branches: measured, width, axis, height: largest(measured.map(({ height }) => height)) }
}

/** Of any number of numbers; 0 when there are none. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), 0)
}

function measureBox(box: Box): MeasuredBox {
  return { box, width: box.width, height: box.height, axis: box.width / 2 }
}

/** @returns how the arrows begin that lead to what is below: one for each that leaves its last part. */
function putSeries(
  placing: Placing,
  { parts, axis }: MeasuredSeries,
  at: Point,
): readonly (readonly Point[])[] {
  const x = at.x + axis
  /** How the arrows begin that come from the part above. */
  let begun: readonly (readonly Point[])[] = []
  let y = at.y
  for (const { of, arrows, gapAbove } of parts) {
    y += gapAbove
    const corner = { x: x - of.axis, y }
    if ('box' in of) {
      placing.places.set(of.box.id, corner)
      for (const [index, edge] of arrows.entries())
        placing.lines.set(
          edge,
          joining(begun[index] ?? [], { x, y }, { gap: placing.gap, label: placing.labelOf(edge) }),
        )
      begun = [[{ x, y: y + of.height }]]
    } else {
      const from = begun[0]?.[0] ?? corner
      begun = putFork(placing, of, arrows, { from, corner })
    }
    y += of.height
  }
  return begun
}

/** @returns how the arrows begin that lead from its branches to what is below. */
function putFork(
  placing: Placing,
  { branches }: MeasuredFork,
  arrows: readonly DiagramEdge[],
  { from, corner }: { readonly from: Point; readonly corner: Point },
): (readonly Point[])[] {
  const begun: (readonly Point[])[] = []
  const bus = from.y + placing.gap / 2
  let { x } = corner
  for (const [index, branch] of branches.entries()) {
    const top = { x: x + branch.axis, y: corner.y }
    const way = bent(from, top, bus)
    const ends = putSeries(placing, branch, { x, y: corner.y })
    if (branch.parts.length === 0) begun.push(way)
    else {
      const middle = { x: top.x, y: (bus + top.y) / 2 - 5 }
      placing.lines.set(arrows[index] as DiagramEdge, { points: way, middle })
      if (branch.leave !== undefined) begun.push(...ends)
    }
    x += branch.width + sideGap
  }
  return begun
}

/** The rest of an arrow to a box from the one above it, or from one of several. */
function joining(begun: readonly Point[], to: Point, { gap, label }: JoinSpacing): ForkLine {
  const from = begun.at(-1) ?? to
  const bus = to.y - gap / 2
  const height = label?.height ?? 0
  const isUpright = from.x === to.x
  return {
    points: [...begun, ...bent(from, to, bus).slice(1)],
    middle: { x: from.x, y: isUpright ? to.y - (gap + height) / 2 : bus - 6 - height / 2 },
  }
}

interface JoinSpacing {
  readonly gap: number
  readonly label: Size | undefined
}

/** Down, to the side at the height of `bus`, and down. */
function bent(from: Point, to: Point, bus: number): Point[] {
  return from.x === to.x ? [from, to] : [from, { x: from.x, y: bus }, { x: to.x, y: bus }, to]
}
