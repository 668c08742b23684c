import {
  type Change,
  type ChangeKind,
  type ComparedFlow,
  type Comparison,
  changeKinds,
} from '../compare/comparison.ts'
import type { MetricDelta, ReviewDelta } from '../compare/review-delta.ts'
import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import { changeGroups, countsText } from './compare-groups.ts'
import { differing } from './compare-texts.ts'
import { foreignName } from './foreign-name.ts'
import { type Html, html, ready } from './html.ts'
import { mark, severityMark } from './marks.ts'
import { documentHeader, documentPage, type Section } from './page.ts'
import { table } from './table.ts'

export interface ComparePage {
  /** As it shall be read; documents ask no clock. */
  readonly date: string
}

/** What changed from one version of a flow to another: an HTML document that loads nothing. */
export function renderComparison(comparison: Comparison, { date }: ComparePage): string {
  const { before, after, review } = comparison
  return documentPage({
    title: `Changes of ${after.name}`,
    header: documentHeader({
      kind: 'Compare',
      name: after.name,
      facts: [
        ['First flow', versionText(before)],
        ['Second flow', versionText(after)],
        ['Date', date],
      ],
    }),
    sections: [
      overviewSection(comparison),
      ...changeGroups(comparison).map(({ title, changes }, index) => changesSection(title, changes, index)),
      ...(review === undefined ? [] : reviewSections(review)),
    ],
  })
}

function versionText({ name, file, version, actions }: ComparedFlow): string {
  return `${name}, ${file}, version ${version.slice(0, 12)}, ${counted(actions, 'action')}`
}

function overviewSection(comparison: Comparison): Section {
  const { changes, leftOut } = comparison
  const left =
    leftOut === 0
      ? ready('')
      : html`
<p>${mark('watch', 'Cut')} ${counted(leftOut, 'more change')} not listed.</p>`
  return {
    id: 'overview',
    title: 'Overview',
    body:
      changes.length === 0
        ? html`<p>${mark('good', 'Equal')} The two versions mean the same. The order of keys, white space in expressions and the letter case of names do not count.</p>`
        : html`<p>${countsText(comparison)}.</p>${left}`,
  }
}

const tones: Readonly<Record<ChangeKind, Parameters<typeof mark>[0]>> = {
  N: 'good',
  D: 'bad',
  E: 'info',
  A: 'info',
  R: 'info',
  M: 'info',
}

function changesSection(title: string, changes: readonly Change[], index: number): Section {
  return {
    id: `changes-${index + 1}`,
    title,
    note: changes.length,
    body: table({
      label: title,
      columns: [
        'Name',
        'Type',
        { title: 'Path', kind: 'code' },
        { title: 'First flow', kind: 'code' },
        { title: 'Second flow', kind: 'code' },
      ],
      rows: changes.map((change) => ({ cells: cellsOf(change) })),
      empty: 'Nothing changed.',
    }),
  }
}

function cellsOf({ kind, name, within, path, before, after, note }: Change): (Html | string)[] {
  const [one, other] = kind === 'E' ? differing(before ?? '', after ?? '') : [plain(before), plain(after)]
  return [
    html`${foreignName(name)}${within === undefined ? ready('') : html` <span class="note">in ${foreignName(within)}</span>`}`,
    mark(tones[kind], `${kind} ${changeKinds[kind]}`),
    path,
    one,
    note === undefined ? other : html`${other}<p class="quiet">${note}</p>`,
  ]
}

function plain(text: string | undefined): Html {
  return text === undefined ? ready('') : html`${text}`
}

function reviewSections({
  score,
  metrics,
  breakdown,
  newFindings,
  goneFindings,
  kept,
}: ReviewDelta): Section[] {
  return [
    {
      id: 'figures',
      title: 'Score and figures',
      body: deltaTable([score, ...metrics, ...breakdown]),
    },
    findingsSection(
      'new-findings',
      'New findings',
      newFindings,
      'The second flow has no finding that the first had not.',
    ),
    findingsSection(
      'gone-findings',
      'Gone findings',
      goneFindings,
      `No finding is gone; ${counted(kept, 'finding')} stand in both.`,
    ),
  ]
}

function deltaTable(deltas: readonly MetricDelta[]): Html {
  return table({
    label: 'Score and figures',
    columns: [
      'Figure',
      { title: 'First flow', kind: 'number' },
      { title: 'Second flow', kind: 'number' },
      { title: 'Difference', kind: 'number' },
    ],
    rows: deltas.map(({ title, before, after }) => ({
      cells: [title, before, after, signed(after - before)],
    })),
    empty: 'There are no figures.',
    use: 'plain',
  })
}

function signed(difference: number): string {
  return difference > 0 ? `+${difference}` : String(difference)
}

function findingsSection(id: string, title: string, findings: readonly Finding[], empty: string): Section {
  return {
    id,
    title,
    note: findings.length,
    body: table({
      label: title,
      columns: ['Rule', 'Severity', 'Place', { title: 'Finding', kind: 'wide' }],
      rows: findings.map(({ rule, severity, action, message }) => ({
        cells: [
          html`<code>${rule}</code>`,
          severityMark(severity),
          action === undefined ? 'the flow' : foreignName(action),
          message,
        ],
      })),
      empty,
    }),
  }
}
