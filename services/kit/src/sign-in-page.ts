/** What a browser sees that comes to a page without a key. */
import { html, page } from './html.ts'
import type { Problem } from './problem.ts'
import type { ServiceDefinition } from './service.ts'

/** A form for the key; it leads back to the page, with the key in a cookie. */
export function signInPage({ name, title }: ServiceDefinition, { fields }: Problem): string {
  const isWrong = fields.some(({ rule }) => rule !== 'required')
  return page(
    title,
    html`<h1>${title}</h1>
${isWrong ? html`<p role="alert"><strong>This key is not in force.</strong></p>` : ''}
<form method="get"><label>API key <input name="api_key" type="password" required autocomplete="off"></label> <button>Open</button></form>
<p class="quiet">The owner's key stands in <code>services/${name}/service.json</code> in the data folder. <a href="/docs">The API</a></p>`,
  )
}
