import { type Catalog, type CatalogEvent, catalogGraph, drawGraph } from '@flowstead/catalog'
import { type Html, html } from '@flowstead/service-kit'
import { eventPath } from './event-page.ts'
import { instant, ready } from './frame.ts'

export interface EventsView {
  readonly catalog: Catalog
  /** ms since the epoch. */
  readonly lastSeen: (name: string) => number | undefined
}

/** The list of every event this server can hear of, by domain, and the graph of all. */
export function eventsPage({ catalog, lastSeen }: EventsView): Html {
  const drawing = drawGraph(catalogGraph(catalog), {
    title: 'From domains over services and events to the flows that receive them',
    href: ({ kind, label }) => (kind === 'event' ? eventPath(label) : undefined),
  })
  return html`<h1>Events</h1>
<p>What the systems tell, and which flows listen. ${catalog.events.length} events, ${catalog.flows.length} flows.</p>
${catalog.domains.map(({ id, name, summary }) => {
  const events = catalog.events.filter(({ domain }) => domain === id)
  const list =
    events.length === 0 ? html`<p class="quiet">Sends no events.</p>` : eventTable(events, lastSeen)
  return html`<h2>${name}</h2><p class="quiet">${summary}</p>${list}`
})}
<h2>Graph</h2><div class="scroll" tabindex="0">${ready(drawing)}</div>`
}

function eventTable(events: readonly CatalogEvent[], lastSeen: EventsView['lastSeen']): Html {
  const rows = events.map(({ name, receivedBy, title, version }) => {
    const seen = lastSeen(name)
    return html`<tr><td class="name"><a href="${eventPath(name)}">${name}</a></td><td class="wide">${title}</td>
<td class="wide">${version}</td><td>${receivedBy.length}</td><td class="time">${seen === undefined ? '' : instant(seen)}</td></tr>`
  })
  return html`<div class="scroll"><table><thead><tr><th>Event</th><th class="wide">Meaning</th><th class="wide">Version</th><th>Flows</th><th>Last seen</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}
