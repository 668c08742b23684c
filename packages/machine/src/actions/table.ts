import { isObject, printValue, type Template, type Value } from '@flowstead/expressions'
import type { ActionHandler, ActionRunContext, Compile } from '../handler.ts'
import { member } from '../member.ts'
import { badRequest, succeeded } from '../outcome.ts'
import { arrayOf } from './data-operations.ts'

interface TableTemplates {
  readonly from: Template
  readonly format: Template
  /** Empty: the keys of the elements, in the order they are first seen. */
  readonly columns: readonly { readonly header: Template; readonly value: Template }[]
}

/** Prints an array as a CSV or HTML table. */
export const table: ActionHandler<TableTemplates> = {
  compile: ({ inputs }, compile) => ({
    from: compile.template(member(inputs, 'from') ?? null),
    format: compile.template(member(inputs, 'format') ?? 'CSV'),
    columns: compileColumns(member(inputs, 'columns'), compile),
  }),
  start({ templates }, run) {
    const format = printValue(run.resolve(templates.format)).toLowerCase()
    const from = arrayOf(run, templates.from)
    if (!Array.isArray(from)) return from
    if (format !== 'csv' && format !== 'html')
      return badRequest('InvalidTemplate', `There is no table format '${format}'.`)
    const { headers, rows } = templates.columns.length > 0 ? chosen(from, templates, run) : found(from)
    return succeeded({ body: format === 'csv' ? csv(headers, rows) : html(headers, rows) }, 'OK')
  },
}

interface Cells {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function compileColumns(columns: Value | undefined, compile: Compile): TableTemplates['columns'] {
  return (Array.isArray(columns) ? columns : []).map((column) => ({
    header: compile.template(member(column, 'header') ?? ''),
    value: compile.template(member(column, 'value') ?? ''),
  }))
}

function chosen(from: readonly Value[], { columns }: TableTemplates, run: ActionRunContext): Cells {
  const headers = columns.map(({ header }) => printValue(run.resolve(header)))
  return {
    headers,
    rows: from.map((item) => columns.map(({ value }) => printValue(run.resolveWith(item, value)))),
  }
}

function found(from: readonly Value[]): Cells {
  const headers = [...new Set(from.flatMap((item) => (isObject(item) ? Object.keys(item) : [])))]
  const cell = (item: Value, header: string): string =>
    isObject(item) && Object.hasOwn(item, header) ? printValue(item[header] as Value) : ''
  return { headers, rows: from.map((item) => headers.map((header) => cell(item, header))) }
}

function csv(headers: readonly string[], rows: Cells['rows']): string {
  if (headers.length === 0) return ''
  return [headers, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function html(headers: readonly string[], rows: Cells['rows']): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  const body = rows.map((cells) => row(cells, 'td')).join('')
  return `<table><thead>${row(headers, 'th')}</thead><tbody>${body}</tbody></table>`
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities.get(char) as string)
}
