/** A word as a POSIX shell reads it back unchanged. */
export function posixWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A word as the C runtime of Windows programs reads it back, typed at a command prompt. */
export function windowsWord(text: string): string {
  return /^[\w@+=:,./\\-]+$/.test(text) ? text : `"${text.replaceAll('"', String.raw`\"`)}"`
}
