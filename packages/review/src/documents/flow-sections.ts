// The tables that Review and Report share, from the Data JSON of one flow.

import { shortened } from '../counted.ts'
import type { ActionData } from '../data/data-json.ts'
import type { FlowReview } from '../flow-review.ts'
import { type Anchors, actionId, anchorsOf, depthOf, variableId } from './anchors.ts'
import { actionNotes } from './finding-notes.ts'
import { type Html, html, ready } from './html.ts'
import { indentJson, looksLikeJson } from './json-text.ts'
import { mark, yesNo } from './marks.ts'
import type { Section } from './page.ts'
import { softened } from './softened.ts'
import { maxRows, table } from './table.ts'

/** Characters of one action's inputs that are printed. */
const maxInputs = 20_000

/** A Review judges what it lists; a Report only lists it. */
export type Kind = 'Review' | 'Report'

/** Trigger, variables, actions, inputs, API actions, exceptions, connection references. */
export function flowSections(review: FlowReview, kind: Kind): Section[] {
  const anchors = anchorsOf(review)
  return [
    triggerSection(review),
    variablesSection(review, kind),
    actionsSection(review, kind),
    inputsSection(review, anchors),
    apiSection(review, anchors, kind),
    exceptionsSection(review, anchors),
    connectionsSection(review),
  ]
}

/** What the Data JSON says of the trigger, with the titles of the columns; `none` is nothing. */
export function triggerRows({ data }: FlowReview): [string, string][] {
  const rows: [string, string][] = [
    ['Name', data.trigger],
    ['Type', data.triggerType],
    ['Data', data.triggerData],
    ['Parameters', data.triggerParam],
    ['Configuration', data.triggerConfig],
    ['Inputs', data.triggerInputs],
    ['Recurrence', data.triggerRecur],
    ['Expressions', data.triggerExpress],
  ]
  return rows.map(([title, value]) => [title, value === 'none' ? '' : value])
}

function triggerSection(review: FlowReview): Section {
  const others = review.flow.triggers.map(({ name }) => name).filter((name) => name !== review.data.trigger)
  const rows = triggerRows(review).map(([title, value]) => {
    const told = value === '' ? html`<span class="quiet">none</span>` : jsonOrText(value, 'open')
    return html`<div><dt>${title}</dt><dd>${told}</dd></div>`
  })
  const more =
    others.length === 0
      ? ready('')
      : html`<p class="quiet">Other triggers of this flow: ${others.join(', ')}.</p>`
  return {
    id: 'trigger',
    title: 'Trigger details',
    body: html`<dl class="settings">
${rows}
</dl>
${more}`,
  }
}

function variablesSection({ data }: FlowReview, kind: Kind): Section {
  const verdict = (value: boolean) => (kind === 'Review' ? yesNo(value, true) : yesNo(value))
  const rows = data.variableArray.map(({ name, type, value, used, named, local }, index) => ({
    id: variableId(index),
    cells: [name, type, jsonOrText(value), verdict(used), verdict(named), verdict(local)],
  }))
  return {
    id: 'variables',
    title: 'Variables',
    note: rows.length,
    body: table({
      label: 'Variables',
      columns: ['Name', 'Type', wide('Value'), 'Used', 'Named', 'Constant'],
      rows,
      empty: 'The flow declares no variables.',
    }),
  }
}

function actionsSection(review: FlowReview, kind: Kind): Section {
  const notes = kind === 'Review' ? actionNotes(review) : new Map<string, Html>()
  const calls = new Set(first(review.data.apiActionArray).map(({ index }) => index))
  const noted = new Set<string>()
  const noteOf = (name: string): Html => {
    const key = name.toLowerCase()
    if (noted.has(key)) return ready('')
    noted.add(key)
    return notes.get(key) ?? ready('')
  }
  const rows = first(review.data.actionArray).map((action) => ({
    id: actionId(action.index),
    cells: [
      html`<span class="depth-${Math.min(depthOf(action), 6)}"><bdi>${softened(action.name)}</bdi>${noteOf(action.name)}</span>`,
      calls.has(action.index)
        ? html`<a href="#api-${action.index}">${softened(action.step)}</a>`
        : action.step,
      action.runAfter,
      action.notes,
      parentOf(action),
      action.index,
    ],
  }))
  return {
    id: 'actions',
    title: 'Actions',
    note: review.data.actionArray.length,
    body: table({
      label: 'Actions',
      columns: ['Name', 'Type', 'Run after', 'Notes', 'Nested', { title: 'Id', kind: 'number' }],
      rows,
      total: review.data.actionArray.length,
      empty: 'The flow has no actions.',
    }),
  }
}

