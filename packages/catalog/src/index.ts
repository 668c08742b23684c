export type {
  Catalog,
  CatalogEvent,
  CatalogSources,
  PublishedSchemas,
  ReceivingFlow,
  SystemSource,
} from './catalog.ts'
export { buildCatalog, eventsNamed } from './catalog.ts'
export type { ConnectorEvent } from './connector-events.ts'
export { connectorEvents } from './connector-events.ts'
export type { DrawOptions } from './draw-graph.ts'
export { drawGraph } from './draw-graph.ts'
export type { EventData, EventEnvelope } from './envelope.ts'
export { envelopeSchema } from './envelope.ts'
export { catalogErrors } from './errors.ts'
export type { EventStatus, MoveName, MoveOptions } from './event-status.ts'
export { eventStatuses, isEventStatus, isSettled, mayBecome, moveEvent, moves } from './event-status.ts'
export type { EventType } from './event-type.ts'
export { exampleOfSchema } from './example-of-schema.ts'
export type { CatalogGraph, GraphEdge, GraphFilter, GraphNode, NodeKind } from './graph.ts'
export { catalogGraph, nodeKinds } from './graph.ts'
export type { Inspection } from './inspect-event.ts'
export { envelopeCheck, eventInspector } from './inspect-event.ts'
export type { JsonSchema } from './json-schema.ts'
export { originalSchema } from './phoenix/original-schema.ts'
export { publishedExample } from './phoenix/published-example.ts'
export type { SessionEventName } from './phoenix/session-events.ts'
export { sessionEvent, sessionEventNames, sessionEvents } from './phoenix/session-events.ts'
export type { SchemaFinding } from './schema-findings.ts'
export { findingsOf } from './schema-findings.ts'
export type { Domain, Service, System } from './systems.ts'
export { systems } from './systems.ts'
export type { Violation } from './violations.ts'
export { schemaCheck } from './violations.ts'
