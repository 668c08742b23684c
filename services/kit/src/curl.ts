/** The request that a form of a page makes, as people type it into a shell. */
import { type Html, html } from './html.ts'

export interface CurlCall {
  /** In any letter case. */
  readonly method: string
  readonly url: string
  /** Header with the key as the shell reads it: `X-API-Key: $VOME_KEY`. */
  readonly keyHeader?: string
  /** End of the query with the key, for services that take it there: `&api_key=$HOTPROFILE_KEY`. */
  readonly keyQuery?: string
  /** Sent as JSON; `undefined` sends none. */
  readonly body?: unknown
}

/** The call as one command of several lines; the key stays in a variable of the shell. */
export function curlOf({ body, keyHeader, keyQuery, method, url }: CurlCall): string {
  const json =
    body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${quotedForShell(JSON.stringify(body))}`]
  const query = keyQuery === undefined ? '' : `"${keyQuery}"`
  const header = keyHeader === undefined ? [] : [`-H "${keyHeader}"`]
  const lines = [`curl -X ${method.toUpperCase()} ${quotedForShell(url)}${query}`, ...header, ...json]
  return lines.join(' \\\n  ')
}

/** The same, folded away. */
export function curlDetails(call: CurlCall): Html {
  return html`<details><summary class="quiet">The same with curl</summary><pre>${curlOf(call)}</pre></details>`
}

function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
