import { readdirSync, readFileSync } from 'node:fs'
import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCatalog, eventsNamed, type ReceivingFlow } from './catalog.ts'
import { connectorEvents } from './connector-events.ts'
import { drawGraph } from './draw-graph.ts'
import { catalogGraph } from './graph.ts'
import { sessionEventNames } from './phoenix/session-events.ts'
import { systems } from './systems.ts'
import { schemaCheck } from './violations.ts'

const root = new URL('../../../', import.meta.url)
const definitionOf = (folder: string) =>
  JSON.parse(readFileSync(new URL(`${folder}/apiDefinition.swagger.json`, root), 'utf8')) as unknown
const [vome, phoenix] = [definitionOf('connectors/Vome'), definitionOf('connectors/Phoenix')]
const published = JSON.parse(
  readFileSync(new URL('conformance/contracts/vome.triggers.json', root), 'utf8'),
) as { operations: { proposedEvent: string; title: string }[] }

const flows: ReceivingFlow[] = [
  { id: 'f1', name: 'Booking confirmation', connector: 'Vome', operationId: 'NewReservation' },
  {
    id: 'f2',
    name: 'All of a booking',
    connector: 'Vome',
    operationId: 'NewReservation',
    events: ['reservation.created', 'reservation.deleted'],
  },
  { id: 'f3', name: 'Tell the "coordinator" <b>', connector: 'Phoenix', operationId: 'SessionCanceled' },
  { id: 'f4', name: 'Elsewhere', connector: 'Other', operationId: 'NewReservation' },
]
const catalog = buildCatalog({
  systems: [
    { ...systems.vome, definition: vome },
    { ...systems.hotprofile, definition: definitionOf('connectors/HotProfile') },
    { ...systems.planado, definition: definitionOf('connectors/Planado') },
    { ...systems.phoenix, definition: phoenix },
    systems.autoreview,
  ],
  flows,
})

describe('the catalog', () => {
  test('has the thirteen events of Vome and the six of Phoenix, named as they travel', () => {
    const namesOf = (service: string) =>
      catalog.events.filter((event) => event.service === service).map(({ name }) => name)
    expect(namesOf('vome-volunteers').sort()).toEqual(
      published.operations.map(({ proposedEvent }) => proposedEvent).sort(),
    )
    expect(namesOf('phoenix-sessions')).toEqual([...sessionEventNames])
    expect(namesOf('planado-jobs')).toEqual(expect.arrayContaining(['job_finished', 'site_deleted']))
    expect(namesOf('hotprofile-crm')).toEqual([])
    expect(catalog.domains).toHaveLength(5)
  })

  test('every example fits the schema of its trigger', () => {
    for (const { example, name, schema } of catalog.events)
      expect([name, schemaCheck(schema)(example)]).toEqual([name, []])
  })

  test('the model event shows the original schema beside the corrected one', () => {
    const [event] = eventsNamed(catalog, 'VCSessionScheduledEvent')
    expect(event).toMatchObject({
      id: 'phoenix-sessions/VCSessionScheduledEvent',
      version: 1,
      updatedOn: '2024-08-05',
      domain: 'phoenix',
      operationId: 'SessionScheduled',
      published: {
        corrected: { $schema: 'http://json-schema.org/draft-07/schema#' },
        original: { $id: 'VCSessionScheduledEventPayloadTSchema' },
      },
      receivedBy: [],
    })
    expect(event?.published?.findings.length).toBeGreaterThan(0)
    expect(eventsNamed(catalog, 'reservation.created')[0]?.published).toBeNull()
  })

  test('knows which flows receive an event, by trigger or by the events they ask for', () => {
    const receivers = (name: string) => eventsNamed(catalog, name)[0]?.receivedBy
    expect(receivers('reservation.created')).toEqual(['f1', 'f2'])
    expect(receivers('reservation.deleted')).toEqual(['f2'])
    expect(receivers('reservation.updated')).toEqual([])
    expect(receivers('VCSessionCanceledEvent')).toEqual(['f3'])
    expect(catalog.flows.map(({ id }) => id)).toEqual(['f1', 'f2', 'f3'])
  })

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog)
  })

  test('refuses two systems with one service', () => {
    const twice = { systems: [systems.vome, systems.vome] }
    expect(() => buildCatalog(twice)).toThrow(expect.objectContaining({ code: 'Catalog.NameTwice' }))
  })
})

