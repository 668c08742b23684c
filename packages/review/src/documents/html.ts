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
  ['\n', '\n'],
  ['\r', '&#13;'],
  ['\t', '\t'],
])

/** Text as it may stand in an element or a quoted attribute, of HTML and of SVG; see `showHidden`. */
export function escapeHtml(text: string): string {
  return text.replaceAll(
    /[&<>"'\p{Cc}\p{Bidi_Control}]/gu,
    (character) => entities.get(character) ?? showHidden(character),
  )
}

/** A control character by its number, `[U+202E]`: such characters reorder or break what people read. */
export function showHidden(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => {
    if (character === '\n' || character === '\r' || character === '\t') return character
    return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`
  })
}

/** Text that is HTML already, such as a drawing; whoever made it has escaped what is in it. */
export function ready(text: string): Html {
  return { html: text }
}
