import { type Html, html, type PageCall } from '@flowstead/service-kit'

/** The call of the API that a page makes, ready for a shell; `$HOTPROFILE_KEY` stands for the key. */
export function curlOf(
  { origin }: Pick<PageCall, 'origin'>,
  path: string,
  given: Readonly<Record<string, string>>,
): Html {
  const url = `${origin}/rest_api/v1/${path}?${new URLSearchParams(given)}`
  const quoted = `'${url.replaceAll("'", "'\\''")}'`
  return html`<details><summary>The same with curl</summary><pre>curl -X POST ${quoted}"&api_key=$HOTPROFILE_KEY"</pre></details>`
}
