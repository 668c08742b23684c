import { connectorCallOf } from './connector-call.ts'
import type { ActionDefinition, Flow, TriggerDefinition } from './flow.ts'
import { walkActions } from './walk.ts'

/** A thing and how often it occurs. */
export interface Count {
  readonly name: string
  readonly count: number
}

/** A connector that a flow calls, with its operations, most frequent first. */
export interface ConnectorUse {
  /** Name of the API, or the connection key where the API is not told. */
  readonly api: string
  readonly connections: readonly string[]
  readonly operations: readonly Count[]
}

/** What an import plan shows of a flow. */
export interface FlowSummary {
  readonly id: string
  readonly name: string
  readonly triggers: readonly {
    readonly name: string
    readonly type: string
    readonly kind: string | undefined
  }[]
  readonly actions: number
  /** By type, most frequent first. */
  readonly types: readonly Count[]
  readonly connectors: readonly ConnectorUse[]
  /** Types that nothing can run, most frequent first. */
  readonly unsupported: readonly Count[]
}

/**
 * Counts what a flow holds.
 * @param isSupported whether an action type can be run; by default whether it exists at all.
 */
export function summarise(flow: Flow, isSupported?: (type: string) => boolean): FlowSummary {
  const actions = [...walkActions(flow)].map(({ action }) => action)
  const unsupported = actions.filter(({ type, isKnownType }) => !(isSupported?.(type) ?? isKnownType))
  return {
    id: flow.id,
    name: flow.name,
    triggers: flow.triggers.map(({ name, type, kind }) => ({ name, type, kind })),
    actions: actions.length,
    types: countsOf(actions.map(({ type }) => type)),
    connectors: connectorsOf(flow, [...flow.triggers, ...actions]),
    unsupported: countsOf(unsupported.map(({ type }) => type)),
  }
}

function connectorsOf(
  flow: Flow,
  callers: readonly (ActionDefinition | TriggerDefinition)[],
): ConnectorUse[] {
  const uses = new Map<string, { connections: Set<string>; operations: string[] }>()
  for (const caller of callers) {
    const call = connectorCallOf(flow, caller)
    if (call === undefined) continue
    const api = call.api ?? call.connection ?? '(computed)'
    const use = uses.get(api) ?? { connections: new Set(), operations: [] }
    uses.set(api, use)
    if (call.connection !== undefined) use.connections.add(call.connection)
    use.operations.push(call.operation ?? '(computed)')
  }
  return [...uses].map(([api, { connections, operations }]) => ({
    api,
    connections: [...connections],
    operations: countsOf(operations),
  }))
}

function countsOf(names: readonly string[]): Count[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
}
