import { type Html, html, isoTime, type Problem } from '@flowstead/service-kit'

/** An instant as people read it: `2026-05-06 07:00`, in UTC. */
export function instantText(ms: number): string {
  return isoTime(ms).slice(0, 16).replace('T', ' ')
}

/** A labelled field for one line of text. */
export function textField(label: string, name: string, value: string): Html {
  return html`<label>${label} <input name="${name}" value="${value}"></label>`
}

/** Why the form just sent was refused; nothing otherwise. */
export function problemNote(problem: Problem | undefined): Html {
  if (problem === undefined) return html``
  return html`<p role="alert"><strong>Not done.</strong> ${problem.message}</p>`
}
