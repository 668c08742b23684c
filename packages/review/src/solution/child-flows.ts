// Which flow calls which. Power Automate names the child by its workflow id; a project of Logic Apps by the name of
// its folder, a deployed Logic App by its resource id.
import {
  type ActionDefinition,
  type Flow,
  memberAt,
  pointerTo,
  textMember,
  walkActions,
} from '@flowstead/definition'
import { groupsOf } from './groups.ts'

/** One action that starts another flow. */
export interface ChildFlowCall {
  readonly parent: Flow
  readonly action: ActionDefinition
  /** How the action names the child, as written. */
  readonly reference: string
  /** Where that stands in the file of the parent. */
  readonly pointer: string
  /** `undefined` when the child is not in the set, or its name is computed. */
  readonly child: Flow | undefined
}

/** All calls among flows, in the order of the flows and of their actions. */
export interface ChildFlowGraph {
  readonly calls: readonly ChildFlowCall[]
  /** Flows that call one another in a circle, or themselves; each flow stands in one circle at most. */
  readonly cycles: readonly (readonly Flow[])[]
}

/** Reads who calls whom among flows that are reviewed together. */
export function childFlowGraph(flows: readonly Flow[]): ChildFlowGraph {
  const find = finderOf(flows)
  const calls = flows.flatMap((parent) => callsOf(parent, find))
  return { calls, cycles: cyclesIn(flows, calls) }
}

type Find = (parent: Flow, reference: string) => Flow | undefined

function callsOf(parent: Flow, find: Find): ChildFlowCall[] {
  return [...walkActions(parent)].flatMap(({ action }) => {
    const named = action.type === 'Workflow' ? referenceOf(action) : undefined
    if (named === undefined) return []
    return [{ parent, action, ...named, child: find(parent, named.reference) }]
  })
}

function referenceOf(action: ActionDefinition): { reference: string; pointer: string } | undefined {
  for (const keys of [['workflowReferenceName'], ['workflow', 'id']]) {
    const host = ['inputs', 'host', ...keys]
    const key = host.pop() ?? ''
    const reference = textMember(memberAt(action.raw, ...host), key)
    if (reference !== undefined) return { reference, pointer: pointerTo(action.pointer, ...host, key) }
  }
  return undefined
}

/** Of flows with the same id or name, the one that lies nearest to the parent is meant. */
function finderOf(flows: readonly Flow[]): Find {
  const known = new Map<string, Flow[]>()
  const add = (key: string, flow: Flow): void => {
    const list = known.get(key)
    if (list === undefined) known.set(key, [flow])
    else if (!list.includes(flow)) list.push(flow)
  }
  for (const flow of flows) {
    // A second flow with the same id was given a number when it was read.
    add(flow.id.replace(/^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d+$/, '$1'), flow)
    if (flow.dialect === 'LogicApps') add(flow.name.toLowerCase(), flow)
  }
  return (parent, reference) => {
    const key = reference.replace(/^\{(.*)\}$/, '$1').toLowerCase()
    const candidates = known.get(key) ?? known.get(key.split('/').at(-1) ?? '') ?? []
    return nearest(parent.file, candidates)
  }
}

function nearest(file: string, candidates: readonly Flow[]): Flow | undefined {
  let best: { readonly flow: Flow; readonly shared: number } | undefined
  for (const flow of candidates.slice(0, 100)) {
    const shared = sharedLength(file, flow.file)
    if (best === undefined || shared > best.shared) best = { flow, shared }
  }
  return best?.flow
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

function cyclesIn(flows: readonly Flow[], calls: readonly ChildFlowCall[]): Flow[][] {
  const children = new Map<Flow, Set<Flow>>(flows.map((flow) => [flow, new Set()]))
  for (const { parent, child } of calls) if (child !== undefined) children.get(parent)?.add(child)
  return groupsOf(flows, (flow) => children.get(flow) ?? []).filter(
    ([first, second]) => second !== undefined || (first !== undefined && children.get(first)?.has(first)),
  )
}
