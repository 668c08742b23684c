import { colours } from './diagram-style.ts'
import type { Point } from './elk.ts'
import type { DiagramEdge } from './model.ts'
import { type as fonts } from './outline.ts'
import type { PlacedEdge, PlacedLabel } from './place-branch.ts'
import { length, xmlText } from './xml-text.ts'

const bend = 7
const headLength = 9
const headWidth = 4.5

/** An arrow with its head and what is written on it. */
export function drawEdge({ edge, points, label }: PlacedEdge): string {
  const line = points.length < 2 ? '' : drawArrow(edge, points)
  return label === undefined ? line : `${line}${drawEdgeLabel(edge, label)}`
}

function drawArrow({ after, line }: DiagramEdge, points: readonly Point[]): string {
  const [before, end] = points.slice(-2) as [Point, Point]
  const back = towards(end, before, headLength - 1)
  const dash = line === 'dotted' ? ' stroke-dasharray="1 5" stroke-linecap="round"' : dashOf(after)
  const suffix = after === 'plain' ? '' : `-${after}`
  return (
    `<path class="fd-line${suffix}" d="${pathThrough([...points.slice(0, -1), back])}" fill="none" ` +
    `stroke="${colourOf(after)}" stroke-width="2"${dash}/>` +
    `<path class="fd-head${suffix}" d="${headAt(before, end)}" fill="${colourOf(after)}"/>`
  )
}

function dashOf(after: DiagramEdge['after']): string {
  return after === 'plain' ? '' : ' stroke-dasharray="7 4"'
}

function colourOf(after: DiagramEdge['after']): string {
  return after === 'plain' ? colours.line : colours[after]
}

function drawEdgeLabel({ after }: DiagramEdge, { x, y, width, height, lines }: PlacedLabel): string {
  const suffix = after === 'plain' ? '' : `-${after}`
  const middle = length(x + width / 2)
  const rows = lines.map(
    (line, index) =>
      `<tspan x="${middle}" y="${length(y + 13 + index * fonts.labelLine)}">${xmlText(line)}</tspan>`,
  )
  return (
    `<rect class="fd-paper" x="${length(x)}" y="${length(y)}" width="${length(width)}" height="${length(height)}" rx="4" ` +
    `fill="${colours.paper}"/>` +
    `<text class="fd-head${suffix}" text-anchor="middle" font-size="${fonts.label}" fill="${colourOf(after)}">${rows.join('')}</text>`
  )
}

/** A line without a head, such as from a header to the label of a branch. */
export function drawConnector(points: readonly Point[]): string {
  return `<path class="fd-line" d="${pathThrough(points)}" fill="none" stroke="${colours.line}" stroke-width="2"/>`
}

/** Path data through points, with round corners. */
function pathThrough(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]]
      if (before === undefined) return `M${pair(point)}`
      if (after === undefined) return `L${pair(point)}`
      const room = Math.min(bend, distance(before, point) / 2, distance(point, after) / 2)
      return `L${pair(towards(point, before, room))}Q${pair(point)} ${pair(towards(point, after, room))}`
    })
    .join('')
}

function headAt(before: Point, end: Point): string {
  const back = towards(end, before, headLength)
  const share = headWidth / headLength
  const side = { x: (end.y - back.y) * share, y: (back.x - end.x) * share }
  const left = { x: back.x + side.x, y: back.y + side.y }
  const right = { x: back.x - side.x, y: back.y - side.y }
  return `M${pair(end)}L${pair(left)}L${pair(right)}Z`
}

/** The point so many pixels from the first on the way to the second. */
function towards(from: Point, to: Point, pixels: number): Point {
  const whole = distance(from, to)
  const share = whole === 0 ? 0 : pixels / whole
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function pair({ x, y }: Point): string {
  return `${length(x)} ${length(y)}`
}
