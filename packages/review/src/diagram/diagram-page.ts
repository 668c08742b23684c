import { type Flow, walkActions } from '@flowstead/definition'
import { counted } from '../counted.ts'
import { type Html, html, ready } from '../documents/html.ts'
import { indentJson, looksLikeJson } from '../documents/json-text.ts'
import { documentHeader, documentPage, type Section } from '../documents/page.ts'
import { softened } from '../documents/softened.ts'
import type { Finding } from '../finding.ts'
import { hideInData } from '../hidden/hide.ts'
import { actionFacts, type Fact, triggerFacts } from './action-details.ts'
import { keySection } from './diagram-key.ts'
import { diagramStyle } from './diagram-style.ts'
import { diagramModel } from './model.ts'
import { placeDiagram } from './place-diagram.ts'
import { drawDiagram } from './render-diagram.ts'
import { zoomControls, zoomStyle } from './zoom.ts'

export interface DiagramPage {
  /** As it shall be read. */
  readonly date: string
  /** Findings whose counts are shown at their actions. Default none. */
  readonly findings?: readonly Finding[]
  /** Texts that are not shown among the details. Default none. */
  readonly hidden?: readonly string[]
}

/** Actions whose details are told; the drawing shows the others as well. */
const maxDetails = 2_000

/** Characters of a drawing that is put into the page a second time, to be saved alone. */
const maxSaved = 2_000_000

/** A trigger or an action with all that is told about it. */
interface Detail {
  readonly id: string
  readonly pointer: string
  readonly name: string
  readonly facts: readonly Fact[]
}

/** A whole HTML document: the drawing, whose nodes lead to their details, the details, and the key. */
export function renderDiagramPage(flow: Flow, { date, findings = [], hidden = [] }: DiagramPage): string {
  const model = diagramModel(flow)
  const placed = placeDiagram(model)
  const details = hideInData(detailsOf(flow), hidden)
  const links = new Map(details.map(({ pointer, id }) => [pointer, `#${id}`]))
  const linked = drawDiagram(model, placed, { findings, linkTo: (pointer) => links.get(pointer) })
  const alone = drawDiagram(model, placed, { findings })
  return documentPage({
    title: `Diagram of ${flow.name}`,
    header: documentHeader({
      kind: 'Diagram',
      name: flow.name,
      facts: [
        ['ID', flow.id],
        ['Date', date],
        ['Actions', String(model.actions)],
        ['Version', flow.version.slice(0, 12)],
        ['File', flow.file],
      ],
    }),
    sections: [drawingSection(linked, alone), keySection(), detailSection(details, model.actions)],
    styles: [diagramStyle, zoomStyle],
  })
}

function detailsOf(flow: Flow): Detail[] {
  const details: Detail[] = flow.triggers.map((trigger, index) => ({
    id: `trigger-${index + 1}`,
    pointer: trigger.pointer,
    name: trigger.name,
    facts: triggerFacts(flow, trigger),
  }))
  let index = 0
  for (const placed of walkActions(flow)) {
    index += 1
    if (index > maxDetails) break
    const { name, pointer } = placed.action
    details.push({ id: `action-${index}`, pointer, name, facts: actionFacts(flow, placed, index) })
  }
  return details
}

function drawingSection(linked: string, alone: string): Section {
  const data = Buffer.from(alone).toString('base64')
  const save =
    alone.length > maxSaved
      ? ready('')
      : html`<a href="data:image/svg+xml;base64,${data}" download="diagram.svg">Save the drawing (SVG)</a>. `
  return {
    id: 'diagram',
    title: 'Diagram',
    body: html`${zoomControls()}
<div class="scroll drawing" role="region" aria-label="Diagram" tabindex="0">${ready(linked)}</div>
<p class="quiet">${save}This page holds all it needs: saved from the browser it works anywhere, and prints.</p>`,
  }
}

function detailSection(details: readonly Detail[], actions: number): Section {
  const left = actions - maxDetails
  const more =
    left > 0 ? html`<p class="quiet">${counted(left, 'more action')} not told here.</p>` : ready('')
  return {
    id: 'details',
    title: 'Details',
    note: details.length,
    body: html`${details.map(printDetail)}
${more}`,
  }
}

function printDetail({ id, name, facts }: Detail): Html {
  const rows = facts.map(([title, value]) => html`<div><dt>${title}</dt><dd>${printed(value)}</dd></div>`)
  const type = facts.find(([title]) => title === 'Type')?.[1] ?? ''
  return html`<details id="${id}">
<summary><bdi>${softened(name)}</bdi> <span class="note">${type}</span></summary>
<dl class="settings">
${rows}
</dl>
<p><a href="#diagram">Back to the diagram</a></p>
</details>`
}

function printed(value: string): Html {
  return looksLikeJson(value) ? html`<pre>${indentJson(value)}</pre>` : html`<bdi>${softened(value)}</bdi>`
}
