import { type Html, html, type Page, type PageCall, type Problem, problemOf } from '@flowstead/service-kit'
import { listArguments, listRecords } from '../list-records.ts'
import { sameWithCurl } from './curl.ts'
import { inputFor } from './input.ts'
import { layout, problemNote } from './layout.ts'
import { type RecordView, recordPath } from './record-view.ts'

interface Listed {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly pages: Readonly<Record<string, number>>
}

/** A page of the records of one kind, with every search that the API has. */
export function listPage(view: RecordView): Page {
  const { path, type } = view
  const list = listRecords(type)
  const known = listArguments(type)
  const find = (call: PageCall): Listed | Problem => {
    try {
      const answer = list(call).body as Record<string, unknown>
      return { rows: answer[type.plural], pages: answer.pages } as Listed
    } catch (error) {
      const problem = problemOf(error)
      if (problem === undefined) throw error
      return problem
    }
  }
  return {
    path,
    render: (call) => {
      const given = givenOf(call)
      const found = find(call)
      const input = (name: string) => {
        const argument = known[name]
        return argument === undefined
          ? html``
          : html`<p>${inputFor(call.db, name, argument, given[name] ?? '')}</p>`
      }
      const others = Object.keys(known).filter((name) => !view.searches.includes(name))
      return layout(
        `${type.title}s`,
        html`<form method="get">${view.searches.map(input)}
<details><summary>More searches, order and pages</summary>${others.map(input)}</details>
<p><button>Search</button> <a href="${recordPath(view, 'new')}">Register a ${type.title.toLowerCase()}</a></p></form>
${'rows' in found ? results(view, found, given) : problemNote(found)}
${sameWithCurl(call, `${type.plural}/${type.listPath}`, given)}`,
      )
    },
  }
}

/** Fields of the form that were filled in. */
function givenOf({ query }: PageCall): Record<string, string> {
  const texts = Object.entries(query).filter(([, value]) => typeof value === 'string' && value !== '')
  return Object.fromEntries(texts) as Record<string, string>
}

function results(view: RecordView, { pages, rows }: Listed, given: Readonly<Record<string, string>>): Html {
  const { current_number: current = 1, total_count: count = 0, total_number: last = 0 } = pages
  const names = Object.keys(view.columns)
  const cells = (row: Listed['rows'][number]) =>
    names.map((name, index) => {
      const value = String(row[name] ?? '')
      return index === 0
        ? html`<td><a href="${recordPath(view, String(row.id))}">${value}</a></td>`
        : html`<td>${value}</td>`
    })
  const linkTo = (number: number, label: string) =>
    html`<a href="?${String(new URLSearchParams({ ...given, 'page[number]': String(number) }))}">${label}</a> `
  return html`<p>${count} found, page ${current} of ${Math.max(last, 1)}.
${current > 1 ? linkTo(current - 1, 'Previous') : ''}${current < last ? linkTo(current + 1, 'Next') : ''}</p>
<table><tr>${Object.values(view.columns).map((heading) => html`<th>${heading}</th>`)}</tr>
${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</table>`
}
