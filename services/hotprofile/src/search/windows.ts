/**
 * How texts are cut so that every part of them is found by an index. A text becomes one window of up to three
 * characters for each of its characters: `山田太郎` becomes `山田太 田太郎 太郎 郎`. Invariants:
 * 1. A part of three or more characters occurs in a text exactly when the windows of the part follow each
 *    other in the text; a shorter part exactly when a window begins with it. No length needs another check.
 * 2. Letters A to Z are found in either case, which is left to FTS5's `ascii` tokenizer; all other characters
 *    only as they are written.
 * 3. A window is one token: what that tokenizer would split at is written with private characters, and the
 *    private characters of a text in a way that they cannot be taken for these.
 */

const size = 3
/** Before a private character that stands for itself. */
const escaped = 0xe000
const privateEnd = escaped + 0x80

/** The windows of a text, separated by blanks. */
export function windowsOf(text: string): string {
  const units = unitsOf(text)
  return units.map((_, start) => windowAt(units, start)).join(' ')
}

/** What FTS5 matches: the texts in which this part (not empty) occurs. */
export function containing(part: string): string {
  const units = unitsOf(part)
  if (units.length < size) return `"${units.join('')}" *`
  const whole = units.slice(size - 1).map((_, start) => windowAt(units, start))
  return `"${whole.join(' ')}"`
}

function windowAt(units: readonly string[], start: number): string {
  return units.slice(start, start + size).join('')
}

/** One entry per character; none is the beginning of another. */
function unitsOf(text: string): string[] {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) return /[A-Za-z0-9]/.test(character) ? character : String.fromCodePoint(escaped + code)
    const isPrivate = code >= escaped && code < privateEnd
    return isPrivate ? String.fromCodePoint(escaped, code + 0x80) : character
  })
}
