// A flow as a diagram sees it: nodes, branches inside them, and arrows; no sizes, no colours.
// 1. Every action is one node, or is counted in `hidden` of the node that was folded above it.
// 2. Arrows join nodes of one branch, or the owner (the trigger at the top) to the first nodes of a branch.
// 3. Every node can be reached along arrows from its owner, even where the definition is wrong.
// 4. Recursion ends at `maxDepth`; what is deeper is counted without recursion.
import type {
  ActionDefinition,
  BlockDefinition,
  Flow,
  RunAfter,
  TriggerDefinition,
} from '@flowstead/definition'
import { captionOf, captionOfTrigger, caseValue } from './caption.ts'
import { kindOfType, type NodeKind } from './kinds.ts'

/** One flow, ready to be laid out or written as text. */
export interface DiagramModel {
  readonly name: string
  readonly triggers: readonly DiagramNode[]
  readonly root: DiagramBranch
  /** Actions at any depth. */
  readonly actions: number
  /** Actions inside folded nodes. */
  readonly hidden: number
}

/** A trigger or an action. */
export interface DiagramNode {
  /** `t1`, `a1` … in the order of the definition; safe in any language. */
  readonly id: string
  readonly kind: NodeKind
  /** As the definition writes it. */
  readonly name: string
  /** As designers show it: with spaces instead of underscores. */
  readonly label: string
  /** What it does in a few words, such as an operation id. */
  readonly caption: string
  readonly pointer: string
  /** Mistakes of the definition that no arrow can show; full sentences. */
  readonly faults: readonly string[]
  /** Empty for what holds nothing, and for folded nodes. */
  readonly branches: readonly DiagramBranch[]
  /** Actions inside that are not drawn; 0 unless folded. */
  readonly hidden: number
}

/** Nodes that run under one owner. */
export interface DiagramBranch {
  /** Yes, No, the key of a case, Default; `undefined` where the owner has one branch only. */
  readonly label: string | undefined
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
}

/** An arrow. `dotted` leads from an action with others inside to what follows it. */
export interface DiagramEdge {
  readonly from: string
  readonly to: string
  readonly line: 'solid' | 'dotted'
  /** Statuses that let `to` run; empty accepts any. */
  readonly statuses: readonly string[]
  /** `plain` follows success only, `failure` follows no success, `mixed` follows both. */
  readonly after: 'plain' | 'failure' | 'mixed'
  /** What is written on it: '' when it follows success only. */
  readonly label: string
}

export interface ModelOptions {
  /** Levels of actions inside one another that are drawn; what is deeper is folded. Default 30, at least 1. */
  readonly maxDepth?: number
}

/** Deepest level drawn unless asked otherwise. */
const defaultMaxDepth = 30

interface Building {
  readonly flow: Flow
  readonly maxDepth: number
  count: number
  hidden: number
}

/** The diagram of a flow. */
export function diagramModel(flow: Flow, options: ModelOptions = {}): DiagramModel {
  const building: Building = {
    flow,
    maxDepth: Math.max(1, options.maxDepth ?? defaultMaxDepth),
    count: 0,
    hidden: 0,
  }
  const triggers = flow.triggers.map((trigger, index) => triggerNode(flow, trigger, index))
  const starts = triggers.map(({ id }) => id)
  const root = branchOf(building, flow.root, undefined, { starts, depth: 1 })
  return {
    name: flow.name,
    triggers,
    root,
    actions: building.count + building.hidden,
    hidden: building.hidden,
  }
}

function triggerNode(flow: Flow, trigger: TriggerDefinition, index: number): DiagramNode {
  return {
    id: `t${index + 1}`,
    kind: 'trigger',
    name: trigger.name,
    label: shown(trigger.name),
    caption: captionOfTrigger(flow, trigger),
    pointer: trigger.pointer,
    faults: [],
    branches: [],
    hidden: 0,
  }
}

interface BranchPlace {
  /** Ids the first nodes are reached from. */
  readonly starts: readonly string[]
  readonly depth: number
}

function branchOf(
  building: Building,
  block: BlockDefinition,
  label: string | undefined,
  place: BranchPlace,
): DiagramBranch {
  const nodes = block.actions.map((action) => actionNode(building, action, place.depth))
  const byName = new Map(nodes.map((node) => [node.name.toLowerCase(), node]))
  const triggers = new Set(building.flow.triggers.map(({ name }) => name.toLowerCase()))
  const edges: DiagramEdge[] = []
  const checked = block.actions.map((action, index) => {
    const node = nodes[index] as DiagramNode
    const { arrows, faults, isFirst } = arrowsTo(node, action.runAfter, byName, triggers)
    if (isFirst) edges.push(...place.starts.map((from) => plainEdge(from, node.id)))
    edges.push(...arrows)
    return faults.length === 0 ? node : { ...node, faults }
  })
  return { label, nodes: checked, edges: [...edges, ...strayEdges(checked, edges, place.starts)] }
}

