import { html, type Page, type PageCall } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { createRecord, updateRecord } from '../write-record.ts'
import { sameWithCurl } from './curl.ts'
import { inputFor } from './input.ts'
import { layout, problemNote } from './layout.ts'
import { type RecordView, recordPath } from './record-view.ts'

/** The form that registers a record. */
export function newRecordPage(view: RecordView): Page {
  const { type } = view
  const create = createRecord(type)
  return {
    path: recordPath(view, 'new'),
    render: (call, problem) =>
      layout(
        `Register a ${type.title.toLowerCase()}`,
        html`${problemNote(problem)}${formOf(view, call, {}, 'Register')}
${sameWithCurl(call, `${type.plural}/create`, view.example)}`,
      ),
    submit: (call) => {
      const { id } = create({ ...call, query: formFields(call) }).body as { id: number }
      return recordPath(view, String(id))
    },
  }
}

/** One record, with the form that updates it. */
export function recordPage(view: RecordView): Page {
  const { type } = view
  const update = updateRecord(type)
  return {
    path: recordPath(view, '{id}'),
    render: (call, problem) => {
      const id = String(call.params.id)
      const record = findRecord(call.db, view, id)
      if (record === undefined) {
        return layout(type.title, html`<p>There is no ${type.title.toLowerCase()} "${id}".</p>`)
      }
      const kept = type.requiredAtUpdate.map((name) => [name, textOf(record[name])])
      const example = { id, ...Object.fromEntries(kept), note: textOf(record.note) } as Record<string, string>
      return layout(
        `${type.title} ${id}`,
        html`${problemNote(problem)}${formOf(view, call, record, 'Save')}
${sameWithCurl(call, `${type.plural}/update`, example)}`,
      )
    },
    submit: (call) => {
      const id = String(call.params.id)
      update({ ...call, query: { ...formFields(call), id } })
      return recordPath(view, encodeURIComponent(id))
    },
  }
}

function formOf({ type }: RecordView, { db }: PageCall, record: Row, label: string) {
  const inputs = Object.entries(type.fields).map(
    ([name, argument]) => html`<p>${inputFor(db, name, argument, textOf(record[name]))}</p>`,
  )
  return html`<form method="post">${inputs}<p><button>${label}</button></p></form>`
}

function findRecord(db: Database, { type }: RecordView, id: string): Row | undefined {
  return db.prepare(`SELECT * FROM ${type.plural} WHERE CAST(id AS TEXT) = ?`).get(id)
}

function formFields({ body }: PageCall): Readonly<Record<string, string>> {
  return (body ?? {}) as Readonly<Record<string, string>>
}

function textOf(value: Row[string] | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
