/**
 * The catalog: domains, the services in them, the events they send, the flows that receive those. Built anew
 * from data whenever that changes; plain data itself. Invariants:
 * 1. An event is known by its service and name together; names alone may repeat.
 * 2. A flow is listed when it receives at least one event of the catalog.
 */
import { FlowsteadError, quoted } from '@flowstead/errors'
import { type ConnectorEvent, connectorEvents } from './connector-events.ts'
import { catalogErrors } from './errors.ts'
import type { EventType } from './event-type.ts'
import type { JsonSchema } from './json-schema.ts'
import { findingsOf, type SchemaFinding } from './schema-findings.ts'
import type { Domain, Service, System } from './systems.ts'

/** A system with its connector's definition. */
export interface SystemSource extends System {
  /** The content of `apiDefinition.swagger.json`; absent when the connector is. */
  readonly definition?: unknown
}

/** A flow whose trigger hears of events. */
export interface ReceivingFlow {
  readonly id: string
  readonly name: string
  readonly connector: string
  readonly operationId: string
  /** Events it asked for; default: all of the trigger. */
  readonly events?: readonly string[]
}

/** An event of the catalog. */
export interface CatalogEvent {
  /** `<service>/<name>`. */
  readonly id: string
  readonly name: string
  readonly version: number
  readonly title: string
  readonly description: string
  /** The day of its last published change; null when nothing is known of it. */
  readonly updatedOn: string | null
  /** Id of the domain, of the service, and name of the connector. */
  readonly domain: string
  readonly service: string
  readonly connector: string
  readonly operationId: string
  /** What a trigger's body looks like. */
  readonly schema: JsonSchema
  /** The same kind of event as its sender describes it; null when only the connector does. */
  readonly published: PublishedSchemas | null
  readonly example: unknown
  /** Ids of the flows that receive it. */
  readonly receivedBy: readonly string[]
}

/** Schemas of an event's `eventData`. */
export interface PublishedSchemas {
  readonly corrected: JsonSchema
  /** As it was published, verbatim; null when none was. */
  readonly original: JsonSchema | null
  readonly findings: readonly SchemaFinding[]
}

export interface Catalog {
  readonly domains: readonly (Domain & { readonly services: readonly string[] })[]
  readonly services: readonly (Service & { readonly domain: string; readonly events: readonly string[] })[]
  readonly events: readonly CatalogEvent[]
  readonly flows: readonly ReceivingFlow[]
}

export interface CatalogSources {
  readonly systems: readonly SystemSource[]
  readonly flows?: readonly ReceivingFlow[]
}

/** @throws `Catalog.NameTwice` when two systems have the same service */
export function buildCatalog({ flows = [], systems }: CatalogSources): Catalog {
  checkServices(systems)
  const events = systems.flatMap((system) => eventsOfSystem(system, flows))
  const receivers = new Set(events.flatMap(({ receivedBy }) => receivedBy))
  return {
    domains: domainsOf(systems),
    services: systems.map(({ domain, service }) => ({
      ...service,
      domain: domain.id,
      events: events.filter((event) => event.service === service.id).map(({ id }) => id),
    })),
    events,
    flows: flows.filter(({ id }) => receivers.has(id)),
  }
}

/** The events of this name; several services may have one. */
export function eventsNamed({ events }: Catalog, name: string): CatalogEvent[] {
  return events.filter((event) => event.name === name)
}

function checkServices(systems: readonly SystemSource[]): void {
  const ids = systems.map(({ service }) => service.id)
  const twice = ids.find((id, n) => ids.indexOf(id) !== n)
  if (twice === undefined) return
  throw new FlowsteadError(catalogErrors.twice, `Two systems have the service ${quoted(twice)}.`)
}

function domainsOf(systems: readonly SystemSource[]): Catalog['domains'] {
  const byId = new Map(systems.map(({ domain }) => [domain.id, domain]))
  return [...byId.values()].map((domain) => ({
    ...domain,
    services: systems.filter((system) => system.domain.id === domain.id).map(({ service }) => service.id),
  }))
}

function eventsOfSystem(system: SystemSource, flows: readonly ReceivingFlow[]): CatalogEvent[] {
  const { connector, definition, types } = system
  return connectorEvents(definition).map((event) => {
    const type = types?.find(({ name }) => name === event.name)
    return {
      id: `${system.service.id}/${event.name}`,
      name: event.name,
      version: type?.version ?? event.version,
      title: type?.title ?? event.title,
      description: type?.description ?? event.description,
      updatedOn: type?.updatedOn ?? null,
      domain: system.domain.id,
      service: system.service.id,
      connector,
      operationId: event.operationId,
      schema: event.schema,
      published: type === undefined ? null : publishedSchemas(type),
      example: type?.example ?? event.example,
      receivedBy: receiversOf(event, connector, flows),
    }
  })
}

function publishedSchemas({ originalSchema, schema }: EventType): PublishedSchemas {
  return {
    corrected: schema,
    original: originalSchema ?? null,
    findings: originalSchema === undefined ? [] : findingsOf(originalSchema),
  }
}

/** Who asked for events by name is asked; otherwise the trigger decides. */
function receiversOf(event: ConnectorEvent, connector: string, flows: readonly ReceivingFlow[]): string[] {
  return flows
    .filter((flow) => flow.connector === connector)
    .filter(({ events, operationId }) => events?.includes(event.name) ?? operationId === event.operationId)
    .map(({ id }) => id)
}
