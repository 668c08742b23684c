/**
 * Compact JSON text with line breaks and indentation. Works on the text, so that numbers keep the digits
 * they were written with.
 */
export function prettyJson(compact: string): string {
  let out = ''
  let depth = 0
  const newLine = () => `\n${'  '.repeat(depth)}`
  for (let at = 0; at < compact.length; at++) {
    const character = compact.charAt(at)
    if (character === '"') {
      const end = endOfString(compact, at)
      out += compact.slice(at, end)
      at = end - 1
    } else if (character === '{' || character === '[') {
      const closing = compact.charAt(at + 1)
      if (closing === '}' || closing === ']') {
        out += character + closing
        at++
      } else {
        depth++
        out += character + newLine()
      }
    } else if (character === '}' || character === ']') {
      depth--
      out += newLine() + character
    } else if (character === ',') out += character + newLine()
    else out += character === ':' ? ': ' : character
  }
  return out
}

/** Offset behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at + 1
}
