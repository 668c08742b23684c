// Recognises blocks that are only made of chains and of forks whose branches meet again in one box or end: nearly all
// that people write.
// 1. Every box stands in the form once, or there is no form.
// 2. The branches of a fork are in the order of the arrows that lead to them.
import type { DiagramEdge } from './model.ts'
import type { Size } from './outline.ts'

/** Something with an id that takes room. */
export interface Box extends Size {
  readonly id: string
}

/** One after the other. */
export interface Series {
  /** Empty for an arrow that goes past the other branches of a fork. */
  readonly parts: readonly Part[]
  /** The arrow to a box outside, where branches meet; `undefined` when the series ends here. */
  readonly leave: DiagramEdge | undefined
}

/** A box or a fork below the part before it. */
export interface Part {
  readonly of: Box | Fork
  /** From the part above: to a fork one for each branch, from a fork one for each branch that does not end. */
  readonly arrows: readonly DiagramEdge[]
}

/** Side by side; it follows a box. */
export interface Fork {
  readonly branches: readonly Series[]
}

/** Forks inside one another that are followed. */
const maxDepth = 100

/** The form of a block; `undefined` when it has several beginnings, circles, or crossing arrows. */
export function forkFormOf(boxes: readonly Box[], edges: readonly DiagramEdge[]): Series | undefined {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const leaving = new Map<string, DiagramEdge[]>(boxes.map(({ id }) => [id, []]))
  const arriving = new Map(boxes.map(({ id }) => [id, 0]))
  for (const edge of edges) {
    leaving.get(edge.from)?.push(edge)
    arriving.set(edge.to, (arriving.get(edge.to) ?? 0) + 1)
  }
  const [head, second] = boxes.filter(({ id }) => arriving.get(id) === 0)
  const seen = new Set<string>()

  function seriesFrom(first: string, depth: number): Series | undefined {
    const parts: Part[] = []
    let arrows = added(parts, { id: first, arrows: [] }, depth)
    while (arrows !== undefined) {
      const [arrow] = arrows
      if (arrow === undefined) return { parts, leave: undefined }
      if (arriving.get(arrow.to) !== arrows.length)
        return arrows.length === 1 ? { parts, leave: arrow } : undefined
      arrows = added(parts, { id: arrow.to, arrows }, depth)
    }
    return undefined
  }

  /** Adds a box and the fork below it; gives the arrows that lead on, `undefined` when there is no form. */
  function added(
    parts: Part[],
    { id, arrows }: { readonly id: string; readonly arrows: readonly DiagramEdge[] },
    depth: number,
  ): readonly DiagramEdge[] | undefined {
    const box = byId.get(id)
    if (box === undefined || seen.has(id)) return undefined
    seen.add(id)
    parts.push({ of: box, arrows })
    const on = leaving.get(id) ?? []
    if (on.length < 2) return on
    const fork = depth === maxDepth ? undefined : forkOf(on, depth)
    if (fork === undefined) return undefined
    parts.push({ of: fork, arrows: on })
    return fork.branches.flatMap(({ leave }) => leave ?? [])
  }

  function forkOf(arrows: readonly DiagramEdge[], depth: number): Fork | undefined {
    const branches: Series[] = []
    for (const arrow of arrows) {
      const goesPast = arriving.get(arrow.to) !== 1
      const branch = goesPast ? { parts: [], leave: arrow } : seriesFrom(arrow.to, depth + 1)
      if (branch === undefined) return undefined
      branches.push(branch)
    }
    const joins = new Set(branches.flatMap(({ leave }) => leave?.to ?? []))
    return joins.size > 1 ? undefined : { branches }
  }

  const whole = head === undefined || second !== undefined ? undefined : seriesFrom(head.id, 0)
  return whole === undefined || whole.leave !== undefined || seen.size < boxes.length ? undefined : whole
}
