/**
 * A string of a definition with ordinary spaces for the no-break spaces of its expressions; those in quotes and
 * in the text around expressions stay.
 */
export function withPlainSpaces(text: string): string {
  let result = ''
  let isExpression = text.startsWith('@') && text[1] !== '{' && text[1] !== '@'
  const isWhole = isExpression
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string
    if (isExpression) {
      if (character === "'") isQuoted = !isQuoted
      else if (character === '}' && !isQuoted && !isWhole) isExpression = false
    } else if (character === '@' && text[at + 1] === '{') isExpression = true
    result += isExpression && !isQuoted && character === '\u00a0' ? ' ' : character
  }
  return result
}
