import { type Html, html, type PageCall } from '@flowstead/service-kit'
import { type FormCommandName, placeOf } from './form-commands.ts'

/** The call of the API that a form makes, ready for a shell; `$PHOENIX_KEY` stands for the key. */
export function curlOf(
  { origin, params }: Pick<PageCall, 'origin' | 'params'>,
  name: FormCommandName,
  body?: Readonly<Record<string, string>>,
): Html {
  const { method, path } = placeOf(name)
  const url = `${origin}${path.replace('{id}', encodeURIComponent(String(params.id)))}`
  const lines = [`curl -X ${method} ${quotedForShell(url)}`, '-H "X-API-Key: $PHOENIX_KEY"']
  if (body !== undefined) {
    lines.push(`-H 'content-type: application/json'`, `-d ${quotedForShell(JSON.stringify(body))}`)
  }
  return html`<details><summary>The same with curl</summary><pre>${lines.join(' \\\n  ')}</pre></details>`
}

function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
