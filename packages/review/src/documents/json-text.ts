const maxIndent = 40

/**
 * JSON text, laid out over lines with two spaces per level up to level 40. Numbers and repeated keys stay as written,
 * because nothing is parsed; of a text that is no JSON only white space changes.
 */
export function indentJson(text: string): string {
  const out: string[] = []
  let depth = 0
  let previous = ''
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+|"/gs)) {
    const isFirst = previous === '{' || previous === '['
    const isEnd = token === '}' || token === ']'
    if (isEnd) depth = Math.max(0, depth - 1)
    if (isFirst !== isEnd || (previous === ',' && !isFirst))
      out.push('\n', '  '.repeat(Math.min(depth, maxIndent)))
    out.push(token === ':' ? ': ' : token)
    if (token === '{' || token === '[') depth += 1
    previous = token
  }
  return out.join('')
}

/** Whether a text is a JSON object or list, which is read better over several lines. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text)
}
