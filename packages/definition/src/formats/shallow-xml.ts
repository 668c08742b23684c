// Cuts XML text before it becomes a tree. The side files of a solution say what matters within five levels; forms and
// tables below that are nearly all of a large one, and a tree of them takes a hundred times the room of its text.
// 1. What is kept stands as it was written; whether it is XML is for the parser to say.
// 2. Comments, CDATA and quotes are respected, so that a `<` in them is no element.
// 3. Time is linear in the length of the text.

const maxDepth = 5
/** Elements and attributes that are kept; a tree of as many takes about 300 MB. */
const maxNodes = 300_000

/** XML without what lies more than five elements deep; `undefined` when the markup does not end, or is too much. */
export function shallowXml(text: string): string | undefined {
  const kept: string[] = []
  let nodes = 0
  let depth = 0
  let from = 0
  let next = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', next)) {
    const markup = markupAt(text, at)
    if (markup === undefined) return undefined
    next = markup.end
    if (markup.kind === 'close') {
      depth -= 1
      if (depth === maxDepth) from = next
    }
    if (markup.kind !== 'open' && markup.kind !== 'empty') continue
    if (depth === maxDepth) {
      kept.push(text.slice(from, at))
      from = next
    }
    if (depth < maxDepth) nodes += 1 + markup.attributes
    if (nodes > maxNodes) return undefined
    if (markup.kind === 'open') depth += 1
  }
  if (depth > maxDepth) return undefined
  kept.push(text.slice(from))
  return kept.join('')
}

interface Markup {
  readonly kind: 'open' | 'empty' | 'close' | 'other'
  /** Behind its last character. */
  readonly end: number
  readonly attributes: number
}

/** Markup whose inside is no markup, by how it begins and ends. */
const closed = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

function markupAt(text: string, at: number): Markup | undefined {
  for (const [start, stop] of closed)
    if (text.startsWith(start, at)) {
      const found = text.indexOf(stop, at + start.length)
      return found < 0 ? undefined : { kind: 'other', end: found + stop.length, attributes: 0 }
    }
  return tagAt(text, at)
}

/** A tag ends at the first `>` outside quotes. */
function tagAt(text: string, at: number): Markup | undefined {
  const sign = /["'>]/g
  sign.lastIndex = at
  for (let attributes = 0; ; attributes += 1) {
    const found = sign.exec(text)
    if (found === null) return undefined
    if (found[0] === '>') {
      const end = found.index + 1
      if (text[at + 1] === '/') return { kind: 'close', end, attributes }
      return { kind: text[end - 2] === '/' ? 'empty' : 'open', end, attributes }
    }
    const quote = text.indexOf(found[0], sign.lastIndex)
    if (quote < 0) return undefined
    sign.lastIndex = quote + 1
  }
}
