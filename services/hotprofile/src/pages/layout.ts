import { type Html, html, type Problem, page } from '@flowstead/service-kit'
import { recordViews } from './record-view.ts'

/** A whole page with the links between the kinds of records. */
export function layout(title: string, body: Html): string {
  const links = recordViews.map(({ path, type }) => html`<a href="${path}">${type.title}s</a>`)
  return page(
    title,
    html`<nav>${links} <a href="/docs">API</a></nav>
<h1>${title}</h1>
${body}`,
  )
}

/** Why something was refused; nothing otherwise. */
export function problemNote(problem: Problem | undefined): Html {
  if (problem === undefined) return html``
  return html`<p role="alert"><strong>Not done.</strong> ${problem.message}</p>`
}
