import { DOMParser } from '@xmldom/xmldom'
import { cellsAsGitHub, columnCounts, withoutCode, withoutFences } from '../documents/markdown.testing.ts'
import type { Rendered } from './every-document.testing.ts'

/** What is broken in a document, or could run, load or lead elsewhere; empty when nothing is. */
export function complaints(document: Rendered): string[] {
  return [...hidden(document), ...checks[document.form](document.text)].map(
    (complaint) => `${document.title} (${document.form}): ${complaint}`,
  )
}

const checks: Readonly<Record<Rendered['form'], (text: string) => string[]>> = {
  html: (text) => [...markupComplaints(text), ...lostLinks(text)],
  svg: (text) => [...xmlComplaints(text), ...markupComplaints(text)],
  markdown: markdownComplaints,
  mermaid: mermaidComplaints,
  csv: csvComplaints,
  json: jsonComplaints,
  annotations: annotationComplaints,
}

/** Characters that reorder or break what people read; JSON and tables keep what they were given. */
function hidden({ form, text }: Rendered): string[] {
  if (form === 'json' || form === 'csv' || form === 'annotations') return []
  return [...new Set(text.match(/(?![\t\n\r])[\p{Bidi_Control}\p{Cc}]/gu) ?? [])].map(
    (character) => `hidden character ${character.codePointAt(0)?.toString(16)}`,
  )
}

const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z:-]+(?:="[^"<>]*")?)*) ?(\/?)>/y
const attribute = / ([a-zA-Z:-]+)(?:="([^"]*)")?/g
const empty: ReadonlySet<string> = new Set(['br', 'hr', 'input', 'link', 'meta', 'wbr'])
const refused =
  /^(a(pplet|udio)|base|embed|form|frame|i?frame|image|img|math|object|portal|source|template|textarea|video)$/i

/** Every `<` begins an element of a harmless kind, elements are closed in order, links stay in the page. */
function markupComplaints(text: string): string[] {
  const found: string[] = []
  const open: string[] = []
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!doctype html>', at)) {
      at += 1
      continue
    }
    tag.lastIndex = at
    const [whole, slash, name = '', attributes = '', selfClosed] = tag.exec(text) ?? []
    if (whole === undefined) return [...found, `no element: ${text.slice(at, at + 60)}`]
    at += whole.length
    if (refused.test(name)) found.push(`element ${whole}`)
    found.push(...attributeComplaints(attributes))
    if (slash === '/' && open.pop() !== name)
      return [...found, `closed out of order: ${text.slice(at - 60, at)}`]
    if (slash === '' && selfClosed === '' && !empty.has(name)) open.push(name)
    if (slash === '' && (name === 'script' || name === 'style')) at = text.indexOf(`</${name}>`, at)
  }
  return open.length === 0 ? found : [...found, `never closed: ${open.join(' ')}`]
}

function attributeComplaints(attributes: string): string[] {
  return [...attributes.matchAll(attribute)]
    .filter(([, name = '', value = '']) =>
      /href$/.test(name)
        ? !/^(#|data:,$|data:image\/svg\+xml;base64,)/.test(value)
        : /^(on.*|src.*|style|action|formaction|xml:.*)$/i.test(name),
    )
    .map(([whole]) => `attribute${whole}`)
}

/** Links that lead to nothing in the page, and names of places that are given twice. */
function lostLinks(text: string): string[] {
  const known = new Set<string>()
  const twice: string[] = []
  for (const [, id = ''] of text.matchAll(/ id="([^"]*)"/g)) {
    if (known.has(id)) twice.push(`twice there: ${id}`)
    known.add(id)
  }
  const links = new Set([...text.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id ?? ''))
  return [...twice, ...[...links].filter((id) => !known.has(id)).map((id) => `leads nowhere: ${id}`)]
}

function xmlComplaints(text: string): string[] {
  const found: string[] = []
  const parser = new DOMParser({ onError: (level, message) => void found.push(`${level}: ${message}`) })
  try {
    parser.parseFromString(text, 'image/svg+xml')
  } catch (error) {
    found.push(String(error))
  }
  return found
}

/** The beginning of the run link, which a remedy of ours tells. */
const ownLink = 'https://make.powerautomate.com/'

function markdownComplaints(text: string): string[] {
  const lines = withoutFences(text).split('\n').map(withoutCode)
  const bad = lines.filter((line) => {
    const bare = line.replaceAll(ownLink, '').replaceAll(/<\/?(code|details|summary)( open)?>/g, '')
    return /[<>]/.test(bare) || /(?<!\\)\]\(|@(?!&)|:\/\/\S/.test(bare)
  })
  const uneven = columnCounts(text, cellsAsGitHub).filter((counts) => new Set(counts).size > 1)
  return [
    ...bad.map((line) => `markup: ${line.slice(0, 1000)}`),
    ...uneven.map(() => 'a row with other columns'),
  ]
}

/** Nothing but our own line breaks between the quotes of a label. */
function mermaidComplaints(text: string): string[] {
  const labels = [...text.matchAll(/"([^"\n]*)"/g)].map(([, label]) => label?.replaceAll('<br/>', '') ?? '')
  const lines = text.split('\n').filter((line) => line.split('"').length > 3)
  return [...labels.filter((label) => /[<>&`[\]{}|]/.test(label)), ...lines].map((each) => `label: ${each}`)
}

/** Rows as RFC 4180 has them, all of the same width, and no cell that a spreadsheet would run. */
function csvComplaints(text: string): string[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  const width = rows[0]?.length
  const full = rows.slice(0, -1)
  return [
    ...full.filter((row) => row.length !== width).map((row) => `width: ${row.join(',').slice(0, 100)}`),
    ...full.flat().filter((cell) => /^[=+@\t\r]|^-(?!\d)/.test(cell)),
  ]
}

/** Messages of SARIF make links of brackets: none may come from a name. */
function jsonComplaints(text: string): string[] {
  const { runs = [] } = JSON.parse(text) as { runs?: readonly Run[] }
  return runs
    .flatMap(({ results }) => results.map(({ message }) => message.text))
    .filter((message) => /(?<!\\)\[[^\]]*\]\(/.test(message))
}

interface Run {
  readonly results: readonly { readonly message: { readonly text: string } }[]
}

function annotationComplaints(text: string): string[] {
  const lines = text === '' ? [] : text.split('\n').slice(0, -1)
  const form = /^::(error|warning|notice) file=[^,:\n\r]*(,line=\d+,col=\d+)?,title=[A-Z]{3,4}\d+::[^\n\r]+$/
  return lines.filter((line) => !form.test(line)).map((line) => `annotation: ${line.slice(0, 120)}`)
}