/** Arrows from the start to what nothing leads to: the definition is wrong there, and the arrow says how. */
function strayEdges(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  starts: readonly string[],
): DiagramEdge[] {
  const followers = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const list = followers.get(from)
    if (list === undefined) followers.set(from, [to])
    else list.push(to)
  }
  const reached = new Set<string>()
  const reach = (first: string) => {
    const open = [first]
    for (let id = open.pop(); id !== undefined; id = open.pop())
      if (!reached.has(id)) {
        reached.add(id)
        open.push(...(followers.get(id) ?? []))
      }
  }
  for (const start of starts) reach(start)
  return nodes.flatMap(({ id, faults }) => {
    if (reached.has(id)) return []
    reach(id)
    const label = faults.length > 0 ? 'after what is not there' : 'in a circle'
    return starts.map((from) => ({ ...plainEdge(from, id), statuses: [], after: 'failure', label }) as const)
  })
}

function actionNode(building: Building, action: ActionDefinition, depth: number): DiagramNode {
  building.count += 1
  const id = `a${building.count + building.hidden}`
  const isFolded = depth >= building.maxDepth && action.blocks.some(({ actions }) => actions.length > 0)
  const hidden = isFolded ? actionsInside(action) : 0
  building.hidden += hidden
  const place = { starts: [id], depth: depth + 1 }
  return {
    id,
    kind: kindOfType(action.type),
    name: action.name,
    label: shown(action.name),
    caption: captionOf(building.flow, action),
    pointer: action.pointer,
    faults: [],
    branches: isFolded
      ? []
      : action.blocks.map((block) => branchOf(building, block, branchLabel(action, block), place)),
    hidden,
  }
}

/** Counted with a list of what is open, so that depth costs no stack. */
function actionsInside(action: ActionDefinition): number {
  const open = [...action.blocks]
  let count = 0
  for (let block = open.pop(); block !== undefined; block = open.pop())
    for (const inner of block.actions) {
      count += 1
      for (const deeper of inner.blocks) open.push(deeper)
    }
  return count
}

interface Arrows {
  readonly arrows: readonly DiagramEdge[]
  readonly faults: readonly string[]
  /** Whether the owner starts it. */
  readonly isFirst: boolean
}

function arrowsTo(
  node: DiagramNode,
  runAfter: readonly RunAfter[],
  siblings: ReadonlyMap<string, DiagramNode>,
  triggers: ReadonlySet<string>,
): Arrows {
  const arrows: DiagramEdge[] = []
  const faults: string[] = []
  let isFirst = runAfter.length === 0
  for (const { action, statuses } of runAfter) {
    const earlier = siblings.get(action.toLowerCase())
    if (earlier === node) faults.push(`Runs after itself.`)
    else if (earlier !== undefined) arrows.push(followingEdge(earlier, node, statuses))
    else if (triggers.has(action.toLowerCase())) isFirst = true
    else faults.push(`Runs after "${action}", which is not beside it.`)
  }
  return { arrows, faults, isFirst }
}

function plainEdge(from: string, to: string): DiagramEdge {
  return { from, to, line: 'solid', statuses: ['Succeeded'], after: 'plain', label: '' }
}

function followingEdge(from: DiagramNode, to: DiagramNode, statuses: readonly string[]): DiagramEdge {
  const hasSuccess = statuses.length === 0 || statuses.includes('Succeeded')
  const isPlain = hasSuccess && statuses.length === 1
  return {
    from: from.id,
    to: to.id,
    line: from.branches.length > 0 || from.hidden > 0 ? 'dotted' : 'solid',
    statuses,
    after: isPlain ? 'plain' : hasSuccess ? 'mixed' : 'failure',
    label: isPlain ? '' : statuses.length === 0 ? 'after any outcome' : `after ${statuses.join(', ')}`,
  }
}

function branchLabel(action: ActionDefinition, block: BlockDefinition): string | undefined {
  const key = block.key
  if (action.type === 'If') return key === 'else' ? 'No' : 'Yes'
  if (key === 'default') return 'Default'
  if (key.startsWith('case:')) return caseLabel(action, key.slice('case:'.length))
  if (key.startsWith('tool:')) return shown(key.slice('tool:'.length))
  return undefined
}

/** Key of a case, and its value where that says more. */
function caseLabel(action: ActionDefinition, key: string): string {
  const value = caseValue(action, key)
  return value === undefined || value === key ? shown(key) : `${shown(key)} = ${value}`
}

/** A name as designers show it. */
function shown(name: string): string {
  return name.replaceAll('_', ' ').trim() || name
}
