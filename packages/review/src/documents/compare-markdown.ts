// What changed, as one Markdown text that fits into the comment of a pull request.
import { type Change, type ComparedFlow, type Comparison, changeKinds } from '../compare/comparison.ts'
import type { ReviewDelta } from '../compare/review-delta.ts'
import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import { changeGroups, countsText } from './compare-groups.ts'
import { code, markdownTable, prose } from './markdown.ts'

/** GitHub takes 65,536 characters. */
const maxLength = 60_000
const maxFindings = 30

/** The changes from one version of a flow to another as Markdown of at most 60,000 characters. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { before, after, changes, review } = comparison
  const head = [
    `## Changes of ${code(after.name, 80)}`,
    `From ${versionText(before)} to ${versionText(after)}: ${changes.length === 0 ? 'no change in meaning' : countsText(comparison)}.`,
    ...(review === undefined ? [] : reviewBlocks(review)),
  ]
  let room = maxLength - head.join('\n\n').length
  let left = comparison.leftOut
  const blocks = changeGroups(comparison).map((group) => {
    const block = changesBlock(group.title, group.changes, room)
    room -= block.text.length
    left += block.left
    return block.text
  })
  if (left > 0) blocks.push(`${counted(left, 'more change')} not shown here; the HTML form holds more.`)
  return `${[...head, ...blocks.filter((text) => text !== '')].join('\n\n')}\n`
}

function versionText({ file, version }: ComparedFlow): string {
  return `${code(file, 200)} (version ${code(version.slice(0, 12))})`
}

/** As many rows as fit; at least a few hundred characters are left for what follows. */
function changesBlock(
  title: string,
  changes: readonly Change[],
  room: number,
): { readonly text: string; readonly left: number } {
  const rows: string[][] = []
  let length = 300
  for (const change of changes) {
    const cells = cellsOf(change)
    length += cells.join(' | ').length + 6
    if (length > room) break
    rows.push(cells)
  }
  const left = changes.length - rows.length
  if (rows.length === 0) return { text: '', left }
  return {
    text: `### ${title}\n\n${markdownTable(['Name', 'Type', 'Path', 'First flow', 'Second flow'], rows)}`,
    left,
  }
}

function cellsOf({ kind, name, within, path, before, after, note }: Change): string[] {
  return [
    `${code(name, 80)}${within === undefined ? '' : ` in ${code(within, 80)}`}`,
    `${kind} ${changeKinds[kind]}`,
    code(path, 120),
    code(before ?? ''),
    [code(after ?? ''), ...(note === undefined ? [] : [note])].join(' '),
  ]
}

function reviewBlocks({ score, metrics, newFindings, goneFindings, kept }: ReviewDelta): string[] {
  const changed = [score, ...metrics].filter(({ before, after }) => before !== after)
  const figures = changed.map(({ title, before, after }) => `${title} ${before} → ${after}`)
  return [
    figures.length === 0
      ? `The score stays ${score.after}, and no figure changed.`
      : `${figures.join(', ')}.`,
    ...findingBlock('New findings', newFindings),
    ...findingBlock('Gone findings', goneFindings),
    `${counted(kept, 'finding')} in both.`,
  ]
}

function findingBlock(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const lines = findings.slice(0, maxFindings).map(({ rule, severity, action, message }) => {
    const place = action === undefined ? '' : ` ${code(action, 80)}`
    return `- ${severity} ${code(rule)}${place}: ${prose(message, 300)}`
  })
  const left = findings.length - lines.length
  if (left > 0) lines.push(`- ${left.toLocaleString('en')} more.`)
  return [`### ${title}: ${findings.length.toLocaleString('en')}`, lines.join('\n')]
}
