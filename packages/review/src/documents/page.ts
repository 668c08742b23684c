// The frame of every document: one HTML file that loads nothing. Its policy refuses everything but the style sheet,
// the script and the styles named here, each by its hash; so neither a hostile name nor a careless author can add one.
// 1. Everything can be read without the script; it only adds filters, and opens what is folded before printing.
// 2. No `style` attributes: the policy refuses them. Lengths that depend on data are attributes of SVG.
import { createHash } from 'node:crypto'
import { type Html, html, ready } from './html.ts'
import { shapesOfMarks } from './marks.ts'
import { script } from './page-script.ts'
import { style } from './page-style.ts'

/** A part of a document that can be jumped to. */
export interface Section {
  /** Unique in the page: letters, digits, hyphens. */
  readonly id: string
  readonly title: string
  /** A word beside the title, such as the number of rows. */
  readonly note?: string | number
  readonly body: Html
}

export interface DocumentPage {
  /** Of the window or the tab. */
  readonly title: string
  /** What the reader sees first; holds the only `h1`. See `documentHeader`. */
  readonly header: Html
  /** In the order of reading; also the table of contents. */
  readonly sections: readonly Section[]
  /** Texts of `<style>` elements that drawings in the sections bring along. */
  readonly styles?: readonly string[]
}

/** A whole document, ready to be saved, mailed or printed. */
export function documentPage({ title, header, sections, styles = [] }: DocumentPage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${[style, ...styles].map(hashOf).join(' ')}`,
    `script-src ${hashOf(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ready(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${ready(style)}</style>
</head>
<body>
${shapesOfMarks}
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
${header}
</header>
<div class="frame">
${sections.length > 1 ? contents(sections) : ready('')}
<main id="content" tabindex="-1">
${sections.map(printSection)}
</main>
</div>
<script>${ready(script)}</script>
</body>
</html>
`.html
}

function contents(sections: readonly Section[]): Html {
  const links = sections.map(
    ({ id, title, note }) => html`<li><a href="#${id}">${title}</a>${noteOf(note)}</li>`,
  )
  return html`<nav class="contents" aria-label="Contents">
<ol>
${links}
</ol>
</nav>`
}

function printSection({ id, title, note, body }: Section): Html {
  return html`<section id="${id}">
<h2>${title}${noteOf(note)}</h2>
${body}
</section>`
}

function noteOf(note: Section['note']): Html {
  return note === undefined ? ready('') : html` <span class="note">${note}</span>`
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Head of a document: what it is, of what, and the facts that tell it from others. */
export interface DocumentHeader {
  /** "Review", "Report" … */
  readonly kind: string
  readonly name: string
  /** Label and value; facts with an empty value are left out. */
  readonly facts: readonly (readonly [label: string, value: string])[]
}

/** The head that all documents share. */
export function documentHeader({ kind, name, facts }: DocumentHeader): Html {
  const told = facts.filter(([, value]) => value !== '')
  return html`<p class="kind">${kind}</p>
<h1>${name}</h1>
<dl class="facts">
${told.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
</dl>`
}
