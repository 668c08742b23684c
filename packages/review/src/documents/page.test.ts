import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { html, ready } from './html.ts'
import { documentHeader, documentPage } from './page.ts'
import { table } from './table.ts'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function pageOf(body = html`<p>Text</p>`): string {
  return documentPage({
    title: 'Review of <Orders>',
    header: documentHeader({ kind: 'Review', name: '<Orders>', facts: [['Owner', ''] as const] }),
    sections: [
      { id: 'one', title: 'One', body },
      { id: 'two', title: 'Two', note: 3, body: html`<p>More</p>` },
    ],
  })
}

test('a page allows exactly the style sheet and the script that stand in it', () => {
  const page = pageOf()
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? []
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? []
  expect(page).toContain(`style-src ${hashOf(style)};`)
  expect(page).toContain(`script-src ${hashOf(script)};`)
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/<[^>]* (style|on[a-z]+)=/)
})

test('a drawing may bring its styles', () => {
  const page = documentPage({
    title: 'Diagram',
    header: html`<h1>Diagram</h1>`,
    sections: [{ id: 'diagram', title: 'Diagram', body: ready('<svg><style>.a{}</style></svg>') }],
    styles: ['.a{}'],
  })
  expect(page).toContain(hashOf('.a{}'))
})

test('a page names nothing outside itself', () => {
  expect(pageOf()).not.toMatch(/(src|href)="(https?:)?\/\/|url\(|@import/)
})

test('names are text, and what people cannot see is shown', () => {
  const page = pageOf(html`<p>${'a\u202Ecod.exe\u0000'}</p>`)
  expect(page).toContain('<h1>&lt;Orders&gt;</h1>')
  expect(page).toContain('a[U+202E]cod.exe[U+0000]')
})

test('facts without a value are left out', () => {
  expect(pageOf()).not.toContain('Owner')
})

test('a table names its box, its columns and its rows', () => {
  const { html: text } = table({
    label: 'Variables',
    columns: ['Name', { title: 'Count', kind: 'number' }],
    rows: [{ id: 'variable-1', cells: ['<b>', 3] }],
    empty: 'No variables.',
  })
  expect(text).toContain('role="region" aria-label="Variables" tabindex="0"')
  expect(text).toContain('<th scope="row">&lt;b&gt;</th>')
  expect(text).toContain('<td data-label="Count" class="number">3</td>')
  expect(text).toContain('<tr id="variable-1">')
})

test('a table says that it is empty, and how much it leaves out', () => {
  const rows = Array.from({ length: 5 }, (_, index) => ({ cells: [index] }))
  const base = { label: 'Rows', columns: ['Number'], empty: 'No rows.' }
  expect(table({ ...base, rows: [] }).html).toBe('<p class="quiet">No rows.</p>')
  expect(table({ ...base, rows, maxRows: 3 }).html).toContain('2 more rows not shown here.')
})
