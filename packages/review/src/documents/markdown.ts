// Markdown in which foreign texts are only texts, as GitHub, Azure DevOps and editors read it.
// 1. A name or a value is code: nothing in it is markup, a link or a mention.
// 2. A sentence is escaped, and what would call a person, an issue or a page is broken by a joiner without width.
// 3. No cell holds a bare `|`, escaped or not: readers disagree about backslashes before it.
import { showHidden } from './html.ts'

const joiner = '&#8288;'

/** A foreign name or value in one line. @param maxLength of what is shown; the rest is left out. */
export function code(text: string, maxLength = 200): string {
  const flat = flattened(text, maxLength)
  if (flat === '') return ''
  if (flat.includes('|')) return `<code>${flat.replaceAll(/[^\p{L}\p{N} /,;()=-]/gu, asEntity)}</code>`
  const fence = '`'.repeat(longestRun(flat) + 1)
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${flat}${pad}${fence}`
}

/** A sentence in one line that may quote foreign text; stands after something of ours, never first in a line. */
export function prose(text: string, maxLength = 600): string {
  return sentence(text, maxLength).replaceAll(/@|#(?=\d)|:(?=\/\/)|www(?=\.)/gi, (sign) => sign + joiner)
}

/** A sentence of ours: nothing in it is markup, and what people copy from it is what it says. */
export function sentence(text: string, maxLength = 1_000): string {
  return flattened(text, maxLength)
    .replaceAll(/[&<>|]/g, asEntity)
    .replaceAll(/[\\`*_[\]~$]/g, (character) => `\\${character}`)
}

/** A block of code in the given language, whatever stands in it. */
export function codeBlock(text: string, language = ''): string {
  const clean = showHidden(text.replaceAll(/\r\n?/g, '\n'))
  const fence = '`'.repeat(Math.max(3, longestRun(clean) + 1))
  return `${fence}${language}\n${clean}\n${fence}`
}

/** A column; `number` aligns at the last digit. */
export type MarkdownColumn = string | { readonly title: string; readonly kind: 'number' }

/** A table whose cells are Markdown already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const titles = columns.map((column) => (typeof column === 'string' ? column : column.title))
  const rule = columns.map((column) => (typeof column === 'string' ? '---' : '--:'))
  return [titles, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function flattened(text: string, maxLength: number): string {
  const flat = showHidden(text.slice(0, maxLength * 4))
    .replaceAll(/\s+/g, ' ')
    .trim()
  return flat.length > maxLength || text.length > maxLength * 4 ? `${flat.slice(0, maxLength)}…` : flat
}

function asEntity(character: string): string {
  return `&#${character.codePointAt(0)};`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
