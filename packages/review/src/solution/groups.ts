/**
 * Nodes of a directed graph in groups whose members all reach one another (strongly connected components), in the
 * order of their first nodes. Without recursion: a chain of any length is fine.
 */
export function groupsOf<T>(nodes: readonly T[], next: (node: T) => Iterable<T>): T[][] {
  const state = {
    indexes: new Map<T, number>(),
    lows: new Map<T, number>(),
    stack: [] as T[],
    open: new Set<T>(),
  }
  const groups: T[][] = []
  for (const node of nodes) if (!state.indexes.has(node)) visit(node, next, state, groups)
  const order = new Map(nodes.map((node, index) => [node, index]))
  const place = (node: T | undefined): number => (node === undefined ? 0 : (order.get(node) ?? 0))
  for (const group of groups) group.sort((one, other) => place(one) - place(other))
  return groups.sort((one, other) => place(one[0]) - place(other[0]))
}

interface State<T> {
  readonly indexes: Map<T, number>
  readonly lows: Map<T, number>
  readonly stack: T[]
  readonly open: Set<T>
}

/** Tarjan's walk from one node, with a list of frames in place of the call stack. */
function visit<T>(start: T, next: (node: T) => Iterable<T>, state: State<T>, groups: T[][]): void {
  const { indexes, lows, stack, open } = state
  const enter = (node: T): { node: T; rest: Iterator<T> } => {
    indexes.set(node, indexes.size)
    lows.set(node, indexes.size - 1)
    stack.push(node)
    open.add(node)
    return { node, rest: next(node)[Symbol.iterator]() }
  }
  const lower = (node: T, value: number | undefined): void =>
    void lows.set(node, Math.min(lows.get(node) ?? 0, value ?? 0))
  const frames = [enter(start)]
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const { node, rest } = frame
    const step = rest.next()
    if (!step.done) {
      if (!indexes.has(step.value)) frames.push(enter(step.value))
      else if (open.has(step.value)) lower(node, indexes.get(step.value))
      continue
    }
    frames.pop()
    const owner = frames.at(-1)
    if (owner !== undefined) lower(owner.node, lows.get(node))
    if (lows.get(node) === indexes.get(node)) groups.push(takeGroup(node, stack, open))
  }
}

function takeGroup<T>(first: T, stack: T[], open: Set<T>): T[] {
  const group = stack.splice(stack.lastIndexOf(first))
  for (const node of group) open.delete(node)
  return group
}
