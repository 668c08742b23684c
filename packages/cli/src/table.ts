// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with the escape character
const colourSequence = /\x1b\[\d+m/g
const zeroWidth = /\p{Mn}|\p{Me}|\p{Cf}/u
/** Characters that take two columns: Hangul, kana, Han, full-width forms, emoji. */
const doubleWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Columns a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text.replace(colourSequence, '')) {
    if (zeroWidth.test(character)) continue
    width += doubleWidth.test(character) ? 2 : 1
  }
  return width
}

/** Rows as aligned lines with two blanks between columns and none at line ends. */
export function formatTable(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell))
    })
  }
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell))).join('  ')
  return rows.map((row) => `${(indent + line(row)).trimEnd()}\n`).join('')
}
