// Signs that stand for a state. Each has a shape and a word, so that none depends on colour.
import type { Severity } from '../finding.ts'
import type { Band } from '../metrics/metrics.ts'
import { type Html, html, ready } from './html.ts'

export type Tone = 'good' | 'watch' | 'bad' | 'info' | 'plain'

const shapes: Readonly<Record<Tone, Html>> = {
  good: ready('<path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="currentColor" stroke-width="2.2"/>'),
  watch: ready(
    '<path d="M8 1.6L15.2 14.4H.8z" fill="currentColor"/><path d="M8 6v4M8 11.4v1.6" stroke="var(--paper)" stroke-width="1.6"/>',
  ),
  bad: ready(
    '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="var(--paper)" stroke-width="1.7"/>',
  ),
  info: ready(
    '<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M8 7v5M8 4v1.8" stroke="var(--paper)" stroke-width="1.8"/>',
  ),
  plain: ready('<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>'),
}

/** A word with its sign. */
export function mark(tone: Tone, word: string): Html {
  return html`<span class="mark ${tone}">${icon(tone)}${word}</span>`
}

function icon(tone: Tone): Html {
  return html`<svg class="icon" width="14" height="14" aria-hidden="true"><use href="#icon-${tone}"/></svg>`
}

/** The shapes of all signs, once per page; `documentPage` puts them there. */
export const shapesOfMarks: Html = html`<svg class="shapes" width="0" height="0" aria-hidden="true">${Object.entries(
  shapes,
).map(([tone, shape]) => html`<symbol id="icon-${tone}" viewBox="0 0 16 16">${shape}</symbol>`)}</svg>`

const bands: Readonly<Record<Band, readonly [Tone, string]>> = {
  green: ['good', 'Green'],
  amber: ['watch', 'Amber'],
  red: ['bad', 'Red'],
}

/** The band of a figure. */
export function bandMark(band: Band): Html {
  return mark(...bands[band])
}

/** Colour class of a band: `good`, `watch`, `bad`. */
export function toneOf(band: Band): Tone {
  return bands[band][0]
}

/** Band of a score as the score bar shows it: red below 75, amber below 90. */
export function bandOfScore(score: number): Band {
  if (score >= 90) return 'green'
  return score >= 75 ? 'amber' : 'red'
}

const severityMarks: Readonly<Record<Severity, readonly [Tone, string]>> = {
  error: ['bad', 'Error'],
  warning: ['watch', 'Warning'],
  info: ['info', 'Info'],
}

/** The sign of a severity; @param word default its name. */
export function severityMark(severity: Severity, word = severityMarks[severity][1]): Html {
  return mark(severityMarks[severity][0], word)
}

/** Yes or no; `wanted` says which of them is good news, without it neither is. */
export function yesNo(value: boolean, wanted?: boolean): Html {
  if (wanted === undefined) return html`${value ? 'Yes' : 'No'}`
  return mark(value === wanted ? 'good' : 'watch', value ? 'Yes' : 'No')
}
