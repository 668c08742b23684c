import { type Html, html, ready } from '../documents/html.ts'

/** Sizes that can be chosen, by id: what is shown, and what it means for the drawing. */
const sizes: readonly (readonly [id: string, label: string, rule: string])[] = [
  ['width', 'Whole width', 'max-width:100%;height:auto'],
  ['25', '25 %', 'zoom:.25'],
  ['50', '50 %', 'zoom:.5'],
  ['75', '75 %', 'zoom:.75'],
  ['100', '100 %', 'zoom:1'],
  ['150', '150 %', 'zoom:1.5'],
  ['200', '200 %', 'zoom:2'],
]

/** Text of the `<style>` element in `zoomControls`: sizes without a script. */
export const zoomStyle = sizes
  .map(([id, , rule]) => `main:has(#zoom-${id}:checked) .drawing svg{${rule}}`)
  .join('\n')

/** A choice of sizes for the drawing of the page; the first is 100 %. */
export function zoomControls(): Html {
  const choices = sizes.map(
    ([id, label]) =>
      html`<label><input type="radio" name="zoom" id="zoom-${id}"${ready(id === '100' ? ' checked' : '')}> ${label}</label>`,
  )
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true"><style>${ready(zoomStyle)}</style></svg>
<fieldset class="tools"><legend>Size</legend>
${choices}
</fieldset>`
}
