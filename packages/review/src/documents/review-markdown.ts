// A review as one Markdown text that fits into the comment of a pull request: first every flow with its score, then
// flow by flow what was lost and what was found. What does not fit is counted, flows before findings.

import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import type { FlowReview, Review } from '../flow-review.ts'
import type { Band, ScoreLine } from '../metrics/metrics.ts'
import { groupFindings, type RuleGroup } from './finding-groups.ts'
import { countBySeverity } from './finding-notes.ts'
import { code, markdownTable, prose, sentence } from './markdown.ts'
import { bandOfScore } from './marks.ts'

/** GitHub takes 65,536 characters. */
const maxLength = 60_000
const maxFlowRows = 100
const minFlowLength = 2_500
const maxFilesLength = 8_000
const maxPlaces = 5
const maxNames = 5

const circles: Readonly<Record<Band, string>> = { green: '🟢', amber: '🟠', red: '🔴' }
const severityWords = { error: 'Error', warning: 'Warning', info: 'Info' } as const

/** A review of any number of flows as Markdown of at most 60,000 characters. */
export function renderReviewMarkdown(review: Review): string {
  const { flows, findings } = review
  const blocks = [titleOf(flows), ...(flows.length === 0 ? [] : [flowTable(flows)])]
  if (findings.length > 0) blocks.push(`### Files\n\n${findingList(findings, maxFilesLength)}`)
  let room = maxLength - blocks.join('\n\n').length
  let left = 0
  for (const [index, flow] of flows.entries()) {
    const block = flowBlock(flow, Math.min(room, Math.max(minFlowLength, room / (flows.length - index))))
    if (block === undefined) left += 1
    else blocks.push(block)
    room -= block?.length ?? 0
  }
  if (left > 0)
    blocks.push(`${counted(left, 'more flow')} not shown here; the HTML and JSON forms hold everything.`)
  return `${blocks.join('\n\n')}\n`
}

function titleOf(flows: readonly FlowReview[]): string {
  if (flows.length === 0) return '## Flow review: no flow could be read'
  const lowest = Math.min(...flows.map(({ score }) => score))
  return `## Flow review: ${counted(flows.length, 'flow')}, ${flows.length === 1 ? '' : 'lowest '}score ${lowest}`
}

function flowTable(flows: readonly FlowReview[]): string {
  const rows = flows.slice(0, maxFlowRows).map(({ identity, score, findings, suppressed }) => {
    const counts = new Map(countBySeverity(findings))
    return [
      nameOf(identity.name, 80),
      `${circles[bandOfScore(score)]} ${score}`,
      counts.get('error') ?? 0,
      counts.get('warning') ?? 0,
      counts.get('info') ?? 0,
      suppressed.length,
    ]
  })
  const numbers = ['Errors', 'Warnings', 'Infos', 'Accepted'].map((title) => ({
    title,
    kind: 'number' as const,
  }))
  const table = markdownTable(['Flow', 'Score', ...numbers], rows)
  const left = flows.length - rows.length
  return left > 0 ? `${table}\n\n${counted(left, 'more flow')} not in the table.` : table
}

/** A flow with as many findings as there is room for; nothing when there is none for its score. */
function flowBlock(flow: FlowReview, room: number): string | undefined {
  const { findings } = flow
  const head = headOf(flow)
  if (head.length + 300 > room) return undefined
  if (findings.length === 0) return `${head}\n\nNo findings.`
  const counts = countBySeverity(findings).map(([severity, count]) => counted(count, severity))
  const open = findings.some(({ severity }) => severity === 'error') ? ' open' : ''
  const summary = `<details${open}><summary>${counts.join(', ')}</summary>`
  return [head, summary, findingList(findings, room - head.length - 100), '</details>'].join('\n\n')
}

function headOf({ identity, score, breakdown, metrics, bands }: FlowReview): string {
  const possible = breakdown.reduce((sum, line) => sum + line.possible, 0)
  const band = bandOfScore(score)
  const cards = [
    ['Complexity', metrics.complexity, bands.complexity],
    ['Actions', metrics.steps, bands.actions],
    ['Variables', metrics.variables, bands.variables],
    ['Exceptions', metrics.exceptions, bands.exceptions],
  ] as const
  const lost = breakdown.filter((line) => line.lost > 0)
  return [
    `### ${nameOf(identity.name)}: ${circles[band]} ${score} of ${possible}, ${band}`,
    cards.map(([label, figure, each]) => `${label} ${figure} ${circles[each]} ${each}`).join(' · '),
    ...(lost.length === 0 ? [] : [lostTable(lost)]),
  ].join('\n\n')
}

function lostTable(lines: readonly ScoreLine[]): string {
  const rows = lines.map(({ lost, title, why, where, remedy }) => [
    lost,
    sentence(title),
    `${prose(why)}${namesOf(where)}`,
    sentence(remedy),
  ])
  return markdownTable([{ title: 'Lost', kind: 'number' }, 'For', 'Why', 'To win them back'], rows)
}

function namesOf(where: ScoreLine['where']): string {
  if (where.length === 0) return ''
  const names = where.slice(0, maxNames).map(({ name }) => code(name, 60))
  const left = where.length - names.length
  return ` ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

/** Rules with their findings, the most serious first, up to a number of characters. */
function findingList(findings: readonly Finding[], room: number): string {
  const groups = groupFindings(findings).flatMap(({ categories }) => categories.flatMap(({ rules }) => rules))
  const items: string[] = []
  let length = 0
  let left = findings.length
  for (const group of groups) {
    const item = ruleItem(group)
    length += item.length + 1
    if (length > room) break
    items.push(item)
    left -= group.findings.length
  }
  const list = items.join('\n')
  return left === 0 ? list : `${list}\n\n${counted(left, 'more finding')} not shown here.`
}

function ruleItem({ id, rule, findings }: RuleGroup): string {
  const severity = severityWords[findings[0]?.severity ?? 'info']
  const places = findings.slice(0, maxPlaces).map((each) => `  - ${messageOf(each)}`)
  const left = findings.length - places.length
  return [
    `- **${severity}** ${code(id)} ${sentence(rule?.title ?? '')}${findings.length > 1 ? ` × ${findings.length}` : ''}`,
    ...places,
    ...(left > 0 ? [`  - and ${left} more`] : []),
    ...(rule === undefined ? [] : [`  - *What to do:* ${sentence(rule.fix)}`]),
  ].join('\n')
}

function messageOf({ message, action, line, file, pointer }: Finding): string {
  const place = [
    ...(action === undefined ? [] : [code(action, 80)]),
    line === undefined ? code(pointer === '' ? file : pointer, 80) : `line ${line}`,
  ]
  return `${place.filter((part) => part !== '').join(', ')}: ${prose(message, 400)}`
}

function nameOf(name: string, maxLength = 120): string {
  return code(name, maxLength) || '(no name)'
}
