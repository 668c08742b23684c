import type { PlacedBranch, PlacedNode } from './place-diagram.ts'

interface Area {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What lies outside its owner or over its neighbour, in a branch and everything inside it. */
export function misplaced(branch: PlacedBranch, starts: readonly PlacedNode[] = []): string[] {
  const nodes = [...starts, ...branch.nodes]
  const own = nodes.map(areaOf)
  return [
    ...outside(own, branch, 'its branch'),
    ...overlapping(own),
    ...nodes.flatMap((node) => {
      const parts = node.branches.map((each, index) => ({
        ...areaFrom(each),
        name: `${node.node.name}#${index}`,
      }))
      return [
        ...outside([...parts, { ...areaFrom(node.header), name: node.node.name }], node, 'its box'),
        ...overlapping(parts),
        ...node.branches.flatMap((each) => misplaced(each)),
      ]
    }),
  ]
}

function areaOf(node: PlacedNode): Area {
  return { ...areaFrom(node), name: node.node.name }
}

function areaFrom({ x, y, width, height }: Omit<Area, 'name'>): Omit<Area, 'name'> {
  return { x, y, width, height }
}

const slack = 0.01

function outside(
  areas: readonly Area[],
  { width, height }: { width: number; height: number },
  of: string,
): string[] {
  return areas
    .filter(
      (area) =>
        area.x < -slack ||
        area.y < -slack ||
        area.x + area.width > width + slack ||
        area.y + area.height > height + slack,
    )
    .map(({ name }) => `"${name}" is outside ${of}`)
}

/** Sorted from top to bottom, each is compared only with what begins before it ends. */
function overlapping(areas: readonly Area[]): string[] {
  const sorted = [...areas].sort((one, other) => one.y - other.y)
  return sorted.flatMap((one, index) => {
    const found: string[] = []
    for (const other of sorted.slice(index + 1)) {
      if (other.y >= one.y + one.height - slack) break
      if (other.x < one.x + one.width - slack && one.x < other.x + other.width - slack)
        found.push(`"${one.name}" lies over "${other.name}"`)
    }
    return found
  })
}

/** Arrows and what is written on them that lie over a box, in a branch and everything inside it. */
export function overlaid(branch: PlacedBranch, starts: readonly PlacedNode[] = []): string[] {
  const boxes = [...starts, ...branch.nodes].map(areaOf)
  const own = branch.edges.flatMap(({ edge, points, label }) => {
    const name = `${edge.from}>${edge.to}`
    const parts = points.slice(1).map((to, index) => between(points[index] ?? to, to, name))
    const written = label === undefined ? [] : [{ ...areaFrom(label), name: `${name}: ${edge.label}` }]
    return [...parts, ...written].flatMap((part) =>
      boxes.filter((box) => lieOver(part, box)).map((box) => `"${part.name}" lies over "${box.name}"`),
    )
  })
  const inside = branch.nodes.flatMap(({ branches }) => branches.flatMap((each) => overlaid(each)))
  return [...own, ...inside]
}

function between(from: { x: number; y: number }, to: { x: number; y: number }, name: string): Area {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)]
  return { name, x, y, width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) }
}

/** Touching is not lying over. */
function lieOver(one: Area, other: Area): boolean {
  const apart = 0.1
  return (
    one.x < other.x + other.width - apart &&
    other.x < one.x + one.width - apart &&
    one.y < other.y + other.height - apart &&
    other.y < one.y + one.height - apart
  )
}
