// Places for a whole diagram, from the inside out: every branch is laid out alone, then its owner is a box of that
// size in the branch around it. No arrow crosses the border of a box, so no layout needs to know what is inside one.
// 1. A node lies inside its owner, and beside its siblings, never over them.
// 2. Coordinates of a node count from its branch, those of a branch from its owner.
import { boundedLayout } from './bounded-layout.ts'
import type { LayerLayout, Point } from './elk.ts'
import type { Box } from './fork-form.ts'
import type { DiagramBranch, DiagramModel, DiagramNode } from './model.ts'
import { nodeSize, type Size } from './outline.ts'
import { labelOf, type PlacedEdge, type PlacedLabel, placeBranch } from './place-branch.ts'

/** A node in its place. */
export interface PlacedNode extends Point, Size {
  readonly node: DiagramNode
  /** The outline with the name; of a leaf it is the whole node. */
  readonly header: Point & Size
  /** Empty for leaves. */
  readonly branches: readonly PlacedBranch[]
  /** Lines from the header to the labels of several branches. */
  readonly connectors: readonly (readonly Point[])[]
}

/** A branch in its place. */
export interface PlacedBranch extends Point, Size {
  readonly branch: DiagramBranch
  readonly label: PlacedLabel | undefined
  /** Where the arrows of a scope begin. */
  readonly start: Point | undefined
  /** Where it says that there is nothing in it. */
  readonly note: (Point & Size) | undefined
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

/** A diagram with a place for everything. */
export interface PlacedDiagram extends Size {
  readonly triggers: readonly PlacedNode[]
  readonly root: PlacedBranch
  /** Whether it was too large to be laid out in layers. */
  readonly isStacked: boolean
}

export interface PlaceOptions {
  /**
   * Largest size of all layered layouts of the flow together, as nodes and layers passed by arrows; what comes after is
   * stacked. Chains and plain forks of actions do not count. Default 2,000.
   */
  readonly maxLayered?: number
}

const defaultMaxLayered = 2_000
const padding = 16
const laneGap = 14
/** Room between a header and its branches, and between rows of branches. */
const busGap = 34
/** Branches side by side become rows above this width. */
const maxRowWidth = 2_400
const startSize: Size = { width: 10, height: 10 }
const noteSize: Size = { width: 90, height: 20 }

/** Lays out a diagram. */
export function placeDiagram(model: DiagramModel, options: PlaceOptions = {}): PlacedDiagram {
  const layers = boundedLayout(options.maxLayered ?? defaultMaxLayered)
  const triggers = model.triggers.map((node) => ({ id: node.id, ...nodeSize(node) }))
  const root = branchWith(triggers, model.root, layers.layout)
  return {
    width: root.width,
    height: root.height,
    root,
    triggers: model.triggers.map((node, index) => leafAt(node, root.starts[index] as Point)),
    isStacked: layers.hasRefused(),
  }
}

function leafAt(node: DiagramNode, at: Point): PlacedNode {
  const size = nodeSize(node)
  return { node, ...at, ...size, header: { x: 0, y: 0, ...size }, branches: [], connectors: [] }
}

/** A node of its size, at 0,0 until its branch is laid out. */
function sizedNode(node: DiagramNode, layers: LayerLayout): PlacedNode {
  if (node.branches.length === 0) return leafAt(node, { x: 0, y: 0 })
  const [only] = node.branches
  if (node.branches.length > 1 || only?.label !== undefined) return forked(node, layers)
  return node.kind === 'scope'
    ? framed(node, only as DiagramBranch, layers)
    : looped(node, only as DiagramBranch, layers)
}

/** A loop: the header is the first box of its only branch. */
function looped(node: DiagramNode, only: DiagramBranch, layers: LayerLayout): PlacedNode {
  const header = nodeSize(node)
  const branch = branchWith([{ id: node.id, ...header }], only, layers)
  const moved = { x: padding, y: padding }
  return boxed(node, {
    header: { ...header, ...sum(branch.starts[0] as Point, moved) },
    branches: [{ ...branch, ...moved }],
    inner: branch.width,
  })
}

/** A scope: a tab in the corner, and a dot where its branch begins. */
function framed(node: DiagramNode, only: DiagramBranch, layers: LayerLayout): PlacedNode {
  const tab = nodeSize(node)
  const branch = branchWith([{ id: node.id, ...startSize }], only, layers)
  const inner = Math.max(branch.width, tab.width - padding)
  const at = { x: padding + (inner - branch.width) / 2, y: tab.height + 10 }
  const start = sum(branch.starts[0] as Point, { x: startSize.width / 2, y: startSize.height / 2 })
  return boxed(node, {
    header: { x: 0, y: 0, ...tab },
    branches: [{ ...branch, ...at, start: branch.note === undefined ? start : undefined }],
    inner,
  })
}

/** Several branches, or one with a name: the header above, the branches side by side below it. */
function forked(node: DiagramNode, layers: LayerLayout): PlacedNode {
  const header = nodeSize(node)
  const lanes = node.branches.map((branch) => lane(node, branch, layers))
  const rows = rowsOf(lanes)
  const trunk = rows.length > 1 ? 14 : 0
  const rowWidths = rows.map((row) => row.reduce((sum, { width }) => sum + width + laneGap, -laneGap))
  const inner = Math.max(header.width, ...rowWidths.map((width) => width + trunk))
  const middle = padding + inner / 2
  const bottom = padding + header.height
  const branches: PlacedBranch[] = []
  const connectors: Point[][] = []
  let y = bottom + busGap
  for (const [index, row] of rows.entries()) {
    const bus = y - busGap / 2
    let x = padding + trunk + (inner - trunk - (rowWidths[index] as number)) / 2
    for (const each of row) {
      const chip = x + (each.label?.x ?? 0) + (each.label?.width ?? 0) / 2
      const way =
        index === 0
          ? []
          : [
              { x: padding, y: bottom + busGap / 2 },
              { x: padding, y: bus },
            ]
      const begin = [
        { x: middle, y: bottom },
        { x: middle, y: bottom + busGap / 2 },
      ]
      connectors.push([...begin, ...way, { x: chip, y: bus }, { x: chip, y: y + (each.label?.y ?? 0) }])
      branches.push({ ...each, x, y })
      x += each.width + laneGap
    }
    y += Math.max(...row.map(({ height }) => height)) + busGap
  }
  const headerAt = { x: middle - header.width / 2, y: padding }
  return boxed(node, { header: { ...header, ...headerAt }, branches, connectors, inner })
}

/** Branches in rows that are not too wide. */
function rowsOf(lanes: readonly PlacedBranch[]): PlacedBranch[][] {
  const rows: PlacedBranch[][] = []
  let width = 0
  for (const each of lanes) {
    if (rows.length === 0 || (width + each.width > maxRowWidth && lanes.length > 3)) {
      rows.push([])
      width = 0
    }
    rows.at(-1)?.push(each)
    width += each.width + laneGap
  }
  return rows
}

const lanePadding = 12

function lane(owner: DiagramNode, branch: DiagramBranch, layers: LayerLayout): PlacedBranch {
  const text = labelOf(branch.label ?? '', 200)
  const label = { ...text, width: text.width + 14 }
  const inside = branchWith([{ id: owner.id, width: label.width, height: label.height }], branch, layers)
  const moved = { x: lanePadding, y: lanePadding }
  return {
    ...inside,
    width: inside.width + 2 * lanePadding,
    height: inside.height + 2 * lanePadding,
    label: { ...label, ...sum(inside.starts[0] as Point, moved) },
    note: inside.note && { ...inside.note, ...sum(inside.note, moved) },
    nodes: inside.nodes.map((node) => ({ ...node, ...sum(node, moved) })),
    edges: inside.edges.map((edge) => movedEdge(edge, moved)),
  }
}

function sum(one: Point, other: Point): Point {
  return { x: one.x + other.x, y: one.y + other.y }
}

function movedEdge(edge: PlacedEdge, by: Point): PlacedEdge {
  return {
    ...edge,
    points: edge.points.map((point) => sum(point, by)),
    ...(edge.label === undefined ? {} : { label: { ...edge.label, ...sum(edge.label, by) } }),
  }
}

interface Contents {
  readonly header: Point & Size
  readonly branches: readonly PlacedBranch[]
  readonly connectors?: PlacedNode['connectors']
  /** Width without the padding. */
  readonly inner: number
}

/** A box around branches that have their places. */
function boxed(node: DiagramNode, { header, branches, connectors = [], inner }: Contents): PlacedNode {
  const bottom = Math.max(...branches.map(({ y, height }) => y + height))
  const size = { width: inner + 2 * padding, height: bottom + padding }
  return { node, x: 0, y: 0, ...size, header, branches, connectors }
}

/** A branch laid out below what it starts from, at 0,0 of its owner. */
function branchWith(starts: readonly Box[], branch: DiagramBranch, layers: LayerLayout): LaidBranch {
  const [start, second] = starts
  if (branch.nodes.length === 0 && start !== undefined && second === undefined)
    return emptyBranch(start, branch)
  const sized = branch.nodes.map((node) => sizedNode(node, layers))
  const boxes = sized.map(({ node: { id }, width, height }) => ({ id, width, height }))
  const { places, width, height, edges } = placeBranch([...starts, ...boxes], branch, layers)
  const nodes = sized.map((each) => ({ ...each, ...(places.get(each.node.id) as Point) }))
  return {
    ...atOrigin,
    branch,
    width,
    height,
    nodes,
    edges,
    starts: starts.map(({ id }) => places.get(id) as Point),
  }
}

/** A branch with what it starts from. */
interface LaidBranch extends PlacedBranch {
  /** Upper left corners of what it starts from. */
  readonly starts: readonly Point[]
}

const atOrigin = { x: 0, y: 0, label: undefined, start: undefined, note: undefined } as const

function emptyBranch(start: Box, branch: DiagramBranch): LaidBranch {
  const width = Math.max(start.width, noteSize.width)
  const note = { x: (width - noteSize.width) / 2, y: start.height + 4, ...noteSize }
  const starts = [{ x: (width - start.width) / 2, y: 0 }]
  return { ...atOrigin, branch, width, height: note.y + note.height, nodes: [], edges: [], note, starts }
}
