/** HTML on the server: every value is escaped unless it was made by `html` itself. */

/** HTML that may stand in a page as it is. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | readonly Html[]

/** A template tag: texts are escaped, `Html` and lists of it are not. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + printPart(parts[i] ?? '')).join('') }
}

function printPart(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map((inner) => inner.html).join('\n')
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? character)
}

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1c2430; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #d8dde5; vertical-align: top }
code, pre { font: 13px/1.5 ui-monospace, monospace } pre { white-space: pre-wrap; background: #f2f4f7; padding: .8rem; border-radius: 6px }
.method { font-weight: 600 } .quiet { color: #5b6675 }
td ul { margin: 0; padding-left: 1.2rem } td a { overflow-wrap: anywhere }
iframe, textarea { box-sizing: border-box; width: 100%; border: 1px solid #d8dde5 } iframe { height: 24rem; background: #fff }
textarea { font: 13px/1.5 ui-monospace, monospace }
@media (prefers-color-scheme: dark) { body { color: #e4e8ee; background: #14181f } th, td { border-color: #333c49 } pre { background: #1e242d } .quiet { color: #9aa5b4 } a { color: #8ab4f8 } }
`

/** A whole page. It works without scripts and loads nothing from elsewhere. */
export function page(title: string, body: Html): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${style}</style>`
  return `<!doctype html>\n<html lang="en"><head>${head}<title>${escapeHtml(title)}</title></head><body>${body.html}</body></html>\n`
}
