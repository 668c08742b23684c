/**
 * A graph of the catalog as SVG: one column per kind, everything in the colour of the surrounding text, no
 * script and no style sheet. Every text is escaped.
 */
import { type CatalogGraph, type GraphNode, type NodeKind, nodeKinds } from './graph.ts'

export interface DrawOptions {
  /** Read aloud in place of the drawing; default "Domain graph". */
  readonly title?: string
  /** Where a node leads; no link by default. */
  readonly href?: (node: GraphNode) => string | undefined
}

interface Placed extends GraphNode {
  readonly x: number
  readonly y: number
}

const box = { width: 220, height: 44 }
const gap = { column: 56, row: 16 }
const margin = 12
const maxLabel = 28

const radius: Readonly<Record<NodeKind, number>> = { domain: 22, service: 10, event: 4, flow: 10 }

/** Draws the graph; an empty one is a drawing that says so. */
export function drawGraph(graph: CatalogGraph, options: DrawOptions = {}): string {
  const title = options.title ?? 'Domain graph'
  const placed = place(graph)
  const rows = placed.map(({ y }) => y)
  const width = margin * 2 + nodeKinds.length * box.width + (nodeKinds.length - 1) * gap.column
  const height = Math.max(0, ...rows) + box.height + margin
  const byId = new Map(placed.map((node) => [node.id, node]))
  const edges = graph.edges.flatMap(({ from, to }) => drawEdge(byId.get(from), byId.get(to)))
  const nodes = placed.map((node) => drawNode(node, options.href?.(node)))
  const content =
    placed.length === 0 ? [text(margin, margin + 20, 'There are no events.')] : [...edges, ...nodes]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="currentColor">`,
    `<title>${escapeXml(title)}</title>`,
    ...content,
    '</svg>',
  ].join('\n')
}

/** Rows are given to flows and to events without any; everything else stands in the middle of what it leads to. */
function place({ edges, nodes }: CatalogGraph): Placed[] {
  const targets = new Map(
    nodes.map(({ id }) => [id, edges.filter(({ from }) => from === id).map(({ to }) => to)]),
  )
  const rowOf = new Map<string, number>()
  let nextRow = 0
  const settle = (id: string): number => {
    const known = rowOf.get(id)
    if (known !== undefined) return known
    const own = (targets.get(id) ?? []).filter((to) => !rowOf.has(to)).map(settle)
    const row = own.length === 0 ? nextRow++ : ((own[0] ?? 0) + (own.at(-1) ?? 0)) / 2
    rowOf.set(id, row)
    return row
  }
  for (const { id } of nodes) settle(id)
  return nodes.map((node) => ({
    ...node,
    x: margin + nodeKinds.indexOf(node.kind) * (box.width + gap.column),
    y: margin + Math.round((rowOf.get(node.id) ?? 0) * (box.height + gap.row)),
  }))
}

function drawEdge(from: Placed | undefined, to: Placed | undefined): string[] {
  if (from === undefined || to === undefined) return []
  const [startX, startY] = [from.x + box.width, from.y + box.height / 2]
  const [endX, endY] = [to.x, to.y + box.height / 2]
  const middle = (startX + endX) / 2
  const path = `M${startX} ${startY}C${middle} ${startY} ${middle} ${endY} ${endX} ${endY}`
  return [`<path d="${path}" fill="none" stroke="currentColor" stroke-opacity="0.45"/>`]
}

function drawNode(node: Placed, href: string | undefined): string {
  const { id, kind, label, note, x, y } = node
  const drawn = [
    `<g data-id="${escapeXml(id)}" data-kind="${kind}">`,
    `<title>${escapeXml(note === '' ? label : `${label} (${note})`)}</title>`,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${radius[kind]}" fill="currentColor" fill-opacity="${kind === 'event' ? 0.12 : 0.04}" stroke="currentColor" stroke-opacity="0.6"/>`,
    text(x + 12, y + 19, label),
    `<g opacity="0.65" font-size="11">${text(x + 12, y + 35, note)}</g>`,
    '</g>',
  ].join('')
  return href === undefined ? drawn : `<a href="${escapeXml(href)}">${drawn}</a>`
}

function text(x: number, y: number, content: string): string {
  const characters = [...content]
  const shown = characters.length > maxLabel ? `${characters.slice(0, maxLabel - 1).join('')}…` : content
  return `<text x="${x}" y="${y}">${escapeXml(shown)}</text>`
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Text as it may stand in an element or attribute; what XML cannot hold becomes a box. */
function escapeXml(content: string): string {
  return content
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\u25a1')
    .replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? character)
}