/** The container an action stands in, with the branch; '' at the top. */
export function parentOf(action: ActionData): string {
  if (depthOf(action) === 0) return ''
  return action.branch === '' ? action.parent : `${action.parent} (${action.branch})`
}

function inputsSection({ data }: FlowReview, anchors: Anchors): Section {
  const rows = first(data.actionArray).map((action) => ({
    cells: [
      anchors.linkTo(action),
      action.step,
      action.secure,
      environmentVariables(action).join(', '),
      folded(action.detail),
    ],
  }))
  return {
    id: 'inputs',
    title: 'Action inputs',
    note: data.actionArray.length,
    body: table({
      label: 'Action inputs',
      columns: ['Name', 'Type', 'Secure', 'Env', wide('Inputs')],
      rows,
      total: data.actionArray.length,
      empty: 'The flow has no actions.',
    }),
  }
}

/** Environment variables an action reads. */
export function environmentVariables({ environmentVariables: text }: ActionData): string[] {
  try {
    const list: unknown = JSON.parse(text === '' ? '[]' : text)
    return Array.isArray(list) ? list.map(String) : [text]
  } catch {
    // Not the list it should be: shown as it is.
    return [text]
  }
}

function apiSection({ data }: FlowReview, anchors: Anchors, kind: Kind): Section {
  const rows = first(data.apiActionArray).map((action) => ({
    id: `api-${action.index}`,
    cells: [
      html`${anchors.linkTo(action)}${kind === 'Review' && action.tier === 'Premium' ? html` ${mark('info', 'Premium')}` : ready('')}`,
      action.step,
      action.connector,
      action.filter === '' ? '' : html`<code>${action.filter}</code>`,
      String(action.pagination),
      action.retry,
    ],
  }))
  return {
    id: 'api-actions',
    title: 'API actions',
    note: data.apiActionArray.length,
    body: table({
      label: 'API actions',
      columns: ['Name', 'Type', 'Connector', wide('Filter'), 'Pagination', 'Retry'],
      rows,
      total: data.apiActionArray.length,
      empty: 'No action calls a connector.',
    }),
  }
}

function exceptionsSection({ data }: FlowReview, anchors: Anchors): Section {
  const rows = first(data.exceptionArray).map((action) => ({
    cells: [anchors.linkTo(action), action.step, action.runAfter],
  }))
  return {
    id: 'exceptions',
    title: 'Exceptions',
    note: data.exceptionArray.length,
    body: table({
      label: 'Exceptions',
      columns: ['Name', 'Action', wide('Run after')],
      rows,
      total: data.exceptionArray.length,
      empty: 'No action runs after a failure.',
    }),
  }
}

function connectionsSection({ data }: FlowReview): Section {
  const rows = data.connectionArray.map(({ conName, appId, count }) => ({ cells: [conName, appId, count] }))
  return {
    id: 'connections',
    title: 'Connection references',
    note: rows.length,
    body: table({
      label: 'Connection references',
      columns: ['Name', wide('Id'), { title: 'Count', kind: 'number' }],
      rows,
      empty: 'The flow uses no connection.',
    }),
  }
}

/** What is printed of a long list; the table counts the rest. */
function first<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, maxRows)
}

function wide(title: string): { title: string; kind: 'wide' } {
  return { title, kind: 'wide' }
}

function jsonOrText(text: string, fold: 'open' | 'closed' = 'closed'): Html {
  if (text === '') return ready('')
  return looksLikeJson(text) ? folded(text, fold) : html`<code>${text}</code>`
}

/** Short inputs as they are, longer ones laid out in a fold. */
function folded(text: string, fold: 'open' | 'closed' = 'closed'): Html {
  if (text === '') return ready('')
  if (text.length <= 60) return html`<code>${text}</code>`
  const laid = looksLikeJson(text) ? indentJson(text) : text
  return html`<details${ready(fold === 'open' ? ' open' : '')}><summary><code>${preview(text)}</code></summary><pre>${shortened(laid, maxInputs)}</pre></details>`
}

function preview(text: string): string {
  return `${text.slice(0, 56).replaceAll(/\s+/g, ' ')}…`
}
