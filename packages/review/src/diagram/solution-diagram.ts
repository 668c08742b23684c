import type { Flow } from '@flowstead/definition'
import { counted } from '../counted.ts'
import { type ChildFlowCall, childFlowGraph } from '../solution/child-flows.ts'
import { boundedLayout } from './bounded-layout.ts'
import { drawEdge } from './draw-edge.ts'
import type { LayerPlaces, Point } from './elk.ts'
import { looks } from './kinds.ts'
import { type as fonts, outlinePath, type Size } from './outline.ts'
import { labelOf } from './place-branch.ts'
import { sentence, svgImage } from './svg-image.ts'
import { shortened, widthOf, wrapped } from './text-size.ts'
import { length, xmlText } from './xml-text.ts'

/** A flow that calls or is called, or something called that is not among the flows. */
interface FlowNode extends Size {
  readonly id: string
  readonly lines: readonly string[]
  /** Id of the flow, or how the caller names what is missing. */
  readonly reference: string
  readonly title: string
  readonly isMissing: boolean
}

/** All calls from one flow to another. */
interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly calls: number
}

const maxLayered = 1_000
const maxTextWidth = 250

/** Which flow starts which, from left to right, as an SVG image like that of `renderDiagram`. */
export function renderSolutionDiagram(flows: readonly Flow[]): string {
  const { nodes, edges } = flowGraph(childFlowGraph(flows).calls)
  const title = 'Flows that start other flows'
  const image = { title, isLinked: false }
  if (edges.length === 0) {
    const text = 'No flow of this set starts another one.'
    return svgImage({
      ...image,
      description: text,
      size: { width: 320, height: 24 },
      content: sentence(text),
    })
  }
  const description = `${counted(nodes.length, 'flow')}, ${counted(edges.length, 'arrow')} from the flow that starts to the flow that is started.`
  const places = boundedLayout(maxLayered).layout({
    direction: 'RIGHT',
    order: 'asGiven',
    nodes,
    edges: edges.map(({ from, to, calls }) => ({
      from,
      to,
      ...(calls > 1 ? { label: labelOf(times(calls), 100) } : {}),
    })),
  })
  return places === undefined
    ? svgImage({ ...image, description, ...inWords(nodes, edges) })
    : svgImage({ ...image, description, size: places, content: drawn(nodes, edges, places) })
}

function flowGraph(calls: readonly ChildFlowCall[]): {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
} {
  const nodes = new Map<Flow | string, FlowNode>()
  const nodeOf = (key: Flow | string): FlowNode => {
    const known = nodes.get(key)
    if (known !== undefined) return known
    const made = flowNode(`f${nodes.size + 1}`, key)
    nodes.set(key, made)
    return made
  }
  const edges = new Map<string, FlowEdge>()
  for (const { parent, child, reference } of calls) {
    const [from, to] = [nodeOf(parent).id, nodeOf(child ?? reference).id]
    const key = `${from} ${to}`
    edges.set(key, { from, to, calls: (edges.get(key)?.calls ?? 0) + 1 })
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

function flowNode(id: string, key: Flow | string): FlowNode {
  const isMissing = typeof key === 'string'
  const name = isMissing ? 'Not in this set' : key.name
  const lines = wrapped(name, { fontSize: fonts.name, maxWidth: maxTextWidth, maxLines: 2 })
  const reference = isMissing ? key : key.id
  const under = shortened(reference, fonts.caption, maxTextWidth)
  const widths = [widthOf(under, fonts.caption), ...lines.map((line) => widthOf(line, fonts.name))]
  return {
    id,
    lines,
    reference: under,
    title: `${name}\n${reference}`,
    isMissing,
    width: Math.ceil(Math.max(...widths)) + 28,
    height: lines.length * fonts.nameLine + fonts.captionLine + 18,
  }
}

function drawn(nodes: readonly FlowNode[], edges: readonly FlowEdge[], places: LayerPlaces): string {
  const arrows = edges.map(({ from, to, calls }, index) => {
    const { points, label } = places.edges[index] ?? { points: [] }
    const edge = { from, to, line: 'solid', statuses: ['Succeeded'], after: 'plain', label: '' } as const
    return drawEdge({
      edge,
      points,
      ...(label === undefined ? {} : { label: { ...labelOf(times(calls), 100), ...label } }),
    })
  })
  return arrows.join('') + nodes.map((node, index) => drawFlow(node, places.nodes[index] as Point)).join('')
}

function drawFlow(node: FlowNode, { x, y }: Point): string {
  const { fill, ink } = looks.action
  const middle = length(node.width / 2)
  const names = node.lines.map(
    (line, index) => `<tspan x="${middle}" y="${22 + index * fonts.nameLine}">${xmlText(line)}</tspan>`,
  )
  return (
    `<g class="fd-node" transform="translate(${length(x)} ${length(y)})"><title>${xmlText(node.title)}</title>` +
    `<path class="fd-outline" d="${outlinePath('rectangle', node)}" fill="${node.isMissing ? '#e3e7ec' : fill}" stroke="#1b2430" ` +
    `stroke-opacity=".55"${node.isMissing ? ' stroke-dasharray="5 3"' : ''}/>` +
    `<text text-anchor="middle" font-size="${fonts.name}" font-weight="600" fill="${ink}">${names.join('')}` +
    `<tspan x="${middle}" y="${20 + node.lines.length * fonts.nameLine}" font-size="${fonts.caption}" font-weight="400">${xmlText(node.reference)}</tspan>` +
    '</text></g>\n'
  )
}

/** A list, for what no picture can show. */
function inWords(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): { size: Size; content: string } {
  const names = new Map(nodes.map(({ id, title }) => [id, title.replace('\n', ' · ')]))
  const lines = edges.map(
    ({ from, to, calls }) => `${names.get(from)} → ${names.get(to)}${calls > 1 ? ` (${times(calls)})` : ''}`,
  )
  return {
    size: { width: 1_000, height: lines.length * 20 },
    content: lines
      .map((line, index) => `<g transform="translate(0 ${index * 20})">${sentence(line)}</g>`)
      .join('\n'),
  }
}

function times(calls: number): string {
  return `${calls} times`
}
