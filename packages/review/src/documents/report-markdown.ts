import { counted, shortened } from '../counted.ts'
import type { ActionData } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import { identityFacts } from './flow-header.ts'
import { environmentVariables, parentOf, triggerRows } from './flow-sections.ts'
import { indentJson, looksLikeJson } from './json-text.ts'
import { code, codeBlock, type MarkdownColumn, markdownTable, prose } from './markdown.ts'
import { maxRows } from './table.ts'

const maxInputs = 20_000

/** The Report of one flow as Markdown: what the HTML form holds, readable in a repository. */
export function renderReportMarkdown(review: FlowReview, { date }: { readonly date: string }): string {
  const { data, identity } = review
  const facts = identityFacts(review, date).filter(([, value]) => value !== '')
  const sections = [
    `# Report on ${code(identity.name) || 'a flow without a name'}`,
    facts.map(([label, value]) => `- ${label}: ${code(value)}`).join('\n'),
    '## Trigger details',
    trigger(review),
    '## Variables',
    rowsOf(
      ['Name', 'Type', 'Value', 'Used', 'Named', 'Constant'],
      data.variableArray.map(({ name, type, value, used, named, local }) => [
        code(name),
        code(type),
        code(value),
        ...[used, named, local].map((each) => (each ? 'Yes' : 'No')),
      ]),
      'The flow declares no variables.',
    ),
    '## Actions',
    actions(review),
    '## Action inputs',
    inputs(data.actionArray),
    '## API actions',
    rowsOf(
      ['Name', 'Type', 'Connector', 'Filter', 'Pagination', 'Retry'],
      data.apiActionArray.map(({ name, step, connector, filter, pagination, retry }) =>
        [name, step, connector, filter, String(pagination), retry].map((text) => code(text)),
      ),
      'No action calls a connector.',
    ),
    '## Exceptions',
    rowsOf(
      ['Name', 'Action', 'Run after'],
      data.exceptionArray.map(({ name, step, runAfter }) => [code(name), code(step), code(runAfter)]),
      'No action runs after a failure.',
    ),
    '## Connection references',
    rowsOf(
      ['Name', 'Id', { title: 'Count', kind: 'number' }],
      data.connectionArray.map(({ conName, appId, count }) => [code(conName), code(appId), count]),
      'The flow uses no connection.',
    ),
  ]
  return `${sections.join('\n\n')}\n`
}

function trigger(review: FlowReview): string {
  const told = triggerRows(review).filter(([, value]) => value !== '')
  return told
    .map(([title, value]) => {
      if (value.length <= 60) return `**${title}:** ${code(value)}`
      return looksLikeJson(value) ? `**${title}:**\n\n${block(value)}` : `**${title}:** ${code(value, 2_000)}`
    })
    .join('\n\n')
}

function actions(review: FlowReview): string {
  const rows = review.data.actionArray.map((action) => [
    code(action.name),
    code(action.step),
    code(action.runAfter),
    prose(action.notes),
    code(parentOf(action)),
    action.index,
  ])
  const columns = ['Name', 'Type', 'Run after', 'Notes', 'Nested', { title: 'Id', kind: 'number' as const }]
  return rowsOf(columns, rows, 'The flow has no actions.')
}

function inputs(list: readonly ActionData[]): string {
  if (list.length === 0) return 'The flow has no actions.'
  const shown = list.slice(0, maxRows).map((action) => {
    const facts = [
      `Type ${code(action.step)}`,
      ...(action.secure === '' ? [] : [`Secure ${code(action.secure)}`]),
      ...environmentVariables(action).map((name) => `Env ${code(name)}`),
    ]
    return `### ${action.index}. ${code(action.name)}\n\n${facts.join(' · ')}\n\n${block(action.detail)}`
  })
  return [...shown, ...leftOut(list.length, 'action')].join('\n\n')
}

function block(text: string): string {
  if (text === '') return 'No inputs.'
  return looksLikeJson(text)
    ? codeBlock(shortened(indentJson(text), maxInputs), 'json')
    : codeBlock(shortened(text, maxInputs))
}

function rowsOf(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly (string | number)[])[],
  empty: string,
): string {
  if (rows.length === 0) return empty
  return [markdownTable(columns, rows.slice(0, maxRows)), ...leftOut(rows.length, 'row')].join('\n\n')
}

function leftOut(count: number, noun: string): string[] {
  return count > maxRows ? [`${counted(count - maxRows, `more ${noun}`)} not shown here.`] : []
}
