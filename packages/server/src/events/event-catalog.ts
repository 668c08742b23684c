import {
  buildCatalog,
  type Catalog,
  type ConnectorEvent,
  connectorEvents,
  type ReceivingFlow,
  type System,
  type SystemSource,
  systems,
} from '@flowstead/catalog'
import type { Connector, ConnectorLibrary } from '@flowstead/connectors'
import { connectorCallOf, type Flow, type TriggerDefinition } from '@flowstead/definition'
import { isObject, type Value } from '@flowstead/expressions'
import type { FlowBook } from '../flows/flow-book.ts'

/** The events this server can hear of: from the connectors in its library and the flows in its book. */
export interface EventCatalog {
  /** Domains, services, events and who receives them, as of now. */
  current(): Catalog
  /** What a trigger listens to, as far as connector and flow tell. */
  sourceOf(flow: Flow, trigger: TriggerDefinition): EventSource
}

export interface EventSource {
  /** Name of the connector's folder. */
  readonly connector: string | undefined
  /** Name of the event, when the trigger receives one kind only. */
  readonly name: string | undefined
  /** Version of its payload; 1 when nobody says. */
  readonly version: number
}

interface Heard {
  readonly connector: string
  readonly operationId: string
  /** The events of the operation. */
  readonly events: readonly ConnectorEvent[]
  /** The events of the whole connector; a trigger may ask for others than its operation's own. */
  readonly all: readonly ConnectorEvent[]
}

export function createEventCatalog(library: ConnectorLibrary, book: FlowBook): EventCatalog {
  let sources: readonly SystemSource[] | undefined
  const byConnector = new WeakMap<Connector, readonly ConnectorEvent[]>()
  const eventsOf = (connector: Connector) => {
    const events = byConnector.get(connector) ?? connectorEvents(connector.document)
    byConnector.set(connector, events)
    return events
  }
  const heardBy = (flow: Flow, trigger: TriggerDefinition): Heard | undefined => {
    const { api, operation = '' } = connectorCallOf(flow, trigger) ?? {}
    const found = api === undefined ? undefined : library.find(api)
    if (found?.status !== 'found') return undefined
    const { connector } = found
    const wanted = operation.toLowerCase()
    const all = eventsOf(connector)
    const events = all.filter(({ operationId }) => operationId.toLowerCase() === wanted)
    return { connector: connector.name, operationId: events[0]?.operationId ?? operation, events, all }
  }
  const receivers = (): ReceivingFlow[] =>
    book.list().flatMap(({ flow }) =>
      flow.triggers.flatMap((trigger) => {
        const heard = heardBy(flow, trigger)
        if (heard === undefined) return []
        const { id, name } = flow
        const { all, connector, operationId } = heard
        const asked = askedFor(trigger, all)
        return [{ id, name, connector, operationId, ...(asked.length === 0 ? {} : { events: asked }) }]
      }),
    )
  return {
    current() {
      sources ??= systemSources(library)
      return buildCatalog({ systems: sources, flows: receivers() })
    },
    sourceOf(flow, trigger) {
      const { connector, events = [] } = heardBy(flow, trigger) ?? {}
      const [only, second] = events
      return { connector, name: second === undefined ? only?.name : undefined, version: only?.version ?? 1 }
    },
  }
}

/** The five systems first, each in its domain; every other connector with triggers is a domain of its own. */
function systemSources(library: ConnectorLibrary): SystemSource[] {
  const { connectors } = library.loadAll()
  const own: readonly System[] = Object.values(systems)
  const known = own.flatMap((system) => {
    const connector = connectors.find(({ name }) => name === system.connector)
    return connector === undefined ? [] : [{ ...system, definition: connector.document }]
  })
  const others = connectors.filter(
    ({ name, operations }) =>
      own.every(({ connector }) => connector !== name) &&
      [...operations.values()].some(({ trigger }) => trigger !== 'none'),
  )
  return [...known, ...others.map(sourceOfConnector)]
}

function sourceOfConnector({ document, name, title }: Connector): SystemSource {
  const id = name.toLowerCase()
  return {
    domain: { id, name: title, summary: '' },
    service: { id: `${id}-events`, name: 'Events', summary: '' },
    connector: name,
    definition: document,
  }
}

/** The events a flow's trigger names among those of its connector; none means its operation's own. */
function askedFor({ raw }: TriggerDefinition, events: readonly ConnectorEvent[]): string[] {
  const parameters = memberOf(memberOf(raw, 'inputs'), 'parameters')
  const given = parameters === undefined || !isObject(parameters) ? [] : Object.values(parameters)
  return given.flatMap(textsOf).filter((text) => events.some(({ name }) => name === text))
}

function memberOf(value: Value | undefined, name: string): Value | undefined {
  return value !== undefined && isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
