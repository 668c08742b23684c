import { type Finding, type Severity, severities } from '../finding.ts'
import { colours } from './diagram-style.ts'
import { drawConnector, drawEdge } from './draw-edge.ts'
import { looks } from './kinds.ts'
import type { DiagramNode } from './model.ts'
import { type as fonts, nodeText, outlinePath, textShift } from './outline.ts'
import type { PlacedBranch, PlacedNode } from './place-diagram.ts'
import { widthOf } from './text-size.ts'
import { length, xmlText } from './xml-text.ts'

/** What is drawn beside the flow itself. */
export interface Overlay {
  /** Findings by lower-cased name of the action. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  /** Address of more about a node. */
  readonly linkTo: ((pointer: string) => string | undefined) | undefined
}

/** A node with everything inside it. */
export function drawNode(placed: PlacedNode, overlay: Overlay): string {
  const { node, x, y, branches, connectors } = placed
  const title = `<title>${xmlText(titleOf(node, overlay))}</title>`
  const isBox = branches.length > 0
  const inside = isBox
    ? drawBox(placed) +
      branches.map(drawLane).join('') +
      connectors.map(drawConnector).join('') +
      branches.map((branch) => drawEdges(branch)).join('')
    : ''
  const within = branches.map((branch) => drawBranchNodes(branch, overlay)).join('')
  return (
    `<g class="fd-node" data-kind="${node.kind}" data-action="${xmlText(node.name)}" transform="translate(${length(x)} ${length(y)})">` +
    `${title}${inside}${drawHeader(placed, overlay)}${within}</g>\n`
  )
}

/** Everything the picture shortens or shows by colour only. */
function titleOf({ name, caption, faults, hidden }: DiagramNode, { findings }: Overlay): string {
  const told = (findings.get(name.toLowerCase()) ?? []).map(
    ({ severity, rule, message }) => `${severity} ${rule}: ${message}`,
  )
  const folded = hidden > 0 ? [`${hidden} actions inside are not drawn.`] : []
  return [name, caption, ...folded, ...faults, ...told.slice(0, 20)].join('\n')
}

/** Arrows of the top level or of a branch, from its own corner. */
export function drawEdges({ x, y, edges, note, start }: PlacedBranch): string {
  const dot =
    start === undefined
      ? ''
      : `<circle class="fd-head" cx="${length(start.x)}" cy="${length(start.y)}" r="5" fill="${colours.line}"/>`
  const none =
    note === undefined
      ? ''
      : `<text class="fd-quiet" x="${length(note.x + note.width / 2)}" y="${length(note.y + 14)}" text-anchor="middle" ` +
        `font-size="${fonts.label}" font-style="italic" fill="${colours.quiet}">no actions</text>`
  const drawn = edges.map(drawEdge).join('')
  return `<g transform="translate(${length(x)} ${length(y)})">${dot}${drawn}${none}</g>`
}

/** Nodes of the top level or of a branch. */
export function drawBranchNodes({ x, y, nodes, label, branch }: PlacedBranch, overlay: Overlay): string {
  const drawn = nodes.map((node) => drawNode(node, overlay)).join('')
  const chip =
    label === undefined
      ? ''
      : `<g><title>${xmlText(branch.label ?? '')}</title><rect class="fd-chip" x="${length(label.x)}" y="${length(label.y)}" width="${length(label.width)}" ` +
        `height="${length(label.height)}" rx="9" fill="#2596be"/>` +
        `<text text-anchor="middle" font-size="${fonts.label}" font-weight="600" fill="#0b0f14">` +
        label.lines
          .map(
            (line, index) =>
              `<tspan x="${length(label.x + label.width / 2)}" y="${length(label.y + 13 + index * fonts.labelLine)}">${xmlText(line)}</tspan>`,
          )
          .join('') +
        '</text></g>'
  return `<g transform="translate(${length(x)} ${length(y)})">${chip}${drawn}</g>`
}

