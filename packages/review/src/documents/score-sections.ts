import type { Finding } from '../finding.ts'
import type { FlowReview } from '../flow-review.ts'
import type { Band, ScoreLine } from '../metrics/metrics.ts'
import type { Anchors } from './anchors.ts'
import { severityTitles } from './finding-groups.ts'
import { countBySeverity } from './finding-notes.ts'
import { type Html, html, ready } from './html.ts'
import { bandMark, bandOfScore, mark, severityMark, toneOf, yesNo } from './marks.ts'
import type { Section } from './page.ts'
import { table } from './table.ts'

const maxPlaces = 6

/** The figures at a glance: score, counters, four cards, the strip. */
export function overviewSection(review: FlowReview): Section {
  const { metrics, bands, findings } = review
  return {
    id: 'overview',
    title: 'Overview',
    body: html`<div class="panel keep">
${scorePanel(review)}
${counterList(review, findings)}
</div>
<div class="cards keep">
${card('Complexity', metrics.complexity, bands.complexity)}
${card('Actions', metrics.steps, bands.actions)}
${card('Variables', metrics.variables, bands.variables)}
${card('Exceptions', metrics.exceptions, bands.exceptions)}
</div>
${strip(review)}`,
  }
}

function scorePanel({ score, breakdown }: FlowReview): Html {
  const possible = breakdown.reduce((sum, line) => sum + line.possible, 0)
  const band = bandOfScore(score)
  return html`<div class="rating">
<p class="score ${toneOf(band)}"><span class="figure">${score}</span> <span class="of">of ${possible}</span> ${bandMark(band)}</p>
${bar(score, band)}
</div>`
}

/** The bar ends at 100 whatever the configuration can bring; the figure beside it says the rest. */
function bar(score: number, band: Band): Html {
  const width = Math.min(100, Math.max(0, score))
  return html`<svg class="bar ${toneOf(band)}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="Score ${score}: ${band}. Red ends at 74, amber at 89.">
<rect class="zone bad" width="74.6" height="10"/><rect class="zone watch" x="75" width="14.6" height="10"/><rect class="zone good" x="90" width="10" height="10"/>
<rect width="${width}" height="10" fill="currentColor"/>
</svg>
<p class="scale" aria-hidden="true"><span>0</span><span>75</span><span>90</span><span>100</span></p>`
}

function counterList({ counters }: FlowReview, findings: readonly Finding[]): Html {
  const told = countBySeverity(findings).map(
    ([severity, count]) =>
      html`<div><dt>${severityMark(severity, severityTitles[severity])}</dt><dd>${count}</dd></div>`,
  )
  return html`<div class="counters"><p class="label">Counters</p>
<dl>
<div><dt>Failures</dt><dd>${counters.failures}</dd></div>
<div><dt>Warnings</dt><dd>${counters.warnings}</dd></div>
</dl></div>
<div class="counters"><p class="label">Findings</p>
<dl>
${told.length === 0 ? html`<div><dt>None</dt><dd>0</dd></div>` : told}
</dl></div>`
}

function card(label: string, figure: number, band: Band): Html {
  return html`<div class="card ${toneOf(band)}"><p class="label">${label}</p><p class="figure">${figure}</p>${bandMark(band)}</div>`
}

function strip({ metrics, data }: FlowReview): Html {
  const { flags, composes, premium } = metrics
  const areVariablesFine = data.variableArray.every(({ used, named }) => used && named)
  const handles = flags.exceptionScope && flags.exceptionTerminate && flags.exceptionLink
  const entries: [string, Html][] = [
    ['Variables used and named', yesNo(areVariablesFine, true)],
    ['Composes', html`<b>${composes}</b>`],
    ['Main scope', yesNo(flags.mainScope, true)],
    ['Exception scope, ends, links its run', yesNo(handles, true)],
    ['Premium', premium ? mark('info', 'Yes') : yesNo(false)],
  ]
  return html`<dl class="strip">
${entries.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
</dl>`
}

/** Where the points went, and how to win them back. */
export function breakdownSection({ breakdown }: FlowReview, anchors: Anchors): Section {
  const lost = breakdown.reduce((sum, line) => sum + Math.max(0, line.lost), 0)
  return {
    id: 'score',
    title: 'Score, line by line',
    note: lost === 0 ? 'nothing lost' : `${lost} lost`,
    body: table({
      label: 'Score, line by line',
      columns: ['For', 'Points', { title: 'Why', kind: 'wide' }, { title: 'To win them back', kind: 'wide' }],
      rows: breakdown.map((line) => ({ cells: breakdownCells(line, anchors) })),
      empty: 'The configuration gives no points.',
      use: 'plain',
    }),
  }
}

function breakdownCells(line: ScoreLine, anchors: Anchors): (string | Html)[] {
  const { title, possible, reached, lost, why, remedy } = line
  const tone = lost <= 0 ? 'good' : reached > 0 ? 'watch' : 'bad'
  return [title, mark(tone, `${reached} of ${possible}`), html`${why}${placesOf(line, anchors)}`, remedy]
}

function placesOf({ where }: ScoreLine, anchors: Anchors): Html {
  if (where.length === 0) return ready('')
  const links = where.slice(0, maxPlaces).map(({ name, pointer }) => anchors.link(name, pointer))
  const left = where.length - links.length
  return html`<p class="place">${{ html: links.map((link) => link.html).join(', ') }}${left > 0 ? ` and ${left} more` : ''}</p>`
}
