// Widths of text without a font at hand: a generous guess per character, so that what is drawn fits in the usual
// sans-serif fonts. Text is cut by code points; a cut never parts a surrogate pair.

/** Width of a character as a share of the font size. */
function shareOf(character: string): number {
  if (/[\u{1100}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(character) && !/[\u2000-\u206F]/.test(character))
    return 1.05
  if (/[iljtfIr.,:;'|!()[\]{} /-]/.test(character)) return 0.36
  if (/[mwMW@%]/.test(character)) return 0.9
  if (/[A-Z0-9_#&<>=+~?$]/.test(character)) return 0.66
  return 0.57
}

/** Width of a text in pixels. */
export function widthOf(text: string, fontSize: number): number {
  let share = 0
  for (const character of text) share += shareOf(character)
  return share * fontSize
}

/** The beginning of a text that fits, with an ellipsis where something is cut. */
export function shortened(text: string, fontSize: number, maxWidth: number): string {
  const room = maxWidth - fontSize * 0.9
  let kept = ''
  let width = 0
  for (const character of text) {
    const next = width + shareOf(character) * fontSize
    if (next > room) return widthOf(text, fontSize) <= maxWidth ? text : `${kept.trimEnd()}…`
    kept += character
    width = next
  }
  return kept
}

/** How text is broken into lines. */
export interface Wrapping {
  readonly fontSize: number
  readonly maxWidth: number
  readonly maxLines: number
}

/** Lines of a text, broken at spaces where it can be; the last one is shortened when there is more. */
export function wrapped(text: string, { fontSize, maxWidth, maxLines }: Wrapping): string[] {
  const lines: string[] = []
  let rest = text.slice(0, 1_000).trim()
  while (rest !== '' && lines.length < maxLines - 1 && widthOf(rest, fontSize) > maxWidth) {
    const end = breakOf(rest, fontSize, maxWidth)
    lines.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  if (rest !== '') lines.push(shortened(rest, fontSize, maxWidth))
  return lines
}

/** Where a line ends: after the last space or sign that fits, else in the middle of a word. */
function breakOf(text: string, fontSize: number, maxWidth: number): number {
  let width = 0
  let end = 0
  let fitting = 0
  for (const character of text) {
    width += shareOf(character) * fontSize
    if (width > maxWidth) break
    fitting += character.length
    if (/[\s\-./,:]/.test(character)) end = fitting
  }
  const isWordLong = end < fitting * 0.4
  return Math.max(1, isWordLong ? fitting : end)
}
