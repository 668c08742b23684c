import { expressionError } from '../errors.ts'
import { type ParseOptions, parseSpan } from './parse.ts'
import type { Tree } from './tree.ts'

/** What a JSON string of a definition is: plain text, one expression, or text with holes. */
export type TemplateText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly tree: Tree }
  | { readonly kind: 'interpolation'; readonly parts: readonly (string | Tree)[] }

/**
 * Reads a JSON string of a definition: `@@` escapes, `@expression`, `text @{hole} text`. Spans and offsets
 * count from the start of the string.
 * @throws `Expression.Parse`, `Expression.Limit`
 */
export function parseTemplateText(text: string, options: ParseOptions = {}): TemplateText {
  if (text.startsWith('@@')) return { kind: 'text', text: text.slice(1) }
  if (text.startsWith('@') && text[1] !== '{')
    return { kind: 'expression', tree: parseSpan(text, { start: 1, end: text.length }, options) }
  return text.includes('@{') ? parseInterpolation(text, options) : { kind: 'text', text }
}

function parseInterpolation(text: string, options: ParseOptions): TemplateText {
  const parts: (string | Tree)[] = []
  let literal = ''
  let from = 0
  for (let open = text.indexOf('@{'); open >= 0; open = text.indexOf('@{', from)) {
    if (open > from && text[open - 1] === '@') {
      literal += `${text.slice(from, open - 1)}@{`
      from = open + 2
      continue
    }
    literal += text.slice(from, open)
    if (literal !== '') parts.push(literal)
    literal = ''
    const close = endOfHole(text, open)
    parts.push(parseSpan(text, { start: open + 2, end: close }, options))
    from = close + 1
  }
  literal += text.slice(from)
  if (literal !== '') parts.push(literal)
  const [only] = parts
  return parts.length === 1 && typeof only === 'string'
    ? { kind: 'text', text: only }
    : { kind: 'interpolation', parts }
}

/** The first `}` outside single quotes; a doubled quote toggles twice and so changes nothing. */
function endOfHole(text: string, open: number): number {
  let isInside = false
  for (let at = open + 2; at < text.length; at++) {
    if (text[at] === "'") isInside = !isInside
    else if (text[at] === '}' && !isInside) return at
  }
  throw expressionError('Expression.Parse', 'The "@{" that opens here has no closing "}".', { at: open })
}
