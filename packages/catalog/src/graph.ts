/** The catalog as a graph: domain → service → event → flows. */
import type { Catalog, CatalogEvent } from './catalog.ts'

/** Columns of the graph, from left to right. */
export const nodeKinds = ['domain', 'service', 'event', 'flow'] as const

export type NodeKind = (typeof nodeKinds)[number]

export interface GraphNode {
  /** `<kind>:<id>`; ids of different kinds may be equal. */
  readonly id: string
  readonly kind: NodeKind
  readonly label: string
  /** A second line, such as an event's version. */
  readonly note: string
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
}

export interface CatalogGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** What to show; default everything. */
export interface GraphFilter {
  /** Only events of this name. */
  readonly event?: string
  /** Only this domain. */
  readonly domain?: string
}

/** The part of the catalog that the filter leaves, without domains and services that have no event in it. */
export function catalogGraph(catalog: Catalog, filter: GraphFilter = {}): CatalogGraph {
  const events = catalog.events.filter(
    ({ domain, name }) =>
      (filter.event === undefined || name === filter.event) &&
      (filter.domain === undefined || domain === filter.domain),
  )
  const has = (member: 'domain' | 'service', id: string) => events.some((event) => event[member] === id)
  const domains = catalog.domains.filter(({ id }) => has('domain', id))
  const services = catalog.services.filter(({ id }) => has('service', id))
  const flowIds = new Set(events.flatMap(({ receivedBy }) => receivedBy))
  const flows = catalog.flows.filter(({ id }) => flowIds.has(id))
  return {
    nodes: [
      ...domains.map(({ id, name, summary }) => node('domain', id, name, summary)),
      ...services.map(({ id, name, summary }) => node('service', id, name, summary)),
      ...events.map(({ id, name, version }) => node('event', id, name, `version ${version}`)),
      ...flows.map(({ id, name, operationId }) => node('flow', id, name, operationId)),
    ],
    edges: [
      ...services.map(({ domain, id }) => ({ from: `domain:${domain}`, to: `service:${id}` })),
      ...events.flatMap(edgesOfEvent),
    ],
  }
}

function node(kind: NodeKind, id: string, label: string, note: string): GraphNode {
  return { id: `${kind}:${id}`, kind, label, note }
}

function edgesOfEvent({ id, receivedBy, service }: CatalogEvent): GraphEdge[] {
  const sent = { from: `service:${service}`, to: `event:${id}` }
  return [sent, ...receivedBy.map((flow) => ({ from: `event:${id}`, to: `flow:${flow}` }))]
}
