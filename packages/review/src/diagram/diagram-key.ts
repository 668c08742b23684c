import { type Html, html, ready } from '../documents/html.ts'
import type { Section } from '../documents/page.ts'
import { drawEdge } from './draw-edge.ts'
import { type Look, looks } from './kinds.ts'
import type { DiagramEdge } from './model.ts'
import { outlinePath, outlineSize } from './outline.ts'

/** What outlines, arrows and counts mean. */
export function keySection(): Section {
  const kinds = Object.values(looks).map((look) => row(outline(look), look.means))
  const arrows = lines.map(([line, after, means]) => row(arrow(line, after), means))
  return {
    id: 'key',
    title: 'Key',
    body: html`<dl class="settings">
${[...kinds, ...arrows]}
</dl>
<p class="quiet">A box holds the actions that run under the outline at its top. E, W and I with a number count errors, warnings and notes of a review; a question mark tells that an action runs after something that is not there.</p>`,
  }
}

function row(picture: Html, means: string): Html {
  return html`<div><dt>${picture}</dt><dd>${means}</dd></div>`
}

function outline({ shape, fill }: Look): Html {
  const size = outlineSize(shape, { width: shape === 'diamond' ? 30 : 40, height: 12 })
  const [width, height] = [size.width + 2, size.height + 2]
  return ready(
    `<svg width="${width}" height="${height}" aria-hidden="true"><path transform="translate(1 1)" d="${outlinePath(shape, size)}" fill="${fill}" stroke="#1b2430" stroke-opacity=".55"/></svg>`,
  )
}

const lines: readonly (readonly [DiagramEdge['line'], DiagramEdge['after'], string])[] = [
  ['solid', 'plain', 'Runs after it has succeeded; also from a header to what it holds.'],
  ['dotted', 'plain', 'Runs after an action that holds others has succeeded.'],
  ['solid', 'failure', 'Runs only when it has not succeeded; the arrow says after what.'],
  ['solid', 'mixed', 'Runs after success and after other ends; the arrow says which.'],
]

function arrow(line: DiagramEdge['line'], after: DiagramEdge['after']): Html {
  const edge = { from: '', to: '', statuses: [], label: '', line, after }
  const drawn = drawEdge({
    edge,
    points: [
      { x: 2, y: 8 },
      { x: 68, y: 8 },
    ],
  })
  return ready(`<svg width="70" height="16" aria-hidden="true">${drawn}</svg>`)
}