function drawBox({ node, width, height }: PlacedNode): string {
  const { fill } = looks[node.kind]
  const corner = node.kind === 'scope' ? 0 : 10
  return (
    `<rect class="fd-box" width="${length(width)}" height="${length(height)}" rx="${corner}" fill="${fill}" ` +
    `fill-opacity=".08" stroke="${fill}" stroke-width="2"/>`
  )
}

function drawLane({ x, y, width, height, label }: PlacedBranch): string {
  if (label === undefined) return ''
  return (
    `<rect class="fd-lane" x="${length(x)}" y="${length(y)}" width="${length(width)}" height="${length(height)}" rx="8" ` +
    `fill="#ffffff" fill-opacity=".75" stroke="#2596be" stroke-opacity=".55"/>`
  )
}

function drawHeader({ node, header }: PlacedNode, overlay: Overlay): string {
  const { shape, fill, ink } = looks[node.kind]
  const text = nodeText(node)
  const shift = textShift(shape)
  const middle = length(header.width / 2 + shift.x)
  const top = header.height / 2 + shift.y - text.height / 2
  const names = text.lines.map(
    (line, index) =>
      `<tspan x="${middle}" y="${length(top + 13 + index * fonts.nameLine)}">${xmlText(line)}</tspan>`,
  )
  const under =
    text.caption === ''
      ? ''
      : `<tspan x="${middle}" y="${length(top + text.lines.length * fonts.nameLine + 11)}" font-size="${fonts.caption}" ` +
        `font-weight="400">${xmlText(text.caption)}</tspan>`
  const faint = node.hidden > 0 ? ' stroke-dasharray="5 3"' : ''
  const drawn =
    `<path class="fd-outline" d="${outlinePath(shape, header)}" fill="${fill}" stroke="#1b2430" stroke-opacity=".55"${faint}/>` +
    `<text text-anchor="middle" font-size="${fonts.name}" font-weight="600" fill="${ink}">${names.join('')}${under}</text>`
  const href = overlay.linkTo?.(node.pointer)
  const linked = href === undefined ? drawn : `<a class="fd-link" href="${xmlText(href)}">${drawn}</a>`
  return (
    `<g transform="translate(${length(header.x)} ${length(header.y)})">${linked}` +
    `${drawBadges(node, header.width, overlay)}</g>`
  )
}

const badges: Readonly<
  Record<Severity | 'fault', { readonly fill: string; readonly ink: string; readonly sign: string }>
> = {
  fault: { fill: '#b42318', ink: '#ffffff', sign: '?' },
  error: { fill: '#b42318', ink: '#ffffff', sign: 'E' },
  warning: { fill: '#ffb020', ink: '#0b0f14', sign: 'W' },
  info: { fill: '#465468', ink: '#ffffff', sign: 'I' },
}

/** Counts of findings by severity at the upper right corner, and a question mark for what no arrow can show. */
function drawBadges(node: DiagramNode, right: number, { findings }: Overlay): string {
  const found = findings.get(node.name.toLowerCase()) ?? []
  const counts = severities.map((severity) => ({
    look: badges[severity],
    count: found.filter((finding) => finding.severity === severity).length,
  }))
  const shown = [
    ...counts
      .filter(({ count }) => count > 0)
      .map(({ look, count }) => ({ look, text: `${look.sign} ${count}` })),
    ...(node.faults.length > 0 ? [{ look: badges.fault, text: badges.fault.sign }] : []),
  ]
  let x = right + 6
  return shown
    .toReversed()
    .map(({ look, text }) => {
      const width = Math.ceil(widthOf(text, fonts.label)) + 12
      x -= width + 3
      return (
        `<rect x="${length(x)}" y="-12" width="${width}" height="17" rx="8.5" fill="${look.fill}" stroke="#ffffff"/>` +
        `<text x="${length(x + width / 2)}" y="0.5" text-anchor="middle" font-size="${fonts.label}" font-weight="700" fill="${look.ink}">${text}</text>`
      )
    })
    .join('')
}
