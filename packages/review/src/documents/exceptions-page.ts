import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import type { FlowReview, Review } from '../flow-review.ts'
import { type AreaRow, flowAreas, type Level, solutionAreas } from './exceptions-areas.ts'
import { foreignName } from './foreign-name.ts'
import { type Html, html } from './html.ts'
import { bandOfScore, mark, severityMark, toneOf } from './marks.ts'
import { documentPage, type Section } from './page.ts'
import { solutionHeader, titleOf } from './solution-header.ts'
import { table } from './table.ts'

export interface ExceptionsPage {
  /** As it shall be read; documents ask no clock. */
  readonly date: string
}

/** All failures of a solution, or of a single flow, in one list: an HTML document that loads nothing. */
export function renderExceptions(review: Review, { date }: ExceptionsPage): string {
  const areas = [...review.solutions.flatMap(solutionAreas), ...review.flows.flatMap(flowAreas)]
  const findings = findingRows(review)
  return documentPage({
    title: `Exceptions of ${titleOf(review)}`,
    header: solutionHeader(review, 'Exceptions', date),
    sections: [flowsSection(review.flows), areasSection(areas), findingsSection(findings)],
  })
}

function flowsSection(flows: readonly FlowReview[]): Section {
  return {
    id: 'flows',
    title: 'Flows',
    note: flows.length,
    body: table({
      label: 'Flows',
      columns: [
        'Flow',
        'Trigger',
        { title: 'Complexity', kind: 'number' },
        { title: 'Fails', kind: 'number' },
        { title: 'Warnings', kind: 'number' },
        { title: 'Score', kind: 'number' },
      ],
      rows: flows.map(({ identity, data, metrics, counters, score }) => ({
        cells: [
          foreignName(identity.name),
          foreignName(data.trigger),
          metrics.complexity,
          counters.failures,
          counters.warnings,
          mark(toneOf(bandOfScore(score)), String(score)),
        ],
      })),
      empty: 'No flow could be read.',
    }),
  }
}

function areasSection(rows: readonly AreaRow[]): Section {
  const fails = rows.filter(({ level }) => level === 'Fail').length
  return {
    id: 'exceptions',
    title: 'Exceptions',
    note: rows.length,
    body: html`<p class="quiet">${counted(fails, 'failure')} and ${counted(rows.length - fails, 'warning')} as AutoReview counts them.</p>
${table({
  label: 'Exceptions',
  columns: ['Flow', 'Area', 'Value', 'Level', { title: 'Failed Reason', kind: 'wide' }],
  rows: rows.map(({ flow, area, value, level, reason }) => ({
    cells: [foreignName(flow), area, foreignName(value), levelMark(level), reason],
  })),
  empty: 'Nothing fails, and nothing is close to it.',
})}`,
  }
}

interface FindingRow {
  readonly flow: string
  readonly finding: Finding
}

/** Errors first; infos are left to the Review. */
function findingRows({ flows, findings }: Review): FindingRow[] {
  const rows = [
    ...findings.map((finding) => ({ flow: finding.file, finding })),
    ...flows.flatMap(({ identity, findings: own }) =>
      own.map((finding) => ({ flow: identity.name, finding })),
    ),
  ]
  const ofSeverity = (wanted: string): FindingRow[] =>
    rows.filter(({ finding }) => finding.severity === wanted)
  return [...ofSeverity('error'), ...ofSeverity('warning')]
}

function findingsSection(rows: readonly FindingRow[]): Section {
  return {
    id: 'findings',
    title: 'Findings',
    note: rows.length,
    body: html`<p class="quiet">Errors and warnings of the rules; what they mean and how to mend them stands in the Review of each flow.</p>
${table({
  label: 'Findings',
  columns: ['Flow', 'Rule', 'Place', 'Level', { title: 'Failed Reason', kind: 'wide' }],
  rows: rows.map(({ flow, finding }) => ({
    cells: [
      foreignName(flow),
      html`<code>${finding.rule}</code>`,
      foreignName(finding.action ?? ''),
      severityMark(finding.severity),
      finding.message,
    ],
  })),
  empty: 'No rule has an error or a warning.',
})}`,
  }
}

function levelMark(level: Level): Html {
  return level === 'Fail' ? mark('bad', level) : mark('watch', level)
}
