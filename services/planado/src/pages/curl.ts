import { type Html, html } from '@flowstead/service-kit'

/** The API call that a form makes, ready for a shell; the key is read from `PLANADO_KEY`. */
export function curl(origin: string, method: string, path: string, body: unknown): string {
  const data =
    body === undefined ? '' : ` \\\n  -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`
  return `curl -X ${method} ${quoted(`${origin}${path}`)} \\\n  -H "Authorization: Bearer $PLANADO_KEY"${data}`
}

/** The same, folded away. */
export function curlDetails(text: string): Html {
  return html`<details><summary class="quiet">curl</summary><pre>${text}</pre></details>`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
