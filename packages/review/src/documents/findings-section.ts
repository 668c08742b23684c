// What was found, most serious first. A rule explains itself once, above the places where it does not hold; of a noisy
// rule, and of a flow with thousands of findings, the first are printed and the rest is counted.

import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import type { FlowReview } from '../flow-review.ts'
import type { Anchors } from './anchors.ts'
import {
  type CategoryGroup,
  categoryTitles,
  groupFindings,
  type RuleGroup,
  type SeverityGroup,
  severityTitles,
} from './finding-groups.ts'
import { type Html, html, ready } from './html.ts'
import { severityMark } from './marks.ts'
import type { Section } from './page.ts'
import { table } from './table.ts'

/** Findings of one rule that are printed: fewer in a flow with thousands. */
const maxOfRule = { few: 100, many: 15 }
const many = 2_000
const unfolded = 6

/** Findings that stand, by severity, category and rule. */
export function findingsSection({ findings, data }: FlowReview, anchors: Anchors): Section {
  const groups = groupFindings(findings)
  const most = findings.length > many ? maxOfRule.many : maxOfRule.few
  return {
    id: 'findings',
    title: 'Findings',
    note: findings.length,
    body:
      groups.length === 0
        ? html`<p>${data.error === '' ? 'No rule has anything to say about this flow.' : data.error}</p>`
        : html`<div class="findings">
${groups.map((group) => printSeverity(group, anchors, most))}
</div>`,
  }
}

function printSeverity({ severity, count, categories }: SeverityGroup, anchors: Anchors, most: number): Html {
  const title = severityTitles[severity]
  return html`<div data-severity="${title}">
<h3 class="severity of-${severity}">${severityMark(severity, title)} <span class="note">${count}</span></h3>
${categories.map((group) => printCategory(group, anchors, most))}
</div>`
}

function printCategory({ category, rules }: CategoryGroup, anchors: Anchors, most: number): Html {
  return html`<h4>${categoryTitles[category]}</h4>
${rules.map((group) => printRule(group, anchors, most))}`
}

function printRule({ id, rule, findings }: RuleGroup, anchors: Anchors, most: number): Html {
  const places = findings.slice(0, most).map((finding) => printFinding(finding, rule?.fix, anchors))
  const left = findings.length - places.length
  const rest = places.slice(unfolded)
  const why =
    rule === undefined
      ? ready('')
      : html`
<p><b>Why</b> ${rule.why}</p>
<p><b>What to do</b> ${rule.fix}</p>`
  return html`<article class="rule of-${findings[0]?.severity ?? 'info'}">
<h5><code>${id}</code> ${rule?.title ?? ''}${findings.length > 1 ? html` <span class="note">× ${findings.length}</span>` : ready('')}</h5>${why}
<ul class="places">
${places.slice(0, unfolded)}
</ul>
${
  rest.length === 0
    ? ready('')
    : html`<details><summary>${counted(findings.length - unfolded, 'more place')}</summary>
<ul class="places">
${rest}
</ul>${left > 0 ? html`<p class="quiet">${left.toLocaleString('en')} more are not shown here; the JSON and SARIF forms hold all of them.</p>` : ready('')}
</details>`
}
</article>`
}

function printFinding(finding: Finding, fix: string | undefined, anchors: Anchors): Html {
  const { message, hint } = finding
  const own = hint === fix || hint === '' ? ready('') : html`<p><b>Here</b> ${hint}</p>`
  return html`<li class="keep"><p class="message">${message}</p>${own}
<p class="place">${placeOf(finding, anchors)}</p></li>`
}

function placeOf({ action, line, pointer }: Finding, anchors: Anchors): Html {
  const parts = [
    ...(action === undefined ? [] : [anchors.link(action)]),
    ...(line === undefined ? [] : [html`<span>line ${line}</span>`]),
    html`<code>${pointer === '' ? 'the whole file' : shortened(pointer)}</code>`,
  ]
  return { html: parts.map((part) => part.html).join(' <span aria-hidden="true">·</span> ') }
}

/** A pointer with its middle left out: names may be long and levels many. */
function shortened(pointer: string): string {
  return pointer.length <= 240 ? pointer : `${pointer.slice(0, 120)}…${pointer.slice(-100)}`
}

/** Findings that somebody accepted; absent when there are none. */
export function suppressedSections({ suppressed }: FlowReview, anchors: Anchors): Section[] {
  if (suppressed.length === 0) return []
  const rows = suppressed.map((finding) => ({
    cells: [
      html`<code>${finding.rule}</code>`,
      finding.message,
      finding.action === undefined ? html`the flow` : anchors.link(finding.action),
      finding.reason,
    ],
  }))
  return [
    {
      id: 'suppressed',
      title: 'Accepted findings',
      note: suppressed.length,
      body: html`<p class="quiet">Somebody looked at these and gave a reason. They are left out above; they never raise the score.</p>
${table({
  label: 'Accepted findings',
  columns: ['Rule', { title: 'Finding', kind: 'wide' }, 'Place', { title: 'Reason', kind: 'wide' }],
  rows,
  empty: 'None.',
  maxRows: 500,
})}`,
    },
  ]
}
