import type { FlowReview, Review } from '../flow-review.ts'
import { childFlowGraph } from '../solution/child-flows.ts'
import type { SolutionFacts } from '../solution/solution-facts.ts'
import { foreignName } from './foreign-name.ts'
import { type Html, html, ready } from './html.ts'
import { bandOfScore, mark, toneOf, yesNo } from './marks.ts'
import { documentPage, type Section } from './page.ts'
import { stylesIn } from './review-page.ts'
import { solutionHeader, titleOf } from './solution-header.ts'
import { solutionJson } from './solution-json.ts'
import { type Column, table } from './table.ts'

export interface SolutionPage {
  /** As it shall be read; documents ask no clock. */
  readonly date: string
  /** SVG of parents and children, shown with the child flows. */
  readonly diagram?: string
}

/** What a solution holds, and what it needs and lacks: an HTML document that loads nothing. */
export function renderSolution(review: Review, { date, diagram }: SolutionPage): string {
  const { solutions, flows } = review
  return documentPage({
    title: `Solution ${titleOf(review)}`,
    header: solutionHeader(review, 'Solution', date),
    sections: [
      flowsSection(flows),
      childFlowsSection(flows, diagram),
      connectionsSection(review),
      ...factSections(solutions),
      jsonSection(review),
    ],
    styles: stylesIn(diagram ?? ''),
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
        'Name',
        'Trigger',
        'Premium',
        number('Actions'),
        number('Variables'),
        number('Complexity'),
        number('Score'),
      ],
      rows: flows.map(({ identity, data, metrics, score }) => ({
        cells: [
          foreignName(identity.name),
          foreignName(data.trigger),
          yesNo(metrics.premium),
          metrics.steps,
          metrics.variables,
          metrics.complexity,
          mark(toneOf(bandOfScore(score)), String(score)),
        ],
      })),
      empty: 'No flow could be read.',
    }),
  }
}

function childFlowsSection(reviews: readonly FlowReview[], diagram: string | undefined): Section {
  const names = new Map(reviews.map(({ flow, identity }) => [flow, identity.name]))
  const { calls, cycles } = childFlowGraph([...names.keys()])
  const circles = cycles.map((cycle) => {
    const [first] = cycle
    const told = [...cycle.slice(0, 20), ...(first === undefined || cycle.length > 20 ? [] : [first])]
    return html`<p>${mark('watch', 'In a circle')} ${told.map((flow) => names.get(flow) ?? '').join(' → ')}</p>`
  })
  return {
    id: 'child-flows',
    title: 'Child flows',
    note: calls.length,
    body: html`${circles}
${table({
  label: 'Child flows',
  columns: ['Flow', 'Action', 'Calls'],
  rows: calls.map(({ parent, action, child, reference }) => ({
    cells: [
      foreignName(names.get(parent) ?? ''),
      foreignName(action.name),
      child === undefined
        ? html`${mark('watch', 'Not here')} <code>${reference}</code>`
        : foreignName(names.get(child) ?? ''),
    ],
  })),
  empty: 'No flow calls another.',
})}
${diagram === undefined || calls.length === 0 ? ready('') : drawing(diagram)}`,
  }
}

function drawing(diagram: string): Html {
  return html`<div class="scroll drawing" role="region" aria-label="Diagram of child flows" tabindex="0">${ready(diagram)}</div>`
}

/** From the solution; where none says it, from the flows. */
function connectionsSection({ solutions, flows }: Review): Section {
  const listed = solutions.flatMap(({ connectionReferences }) =>
    connectionReferences.map(({ displayName, api, name, isCustomizable }) => ({
      cells: [foreignName(displayName), api, html`<code>${name}</code>`, yesNo(isCustomizable)],
    })),
  )
  const used = new Map(
    flows.flatMap(({ flow }) =>
      [...flow.connectionReferences.values()].map((each) => [
        JSON.stringify([each.key, each.api, each.logicalName]),
        { cells: [foreignName(each.key), each.api, html`<code>${each.logicalName ?? ''}</code>`, ''] },
      ]),
    ),
  )
  const rows = solutions.length > 0 ? listed : [...used.values()]
  return {
    id: 'connection-references',
    title: 'Connection references',
    note: rows.length,
    body: table({
      label: 'Connection references',
      columns: ['Name', 'Type', { title: 'Id', kind: 'wide' }, 'Customizable'],
      rows,
      empty: 'There are no connection references.',
    }),
  }
}

/** Sections that only a solution can fill. */
function factSections(solutions: readonly SolutionFacts[]): Section[] {
  if (solutions.length === 0) return []
  return [
    listSection(solutions, {
      id: 'environment-variables',
      title: 'Environment variables',
      columns: ['Name', 'Type', 'Customizable', 'Has default', 'Has value', { title: 'Id', kind: 'wide' }],
      rowsOf: ({ environmentVariables }) =>
        environmentVariables.map(({ displayName, type, isCustomizable, hasDefault, hasValue, name }) => [
          foreignName(displayName),
          type,
          yesNo(isCustomizable),
          yesNo(hasDefault),
          yesNo(hasValue),
          html`<code>${name}</code>`,
        ]),
      empty: 'There are no environment variables.',
    }),
    listSection(solutions, {
      id: 'missing-dependencies',
      title: 'Missing dependencies',
      columns: ['Name', 'Type', { title: 'Dependent', kind: 'code' }, 'Comes from'],
      rowsOf: ({ missingDependencies }) =>
        missingDependencies.map(({ name, type, dependent, solution }) => [
          foreignName(name),
          type,
          foreignName(dependent),
          solution,
        ]),
      empty: 'The solution brings all it needs.',
    }),
    listSection(solutions, {
      id: 'custom-connectors',
      title: 'Custom connectors',
      columns: ['Name', { title: 'Description', kind: 'wide' }, 'Host'],
      rowsOf: ({ customConnectors }) =>
        customConnectors.map(({ name, description, host }) => [foreignName(name), description, host]),
      empty: 'There are no custom connectors.',
    }),
  ]
}

interface FactList {
  readonly id: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rowsOf: (facts: SolutionFacts) => (string | Html)[][]
  readonly empty: string
}

function listSection(
  solutions: readonly SolutionFacts[],
  { id, title, columns, rowsOf, empty }: FactList,
): Section {
  const rows = solutions.flatMap(rowsOf).map((cells) => ({ cells }))
  return { id, title, note: rows.length, body: table({ label: title, columns, rows, empty }) }
}

function jsonSection(review: Review): Section {
  return {
    id: 'json',
    title: 'JSON',
    body: html`<details><summary>Everything as JSON</summary>
<pre>${solutionJson(review)}</pre>
</details>`,
  }
}

function number(title: string): Column {
  return { title, kind: 'number' }
}