describe('events of a definition', () => {
  test('of every public connector are its triggers', () => {
    const folders = readdirSync(new URL('conformance/connectors', root), { withFileTypes: true })
    let count = 0
    for (const folder of folders.filter((entry) => entry.isDirectory())) {
      let definition: unknown
      try {
        definition = definitionOf(`conformance/connectors/${folder.name}`)
      } catch {
        // Some public definitions are not strict JSON; reading those is the connector library's matter.
        continue
      }
      const events = connectorEvents(definition)
      count += events.length
      for (const { name, schema } of events)
        expect([typeof name, typeof schema]).toEqual(['string', 'object'])
    }
    console.info(`public definitions: ${count} events`)
    expect(count).toBeGreaterThan(20)
  })

  test('may be several of one trigger: those that its subscription can list', () => {
    const listed = { type: 'array', items: { type: 'string', enum: ['made', 'gone'] } }
    const post = {
      operationId: 'Changed',
      'x-ms-trigger': 'single',
      parameters: [{ in: 'body', schema: { properties: { url: {}, event_types: listed } } }],
    }
    const content = { properties: { event: { type: 'string', enum: ['made', 'gone'] } } }
    const path = { 'x-ms-notification-content': { schema: content }, post }
    const definition = { info: { version: '2.1.0' }, paths: { '/hooks': path } }
    expect(connectorEvents(definition)).toMatchObject([
      { name: 'made', version: 2, example: { event: 'made' } },
      { name: 'gone', version: 2, example: { event: 'gone' } },
    ])
    const unlisted = { paths: { '/hooks': { post: { ...post, parameters: 5 } } } }
    expect(connectorEvents(unlisted)[0]).toMatchObject({ name: 'Changed', kind: 'polling' })
  })

  test('of anything else are none, and recursive schemas end', () => {
    for (const odd of [undefined, null, 5, [], {}, { paths: 3 }, { paths: { a: null, b: { get: 1 } } }]) {
      expect(connectorEvents(odd)).toEqual([])
    }
    const recursive = {
      paths: {
        '/subscriptions/grown': {
          'x-ms-notification-content': { schema: { $ref: '#/definitions/Tree' } },
          post: { operationId: 'Grown', 'x-ms-trigger': 'single' },
        },
      },
      definitions: {
        Tree: { type: 'object', properties: { __proto__x: {}, branch: { $ref: '#/definitions/Tree' } } },
      },
    }
    const [event] = connectorEvents(recursive)
    expect(event).toMatchObject({ name: 'grown', kind: 'webhook', schema: { $ref: '#/definitions/Tree' } })
    expect(JSON.stringify(event?.example).length).toBeLessThan(500)
  })
})

const parsed = (svg: string) => {
  const problems: string[] = []
  const document = new DOMParser({ onError: (_, message) => problems.push(message) }).parseFromString(
    svg,
    'image/svg+xml',
  )
  return { problems, document }
}

describe('the graph', () => {
  test('leads from the domain over service and event to the flows', () => {
    const { edges, nodes } = catalogGraph(catalog, { event: 'reservation.created' })
    expect(nodes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'domain Vome',
      'service Volunteers',
      'event reservation.created',
      'flow Booking confirmation',
      'flow All of a booking',
    ])
    expect(edges).toEqual([
      { from: 'domain:vome', to: 'service:vome-volunteers' },
      { from: 'service:vome-volunteers', to: 'event:vome-volunteers/reservation.created' },
      { from: 'event:vome-volunteers/reservation.created', to: 'flow:f1' },
      { from: 'event:vome-volunteers/reservation.created', to: 'flow:f2' },
    ])
  })

  test('of a domain has its events only, of everything all of all domains', () => {
    const eventsIn = (filter?: { domain: string }) =>
      catalogGraph(catalog, filter).nodes.filter(({ kind }) => kind === 'event').length
    const counts = [{ domain: 'phoenix' }, { domain: 'x' }, undefined].map(eventsIn)
    expect(counts).toEqual([6, 0, catalog.events.length])
  })

  test('is drawn as SVG that parses, with every node and edge, no two boxes over each other', () => {
    const graph = catalogGraph(catalog)
    const { document, problems } = parsed(drawGraph(graph, { href: ({ id }) => `/events/${id}?a&b` }))
    expect(problems).toEqual([])
    expect(document.getElementsByTagName('rect')).toHaveLength(graph.nodes.length)
    expect(document.getElementsByTagName('path')).toHaveLength(graph.edges.length)
    expect(document.getElementsByTagName('a')).toHaveLength(graph.nodes.length)
    const places = Array.from(document.getElementsByTagName('rect'), (rect) => ({
      x: Number(rect.getAttribute('x')),
      y: Number(rect.getAttribute('y')),
    }))
    for (const [n, one] of places.entries()) {
      for (const other of places.slice(n + 1)) {
        expect(one.x === other.x && Math.abs(one.y - other.y) < 44).toBe(false)
      }
    }
  })

  test('escapes whatever stands in names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (label, note) => {
        const nodes = [{ id: `event:${label}`, kind: 'event' as const, label, note }]
        const { document, problems } = parsed(drawGraph({ nodes, edges: [] }, { title: label }))
        expect(problems).toEqual([])
        expect(document.getElementsByTagName('g')).toHaveLength(2)
      }),
      { numRuns: 40 },
    )
    const svg = drawGraph(catalogGraph(catalog, { event: 'VCSessionCanceledEvent' }))
    expect(svg).toContain('Tell the &quot;coordinator&quot; &lt;b&gt;')
  })

  test('without nodes says so', () => {
    expect(drawGraph({ nodes: [], edges: [] })).toContain('There are no events.')
  })
})
