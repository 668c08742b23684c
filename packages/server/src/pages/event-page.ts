import { type Catalog, type CatalogEvent, catalogGraph, drawGraph } from '@flowstead/catalog'
import { type Html, html } from '@flowstead/service-kit'
import type { StoredEvent } from '@flowstead/store-sqlite'
import { instant, jsonBox, ready } from './frame.ts'
import { type SchemaRow, schemaRows } from './schema-rows.ts'

/** What the page of an event shows. */
export interface EventView {
  readonly catalog: Catalog
  /** Events of this name; more than one when several services have it. */
  readonly events: readonly [CatalogEvent, ...CatalogEvent[]]
  /** ms since the epoch; undefined when none has reached this server. */
  readonly lastSeen: number | undefined
  /** The latest of the log. */
  readonly recent: readonly StoredEvent[]
  readonly flowName: (id: string) => string
}

/** Where the page of an event is. */
export function eventPath(name: string): string {
  return `/events/${encodeURIComponent(name)}`
}

/** The page of one event: what it is, what it carries, who sends and receives it, when it was last seen. */
export function eventPage(view: EventView): Html {
  const [event] = view.events
  return html`<p><a href="/events">All events</a></p>
<h1>${event.name}</h1>
${view.events.map((one) => about(view, one))}
<h2>Domain graph</h2>${domainGraph(view)}
${view.events.map(carried)}
<h2>Lately on this server</h2>${lately(view)}`
}

function about({ catalog, flowName, lastSeen }: EventView, event: CatalogEvent): Html {
  const service = catalog.services.find(({ id }) => id === event.service)
  const domain = catalog.domains.find(({ id }) => id === event.domain)
  const flows = event.receivedBy.map(flowName).join(', ')
  return html`<p>${event.title}. ${event.description}</p>
<dl>
<dt>Version</dt><dd>${event.version}</dd>
<dt>Sent by</dt><dd>${domain?.name ?? event.domain}, ${service?.name ?? event.service}</dd>
<dt>Received with</dt><dd>trigger <code>${event.operationId}</code> of connector ${event.connector}</dd>
<dt>Flows that receive it</dt><dd>${flows === '' ? 'none here' : flows}</dd>
<dt>Last seen</dt><dd>${lastSeen === undefined ? 'not yet on this server' : instant(lastSeen)}</dd>
</dl>`
}

function domainGraph({ catalog, events: [event] }: EventView): Html {
  const graph = catalogGraph(catalog, { event: event.name })
  const drawing = drawGraph(graph, {
    title: `From the domain over the service and ${event.name} to the flows that receive it`,
  })
  return html`<div class="scroll" tabindex="0">${ready(drawing)}</div>`
}

function carried(event: CatalogEvent): Html {
  const { published } = event
  const body = html`<p class="quiet">The body, as the connector ${event.connector} describes it.</p>
${memberTable(schemaRows(event.schema))}
<details><summary>As JSON Schema</summary>${jsonBox(event.schema)}</details>`
  const example = html`<h2>Example</h2>${jsonBox(event.example)}`
  if (published === null) return html`${example}<h2>Schema: what the trigger gives</h2>${body}`
  return html`${example}${eventDataOf(published)}<h2>What the trigger gives</h2>
<details><summary>All members</summary>${body}</details>`
}

function eventDataOf({ corrected, findings, original }: NonNullable<CatalogEvent['published']>): Html {
  const text = html`<h2>Schema of the event data</h2>${memberTable(schemaRows(corrected))}`
  if (original === null) {
    return html`${text}<details><summary>As JSON Schema</summary>${jsonBox(corrected)}</details>`
  }
  const rows = findings.map(
    ({ message, path }) => html`<tr><td class="name">${path}</td><td>${message}</td></tr>`,
  )
  return html`${text}
<h3>What differs from the schema as it was published</h3>
<p class="quiet">Events are checked against the corrected schema; what only the published one forbids is a warning.</p>
${differenceTable(original, corrected)}
<details><summary>Why: ${findings.length} findings in the published schema</summary>
<div class="scroll"><table class="stack"><thead><tr><th>Place</th><th>Finding</th></tr></thead><tbody>${rows}</tbody></table></div></details>
<div class="pair"><div><h3>Corrected</h3>${jsonBox(corrected)}</div>
<div><h3>Original, as published</h3>${jsonBox(original)}</div></div>`
}

/** Members that the two schemas describe differently. */
function differenceTable(original: unknown, corrected: unknown): Html {
  const before = new Map(schemaRows(original).map((row) => [row.path, row]))
  const rows = schemaRows(corrected).flatMap((row) => {
    const published = before.get(row.path)
    const [was, is] = [published === undefined ? 'not described' : typeOf(published), typeOf(row)]
    return was === is
      ? []
      : [html`<tr><td class="name">${row.path}</td><td>was ${was}</td><td>is ${is}</td></tr>`]
  })
  if (rows.length === 0) return html`<p>Every member is described the same.</p>`
  return html`<div class="scroll"><table class="stack"><thead><tr><th>Member</th><th>As published</th><th>Corrected</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

const typeOf = ({ isRequired, type }: SchemaRow): string => (isRequired ? `${type}, always there` : type)

function memberTable(rows: readonly SchemaRow[]): Html {
  if (rows.length === 0) return html`<p>No members are described.</p>`
  const hasMeaning = rows.some(({ description }) => description !== '')
  const body = rows.map(
    (row) => html`<tr><td class="name">${row.path}</td><td>${typeOf(row)}</td>
${hasMeaning ? html`<td>${row.description}</td>` : ''}</tr>`,
  )
  const head = html`<tr><th>Member</th><th>Type</th>${hasMeaning ? html`<th>Meaning</th>` : ''}</tr>`
  return html`<div class="scroll"><table class="stack"><thead>${head}</thead>
<tbody>${body}</tbody></table></div>`
}

function lately({ flowName, recent }: EventView): Html {
  if (recent.length === 0) return html`<p>None has reached a trigger here.</p>`
  const rows = recent.map(
    ({
      createdAt,
      deliveries,
      flowId,
      id,
      status,
    }) => html`<tr><td>${id}</td><td class="time">${instant(createdAt)}</td>
<td class="status">${status}</td><td>${flowName(flowId)}</td><td>${deliveries}</td></tr>`,
  )
  return html`<div class="scroll"><table><thead><tr><th>Id</th><th>Arrived</th><th>Status</th><th>Flow</th><th>Deliveries</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="quiet"><code>npx flowstead event show &lt;id&gt;</code> shows what one of them carried, <code>event replay</code> delivers it again.</p>`
}
