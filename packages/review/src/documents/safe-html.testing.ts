const tag = /^<\/?[a-z][a-z0-9]*(?: [a-zA-Z][a-zA-Z-]*(?:="[^"<>]*")?)*\/?>/
const attribute = / ([a-zA-Z-]+)(?:="([^"]*)")?/g
const allowed =
  /^(accept|aria-[a-z]+|charset|class|content|cx|cy|d|data-[a-z]+|fill|focusable|height|http-equiv|href|id|lang|name|opacity|open|preserveAspectRatio|r|rel|role|scope|stroke|stroke-width|tabindex|title|viewBox|width|x|y)$/
const harmless: ReadonlySet<string> = new Set(
  'html head body meta link title style script header main nav section article div span p a ol ul li dl dt dd h1 h2 h3 h4 h5 table thead tbody tr th td details summary pre code b bdi wbr svg symbol use path rect circle'.split(
    ' ',
  ),
)

/**
 * What in a document of ours could run, load or break out: every `<` must begin a known element whose attributes are
 * known and quoted, and every link must stay in the page. Empty when the document is safe.
 */
export function unsafeParts(page: string): string[] {
  const text = page.replace(/<style>.*?<\/style>/s, '').replace(/<script>.*?<\/script>/s, '')
  const complaints: string[] = []
  for (const { index } of text.matchAll(/</g)) {
    const rest = text.slice(index, index + 5_000)
    if (rest.startsWith('<!doctype html>')) continue
    const [element] = tag.exec(rest) ?? []
    const name = /^<\/?([a-z0-9]+)/.exec(rest)?.[1] ?? ''
    if (element === undefined || !harmless.has(name)) complaints.push(rest.slice(0, 80))
    else complaints.push(...unsafeAttributes(element))
  }
  return complaints
}

function unsafeAttributes(element: string): string[] {
  return [...element.matchAll(attribute)]
    .filter(
      ([, name = '', value = '']) =>
        !allowed.test(name) || (name === 'href' && !/^(#[a-z0-9-]+|data:,)$/.test(value)),
    )
    .map(([text]) => `${element.slice(0, 60)}:${text}`)
}

/** Links in a page that lead to no id of it, and ids that are there twice. */
export function brokenAnchors(page: string): string[] {
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '')
  const known = new Set(ids)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id ?? '')
  return [...twice, ...links.filter((id) => !known.has(id))]
}

/** Levels of the headings in the order of the page. */
export function headingLevels(page: string): number[] {
  return [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level))
}
